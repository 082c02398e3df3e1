package dev.jci.ir;

import java.util.List;

/** Types that follow from other types: what indices reach, and what a comparison gives. */
public final class AggregateTypes {
    private AggregateTypes() {}

    /**
     * The type of the element that constant indices reach inside an aggregate.
     *
     * @throws IllegalArgumentException when they reach none
     */
    public static Type at(Type aggregate, List<Integer> indices) {
        Type type = aggregate;
        for (int index : indices) {
            type = element(type, index);
        }
        return type;
    }

    /**
     * The type of one element of an aggregate.
     *
     * @throws IllegalArgumentException when there is none at that index
     */
    public static Type element(Type aggregate, long index) {
        return switch (aggregate) {
            case ArrayType array when Long.compareUnsigned(index, array.length()) < 0 -> array.element();
            case StructType struct
            when index >= 0 && index < struct.elements().size() ->
                struct.elements().get((int) index);
            case NamedStruct named when named.body() != null -> element(named.body(), index);
            default -> throw new IllegalArgumentException("invalid indices for type " + aggregate);
        };
    }

    /** {@code i1}, or the vector of it that a comparison of vectors gives. */
    public static Type comparisonResult(Type compared) {
        return compared instanceof VectorType vector
                ? new VectorType(vector.scalable(), vector.length(), IntegerType.I1)
                : IntegerType.I1;
    }
}
