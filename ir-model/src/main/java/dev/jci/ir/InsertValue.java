package dev.jci.ir;

import java.util.List;

/** {@code insertvalue { i32, ptr } %pair, i32 1, 0} (LangRef, "insertvalue"). */
public final class InsertValue extends Instruction {
    private final List<Integer> indices;

    /**
     * @param aggregate the aggregate
     * @param element what is put in
     * @param indices where in the aggregate
     */
    public InsertValue(Value aggregate, Value element, List<Integer> indices) {
        super(aggregate.type(), aggregate, element);
        this.indices = indices;
    }

    /** The aggregate. */
    public Value aggregate() {
        return operand(0);
    }

    /** What is put in. */
    public Value element() {
        return operand(1);
    }

    /** Where in the aggregate. */
    public List<Integer> indices() {
        return indices;
    }

    @Override
    public String opcode() {
        return "insertvalue";
    }
}
