package dev.jci.ir;

import org.jspecify.annotations.Nullable;

/**
 * An array type {@code [4 x i8]} (LangRef, "Array Type").
 *
 * @param length the number of elements, as an unsigned 64-bit number
 * @param element any sized type
 */
public record ArrayType(long length, Type element) implements Type {
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ArrayType that && length == that.length && element.equals(that.element));
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(length) + element.hashCode();
    }

    @Override
    public String toString() {
        return "[" + Long.toUnsignedString(length) + " x " + element + "]";
    }
}
