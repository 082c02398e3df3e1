package dev.jci.ir;

/** {@code invoke void @f() to label %next unwind label %pad} (LangRef, "invoke"). */
public final class Invoke extends CallBase implements Terminator {

    /**
     * @param site callee, arguments and what stands around them
     * @param normalDestination where control goes when the call returns
     * @param unwindDestination where control goes when it unwinds
     */
    public Invoke(CallSite site, BasicBlock normalDestination, BasicBlock unwindDestination) {
        super(site, normalDestination, unwindDestination);
    }

    /** Where control goes when the call returns. */
    public BasicBlock normalDestination() {
        return (BasicBlock) operand(operandCount() - 2);
    }

    /** Where control goes when the call unwinds. */
    public BasicBlock unwindDestination() {
        return (BasicBlock) operand(operandCount() - 1);
    }

    @Override
    public Instruction asInstruction() {
        return this;
    }

    @Override
    public String opcode() {
        return "invoke";
    }
}
