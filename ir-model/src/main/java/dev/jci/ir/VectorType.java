package dev.jci.ir;

/**
 * A vector type, {@code <4 x i32>} or {@code <vscale x 4 x i32>} (LangRef, "Vector Type").
 *
 * @param scalable whether the length is a multiple of {@code vscale}
 * @param length the number of elements, or the least number of a scalable vector
 * @param element an integer, floating-point, pointer or target type
 */
public record VectorType(boolean scalable, long length, Type element) implements Type {
    /** A vector of fixed length. */
    public static VectorType of(long length, Type element) {
        return new VectorType(false, length, element);
    }

    @Override
    public String toString() {
        return "<" + (scalable ? "vscale x " : "") + length + " x " + element + ">";
    }
}
