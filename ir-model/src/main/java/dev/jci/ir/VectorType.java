package dev.jci.ir;

import org.jspecify.annotations.Nullable;

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
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof VectorType that
                        && scalable == that.scalable
                        && length == that.length
                        && element.equals(that.element));
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Boolean.hashCode(scalable) + Long.hashCode(length)) + element.hashCode();
    }

    @Override
    public String toString() {
        return "<" + (scalable ? "vscale x " : "") + length + " x " + element + ">";
    }
}
