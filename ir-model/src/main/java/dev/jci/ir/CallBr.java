package dev.jci.ir;

import java.util.List;

/** {@code callbr void asm "", "!i"() to label %next [label %other]} (LangRef, "callbr"). */
public final class CallBr extends CallBase implements Terminator {
    private final int indirectCount;

    /**
     * @param site callee, arguments and what stands around them
     * @param defaultDestination where control goes by falling through
     * @param indirectDestinations where else it may go
     */
    public CallBr(CallSite site, BasicBlock defaultDestination, List<BasicBlock> indirectDestinations) {
        super(site, destinations(defaultDestination, indirectDestinations));
        this.indirectCount = indirectDestinations.size();
    }

    /** The number of indirect destinations. */
    public int indirectCount() {
        return indirectCount;
    }

    /** Where control goes by falling through. */
    public BasicBlock defaultDestination() {
        return (BasicBlock) operand(operandCount() - indirectCount - 1);
    }

    /** Where else control may go. */
    public List<BasicBlock> indirectDestinations() {
        List<BasicBlock> all = successors();
        return all.subList(all.size() - indirectCount, all.size());
    }

    private static Value[] destinations(BasicBlock first, List<BasicBlock> others) {
        return OperandArrays.of(first, others);
    }

    @Override
    public Instruction asInstruction() {
        return this;
    }

    @Override
    public String opcode() {
        return "callbr";
    }
}
