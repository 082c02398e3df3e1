package dev.jci.ir;

/**
 * An array type {@code [4 x i8]} (LangRef, "Array Type").
 *
 * @param length the number of elements, as an unsigned 64-bit number
 * @param element any sized type
 */
public record ArrayType(long length, Type element) implements Type {
    @Override
    public String toString() {
        return "[" + Long.toUnsignedString(length) + " x " + element + "]";
    }
}
