package dev.jci.ir;

/** {@code br label %target} (LangRef, "br"). */
public final class Br extends Instruction implements Terminator {

    /**
     * @param target the block that control goes to
     */
    public Br(BasicBlock target) {
        super(SpecialType.VOID, target);
    }

    /** The block that control goes to. */
    public BasicBlock target() {
        return (BasicBlock) operand(0);
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
