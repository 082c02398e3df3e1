package dev.jci.ir;

/** {@code fneg nnan float %x} (LangRef, "fneg"). */
public final class FNeg extends Instruction {
    private Flags flags;

    /**
     * @param value what is negated
     * @param flags the flag words
     */
    public FNeg(Value value, Flags flags) {
        super(value.type(), value);
        this.flags = flags;
    }

    /** What is negated. */
    public Value value() {
        return operand(0);
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
        return "fneg";
    }
}
