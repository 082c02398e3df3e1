package dev.jci.ir;

/** {@code add nuw i32 %a, %b} and the other operations on two values (LangRef, "Binary Operations", "Bitwise Binary Operations"). */
public final class BinaryOperator extends Instruction {
    private final BinaryOpcode operation;
    private Flags flags;

    /**
     * @param operation the operation
     * @param flags the flag words
     * @param left the first operand
     * @param right the second operand
     */
    public BinaryOperator(BinaryOpcode operation, Flags flags, Value left, Value right) {
        super(left.type(), left, right);
        this.operation = operation;
        this.flags = flags;
    }

    /** The first operand. */
    public Value left() {
        return operand(0);
    }

    /** The second operand. */
    public Value right() {
        return operand(1);
    }

    /** The operation. */
    public BinaryOpcode operation() {
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
