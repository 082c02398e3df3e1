package dev.jci.ir;

/** {@code unreachable} (LangRef, "unreachable"). */
public final class Unreachable extends Instruction implements Terminator {

    /**
     */
    public Unreachable() {
        super(SpecialType.VOID);
    }

    @Override
    public Instruction asInstruction() {
        return this;
    }

    @Override
    public String opcode() {
        return "unreachable";
    }
}
