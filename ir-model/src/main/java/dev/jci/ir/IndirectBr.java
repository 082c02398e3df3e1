package dev.jci.ir;

import java.util.List;

/** {@code indirectbr ptr %address, [label %a, label %b]} (LangRef, "indirectbr"). */
public final class IndirectBr extends Instruction implements Terminator {

    /**
     * @param address the block address to go to
     * @param targets the blocks that it may be
     */
    public IndirectBr(Value address, List<BasicBlock> targets) {
        super(SpecialType.VOID, OperandArrays.of(address, targets));
    }

    /** The block address to go to. */
    public Value address() {
        return operand(0);
    }

    @Override
    public Instruction asInstruction() {
        return this;
    }

    @Override
    public String opcode() {
        return "indirectbr";
    }
}
