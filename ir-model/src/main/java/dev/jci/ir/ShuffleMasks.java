package dev.jci.ir;

/** Which masks there are for {@code shufflevector} (LangRef, "shufflevector"). */
public final class ShuffleMasks {
    private ShuffleMasks() {}

    /**
     * Whether a value is a mask for vectors of that type: a constant vector of {@code i32} that picks elements of both.
     *
     * @param mask the value
     * @param vectors the type of the two vectors
     */
    public static boolean isValid(Value mask, VectorType vectors) {
        if (!(mask.type() instanceof VectorType shape)
                || !shape.element().equals(IntegerType.I32)
                || shape.scalable() != vectors.scalable()) {
            return false;
        }
        long limit = 2 * vectors.length();
        return switch (mask) {
            case SimpleConstant simple -> true;
            case ConstantSplat splat -> picks(splat.element(), vectors.scalable() ? 1 : limit);
            case ConstantAggregate aggregate ->
                !shape.scalable() && aggregate.elements().stream().allMatch(element -> picks(element, limit));
            default -> false;
        };
    }

    private static boolean picks(Constant element, long limit) {
        return switch (element) {
            case SimpleConstant simple -> true;
            case ConstantInt index -> index.fitsLong() && index.longValue() >= 0 && index.longValue() < limit;
            default -> false;
        };
    }
}
