package dev.jci.ir;

/** {@code catchret from %pad to label %next} (LangRef, "catchret"). */
public final class CatchRet extends Instruction implements Terminator {

    /**
     * @param pad the catch pad that is left
     * @param target where control goes
     */
    public CatchRet(Value pad, BasicBlock target) {
        super(SpecialType.VOID, pad, target);
    }

    /** The catch pad that is left. */
    public Value pad() {
        return operand(0);
    }

    /** Where control goes. */
    public BasicBlock target() {
        return (BasicBlock) operand(1);
    }

    @Override
    public Instruction asInstruction() {
        return this;
    }

    @Override
    public String opcode() {
        return "catchret";
    }
}
