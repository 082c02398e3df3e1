package dev.jci.ir;

/** {@code zext i32 %x to i64} and the other conversions (LangRef, "Conversion Operations"). */
public final class Cast extends Instruction {
    private final CastOpcode operation;
    private Flags flags;

    /**
     * @param operation the conversion
     * @param flags the flag words
     * @param value what is converted
     * @param type the type converted to
     */
    public Cast(CastOpcode operation, Flags flags, Value value, Type type) {
        super(type, value);
        this.operation = operation;
        this.flags = flags;
    }

    /** What is converted. */
    public Value value() {
        return operand(0);
    }

    /** The conversion. */
    public CastOpcode operation() {
        return operation;
    }

    /** The flag words. */
    public Flags flags() {
        return flags;
    }

    /** Changes: the flag words. */
    public void setFlags(Flags flags) {
        this.flags = flags;
    }

    @Override
    public String opcode() {
        return operation.keyword();
    }
}
