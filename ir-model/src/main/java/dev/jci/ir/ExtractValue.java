package dev.jci.ir;

import java.util.List;

/** {@code extractvalue { i32, ptr } %pair, 0} (LangRef, "extractvalue"). */
public final class ExtractValue extends Instruction {
    private final List<Integer> indices;

    /**
     * @param aggregate the aggregate
     * @param indices where in the aggregate
     */
    public ExtractValue(Value aggregate, List<Integer> indices) {
        super(AggregateTypes.at(aggregate.type(), indices), aggregate);
        this.indices = indices;
    }

    /** The aggregate. */
    public Value aggregate() {
        return operand(0);
    }

    /** Where in the aggregate. */
    public List<Integer> indices() {
        return indices;
    }

    @Override
    public String opcode() {
        return "extractvalue";
    }
}
