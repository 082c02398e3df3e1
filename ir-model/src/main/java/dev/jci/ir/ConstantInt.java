package dev.jci.ir;

import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An integer constant of any width (LangRef, "Simple Constants"). The value is kept sign-extended: {@code i1 true} is -1. */
public final class ConstantInt implements Constant {
    private static final BigInteger LONG_MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private final IntegerType type;
    private final long small;
    private final @Nullable BigInteger big;

    /** {@code i1 true}. */
    public static final ConstantInt TRUE = new ConstantInt(IntegerType.I1, -1, null);

    /** {@code i1 false}. */
    public static final ConstantInt FALSE = new ConstantInt(IntegerType.I1, 0, null);

    private ConstantInt(IntegerType type, long small, @Nullable BigInteger big) {
        this.type = type;
        this.small = small;
        this.big = big;
    }

    /** The constant of that type whose low bits are those of the value. */
    public static ConstantInt of(IntegerType type, long value) {
        int bits = type.bits();
        if (bits >= 64) {
            return new ConstantInt(type, value, null);
        }
        int spare = 64 - bits;
        return new ConstantInt(type, (value << spare) >> spare, null);
    }

    /** The constant of that type whose low bits are those of the value. */
    public static ConstantInt of(IntegerType type, BigInteger value) {
        if (value.bitLength() < 64 || type.bits() <= 64) {
            return of(type, value.longValue());
        }
        BigInteger modulus = BigInteger.ONE.shiftLeft(type.bits());
        BigInteger wrapped = value.mod(modulus);
        if (wrapped.testBit(type.bits() - 1)) {
            wrapped = wrapped.subtract(modulus);
        }
        boolean fits = wrapped.compareTo(LONG_MIN) >= 0 && wrapped.compareTo(LONG_MAX) <= 0;
        return fits
                ? new ConstantInt(type, wrapped.longValue(), null)
                : new ConstantInt(type, wrapped.longValue(), wrapped);
    }

    /** {@code i1 true} or {@code i1 false}. */
    public static ConstantInt of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** The constant of type {@code i64}. */
    public static ConstantInt i64(long value) {
        return new ConstantInt(IntegerType.I64, value, null);
    }

    /** The constant of type {@code i32}. */
    public static ConstantInt i32(int value) {
        return new ConstantInt(IntegerType.I32, value, null);
    }

    @Override
    public IntegerType type() {
        return type;
    }

    /** Whether the value, taken as signed, fits a {@code long}. */
    public boolean fitsLong() {
        return big == null;
    }

    /**
     * The value, taken as signed.
     *
     * @throws ArithmeticException when it does not fit; ask {@link #fitsLong} first
     */
    public long longValue() {
        if (big != null) {
            throw new ArithmeticException("integer constant wider than 64 bits: " + big);
        }
        return small;
    }

    /** The value, taken as signed. */
    public BigInteger value() {
        return big != null ? big : BigInteger.valueOf(small);
    }

    /** Whether the value is 0. */
    public boolean isZero() {
        return big == null && small == 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConstantInt that
                && small == that.small
                && type.bits() == that.type.bits()
                && Objects.equals(big, that.big);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(small) * 31 + type.bits();
    }

    /** The value as LLVM writes it, without the type. */
    @Override
    public String toString() {
        return type.bits() == 1 ? (small == 0 ? "false" : "true") : value().toString();
    }
}
