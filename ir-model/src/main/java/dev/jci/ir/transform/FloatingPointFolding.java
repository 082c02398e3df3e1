package dev.jci.ir.transform;

import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantFP;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.FloatingPointType;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic on floating-point constants as IEEE 754 has it, rounded to nearest, ties to even (LangRef, "Floating-Point Environment"). For
 * {@code half}, {@code float} and {@code double}; other formats, and operations that give a NaN, are left alone.
 */
final class FloatingPointFolding {
    private static final BigInteger LOW_64 = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private FloatingPointFolding() {}

    /** The value as a double, which holds those of the smaller formats exactly; null for a format that it does not hold. */
    private static @Nullable Double value(ConstantFP constant) {
        return switch (constant.type()) {
            case HALF -> (double) Float.float16ToFloat((short) constant.low());
            case FLOAT -> (double) Float.intBitsToFloat((int) constant.low());
            case DOUBLE -> Double.longBitsToDouble(constant.low());
            case BFLOAT -> (double) Float.intBitsToFloat((int) constant.low() << 16);
            case X86_FP80, FP128, PPC_FP128 -> null;
        };
    }

    /** A double rounded to a format; null for NaN, whose bits LLVM does not promise, and for other formats. */
    private static @Nullable ConstantFP round(double value, FloatingPointType type) {
        if (Double.isNaN(value)) {
            return null;
        }
        return switch (type) {
            case HALF -> new ConstantFP(type, 0, Float.floatToFloat16(toOdd(value)) & 0xffffL);
            case FLOAT -> ConstantFP.of((float) value);
            case DOUBLE -> ConstantFP.of(value);
            case BFLOAT, X86_FP80, FP128, PPC_FP128 -> null;
        };
    }

    /** The float next to a double that keeps the later rounding to a smaller format right: the odd one of its two neighbours. */
    private static float toOdd(double value) {
        float near = (float) value;
        boolean isEven = (Float.floatToRawIntBits(near) & 1) == 0;
        if (near == value || !isEven) {
            return near;
        }
        return near < value ? Math.nextUp(near) : Math.nextDown(near);
    }

    /** The result of an operation; null when it is not known. */
    static @Nullable ConstantFP binary(BinaryOpcode opcode, ConstantFP left, ConstantFP right) {
        Double a = value(left);
        Double b = value(right);
        if (a == null || b == null) {
            return null;
        }
        // A double has more than twice the bits of the smaller formats, so that rounding twice is rounding once.
        double result = switch (opcode) {
            case FADD -> a + b;
            case FSUB -> a - b;
            case FMUL -> a * b;
            case FDIV -> a / b;
            case FREM -> a % b;
            default -> Double.NaN;
        };
        return round(result, left.type());
    }

    /** The value with the other sign; null for {@code ppc_fp128}. */
    static @Nullable ConstantFP negate(ConstantFP value) {
        return switch (value.type()) {
            case HALF, BFLOAT -> new ConstantFP(value.type(), 0, value.low() ^ 0x8000L);
            case FLOAT -> new ConstantFP(value.type(), 0, value.low() ^ 0x80000000L);
            case DOUBLE -> new ConstantFP(value.type(), 0, value.low() ^ Long.MIN_VALUE);
            case X86_FP80 -> new ConstantFP(value.type(), value.high() ^ 0x8000L, value.low());
            case FP128 -> new ConstantFP(value.type(), value.high() ^ Long.MIN_VALUE, value.low());
            case PPC_FP128 -> null;
        };
    }

    /** {@code i1} for a predicate of {@code fcmp}; null when it is not known. */
    static @Nullable Constant compare(String predicate, ConstantFP left, ConstantFP right) {
        Double a = value(left);
        Double b = value(right);
        if (a == null || b == null) {
            return null;
        }
        boolean unordered = a.isNaN() || b.isNaN();
        boolean result = switch (predicate) {
            case "false" -> false;
            case "true" -> true;
            case "ord" -> !unordered;
            case "uno" -> unordered;
            default -> unordered ? predicate.charAt(0) == 'u' : ordered(predicate.substring(1), a, b);
        };
        return ConstantInt.of(result);
    }

    private static boolean ordered(String relation, double a, double b) {
        return switch (relation) {
            case "eq" -> a == b;
            case "ne" -> a != b;
            case "gt" -> a > b;
            case "ge" -> a >= b;
            case "lt" -> a < b;
            case "le" -> a <= b;
            default -> throw new IllegalArgumentException("not a predicate: " + relation);
        };
    }

    /** The value in another format; null when it is not known. */
    static @Nullable ConstantFP convert(ConstantFP value, FloatingPointType type) {
        Double known = value(value);
        return known == null ? null : round(known, type);
    }

    /** An integer as floating point; null when it is not known. */
    static @Nullable ConstantFP of(BigInteger value, FloatingPointType type) {
        return switch (type) {
            case FLOAT -> ConstantFP.of(value.floatValue());
            case DOUBLE -> ConstantFP.of(value.doubleValue());
            case HALF -> value.bitLength() <= Double.PRECISION ? round(value.doubleValue(), type) : null;
            case BFLOAT, X86_FP80, FP128, PPC_FP128 -> null;
        };
    }

    /** Floating point as an integer, cut off toward zero; null when it does not fit, which is poison, or is not known. */
    static @Nullable ConstantInt toInteger(ConstantFP value, IntegerType type, boolean signed) {
        Double known = value(value);
        if (known == null || known.isNaN() || known.isInfinite()) {
            return null;
        }
        BigInteger whole = new BigDecimal(known).toBigInteger();
        boolean fits =
                signed ? whole.bitLength() < type.bits() : whole.signum() >= 0 && whole.bitLength() <= type.bits();
        return fits ? ConstantInt.of(type, whole) : null;
    }

    /** The value with the same bits; null when that is no floating-point type. */
    static @Nullable Constant fromBits(BigInteger bits, Type type) {
        return type instanceof FloatingPointType floating && floating != FloatingPointType.PPC_FP128
                ? new ConstantFP(
                        floating,
                        bits.shiftRight(64).longValue(),
                        bits.and(LOW_64).longValue())
                : null;
    }

    /** The integer with the same bits; null when the type is none. */
    static @Nullable Constant toBits(ConstantFP value, Type type) {
        if (!(type instanceof IntegerType integer) || value.type() == FloatingPointType.PPC_FP128) {
            return null;
        }
        BigInteger high = BigInteger.valueOf(value.high()).and(LOW_64).shiftLeft(64);
        return ConstantInt.of(integer, high.or(BigInteger.valueOf(value.low()).and(LOW_64)));
    }
}
