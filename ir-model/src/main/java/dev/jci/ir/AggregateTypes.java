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

    /**
     * The type that one index of {@code getelementptr} behind the first one reaches (LangRef, "getelementptr").
     *
     * @param type the type that it goes into
     * @param index the index, for a structure a constant or a vector of equal ones
     * @throws IllegalArgumentException when it reaches none
     */
    public static Type indexed(Type type, Value index) {
        if (type instanceof ArrayType array) {
            return array.element();
        }
        if (type instanceof VectorType vector) {
            return vector.element();
        }
        long constant = switch (index) {
            case ConstantInt integer when integer.fitsLong() -> integer.longValue();
            case SimpleConstant zero when zero.kind() == SimpleConstant.Kind.ZERO -> 0;
            case ConstantSplat splat when splat.element() instanceof ConstantInt integer -> integer.longValue();
            case ConstantAggregate vector
            when vector.elements().get(0) instanceof ConstantInt integer -> integer.longValue();
            default -> -1;
        };
        return element(type, constant);
    }

    /** {@code i1}, or the vector of it that a comparison of vectors gives. */
    public static Type comparisonResult(Type compared) {
        return compared instanceof VectorType vector
                ? new VectorType(vector.scalable(), vector.length(), IntegerType.I1)
                : IntegerType.I1;
    }
}
