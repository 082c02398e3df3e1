package dev.jci.ir;

import org.jspecify.annotations.Nullable;

/**
 * An integer type {@code iN} (LangRef, "Integer Type").
 *
 * @param bits the width, 1 to {@value #MAX_BITS}
 */
public record IntegerType(int bits) implements Type {
    /** The largest width that LLVM allows. */
    public static final int MAX_BITS = (1 << 23);

    /** {@code i1}. */
    public static final IntegerType I1 = new IntegerType(1);

    /** {@code i8}. */
    public static final IntegerType I8 = new IntegerType(8);

    /** {@code i16}. */
    public static final IntegerType I16 = new IntegerType(16);

    /** {@code i32}. */
    public static final IntegerType I32 = new IntegerType(32);

    /** {@code i64}. */
    public static final IntegerType I64 = new IntegerType(64);

    /**
     * @throws IllegalArgumentException when LLVM has no integer type of that width
     */
    public IntegerType {
        if (bits < 1 || bits > MAX_BITS) {
            throw new IllegalArgumentException("bitwidth for integer type out of range: " + bits);
        }
    }

    /** The type of that width; the common ones are shared. */
    public static IntegerType of(int bits) {
        return switch (bits) {
            case 1 -> I1;
            case 8 -> I8;
            case 16 -> I16;
            case 32 -> I32;
            case 64 -> I64;
            default -> new IntegerType(bits);
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof IntegerType that && bits == that.bits);
    }

    @Override
    public int hashCode() {
        return bits;
    }

    @Override
    public String toString() {
        return "i" + bits;
    }
}
