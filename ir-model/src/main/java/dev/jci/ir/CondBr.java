package dev.jci.ir;

/** {@code br i1 %c, label %yes, label %no} (LangRef, "br"). */
public final class CondBr extends Instruction implements Terminator {

    /**
     * @param condition the condition, an {@code i1}
     * @param ifTrue where control goes when it holds
     * @param ifFalse where control goes when it does not
     */
    public CondBr(Value condition, BasicBlock ifTrue, BasicBlock ifFalse) {
        super(SpecialType.VOID, condition, ifTrue, ifFalse);
    }

    /** The condition, an {@code i1}. */
    public Value condition() {
        return operand(0);
    }

    /** Where control goes when it holds. */
    public BasicBlock ifTrue() {
        return (BasicBlock) operand(1);
    }

    /** Where control goes when it does not. */
    public BasicBlock ifFalse() {
        return (BasicBlock) operand(2);
    }

    @Override
    public Instruction asInstruction() {
        return this;
    }

    @Override
    public String opcode() {
        return "br";
    }
}
