package dev.jci.ir;

/** {@code resume { ptr, i32 } %exception} (LangRef, "resume"). */
public final class Resume extends Instruction implements Terminator {

    /**
     * @param value the exception that goes on
     */
    public Resume(Value value) {
        super(SpecialType.VOID, value);
    }

    /** The exception that goes on. */
    public Value value() {
        return operand(0);
    }

    @Override
    public Instruction asInstruction() {
        return this;
    }

    @Override
    public String opcode() {
        return "resume";
    }
}
