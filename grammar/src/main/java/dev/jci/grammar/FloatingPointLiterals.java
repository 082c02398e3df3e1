package dev.jci.grammar;

import dev.jci.ir.ConstantFP;
import dev.jci.ir.FloatingPointType;
import java.math.BigInteger;

/** The bits that the floating-point literals of LangRef, "Simple Constants", stand for. */
final class FloatingPointLiterals {
    private FloatingPointLiterals() {}

    /** A decimal literal: rounded to a double, then to the type. */
    static ConstantFP decimal(FloatingPointType type, String text) {
        double value = Double.parseDouble(text);
        return fromDouble(type, value);
    }

    /** {@code 0x} and an optional letter that names the format. */
    static ConstantFP hexadecimal(FloatingPointType type, String text, int position) {
        char format = text.charAt(2);
        String digits = text.substring("KLMHR".indexOf(format) >= 0 ? 3 : 2);
        if (format == 'L' || format == 'M') {
            // Two halves of 16 digits with the lower one first; like LLVM's lexer, more digits are not looked at.
            digits = digits.substring(0, Math.min(32, digits.length()));
        }
        boolean isDouble = "KLMHR".indexOf(format) < 0;
        if (!isDouble && digits.length() > 32) {
            throw new IrSyntaxError("constant bigger than 128 bits detected!", position);
        }
        BigInteger bits = isDouble ? BigInteger.ZERO : new BigInteger(digits, 16);
        switch (format) {
            case 'K' -> require(type, FloatingPointType.X86_FP80, position);
            case 'L' -> require(type, FloatingPointType.FP128, position);
            case 'M' -> require(type, FloatingPointType.PPC_FP128, position);
            case 'H' -> require(type, FloatingPointType.HALF, position);
            case 'R' -> require(type, FloatingPointType.BFLOAT, position);
            default -> {
                return fromDouble(type, Double.longBitsToDouble(sixtyFourBits(digits)));
            }
        }
        if (format == 'L' || format == 'M') {
            int rest = 4 * Math.max(0, digits.length() - 16);
            long first = bits.shiftRight(rest).longValue();
            return new ConstantFP(type, rest == 0 ? 0 : bits.longValue() & (-1L >>> (64 - rest)), first);
        }
        return new ConstantFP(type, bits.shiftRight(64).longValue(), bits.longValue());
    }

    /** The bits of a double, as LLVM reads them: digits beyond 64 bits make it 0 as soon as the number gets smaller by one more. */
    private static long sixtyFourBits(String digits) {
        long bits = 0;
        for (int i = 0; i < digits.length(); i++) {
            long before = bits;
            bits = (bits << 4) + Character.digit(digits.charAt(i), 16);
            if (Long.compareUnsigned(before, bits) > 0) {
                return 0;
            }
        }
        return bits;
    }

    private static void require(FloatingPointType type, FloatingPointType wanted, int position) {
        if (type != wanted) {
            throw new IrSyntaxError("floating point constant invalid for type", position);
        }
    }

    private static ConstantFP fromDouble(FloatingPointType type, double value) {
        long bits = Double.doubleToRawLongBits(value);
        return switch (type) {
            case DOUBLE -> new ConstantFP(type, 0, bits);
            case FLOAT -> new ConstantFP(type, 0, narrow(bits, 8, 23));
            case HALF -> new ConstantFP(type, 0, narrow(bits, 5, 10));
            case BFLOAT -> new ConstantFP(type, 0, narrow(bits, 8, 7));
            case X86_FP80 -> extended(type, value);
            case FP128 -> quadruple(type, value);
            case PPC_FP128 -> new ConstantFP(type, 0, bits);
        };
    }

    /** A double rounded to a narrower format, to nearest even as LLVM does. */
    private static long narrow(long bits, int exponentBits, int fractionBits) {
        long sign = bits >>> 63;
        int exponent = (int) ((bits >>> 52) & 0x7ff);
        long fraction = bits & 0xfffffffffffffL;
        int bias = (1 << (exponentBits - 1)) - 1;
        int dropped = 52 - fractionBits;
        long head = sign << (exponentBits + fractionBits);
        if (exponent == 0x7ff) {
            long kept = fraction >>> dropped;
            if (fraction != 0 && kept == 0) {
                kept = 1L << (fractionBits - 1);
            }
            return head | (((1L << exponentBits) - 1) << fractionBits) | kept;
        }
        if (exponent == 0 && fraction == 0) {
            return head;
        }
        int scaled = exponent - 1023 + bias;
        if (scaled >= (1 << exponentBits) - 1) {
            return head | (((1L << exponentBits) - 1) << fractionBits);
        }
        long significand = fraction | (1L << 52);
        int shift = scaled > 0 ? dropped : dropped + 1 - scaled;
        if (shift > 53) {
            return head;
        }
        long rounded = significand >>> shift;
        long rest = significand & ((1L << shift) - 1);
        long half = 1L << (shift - 1);
        if (rest > half || (rest == half && (rounded & 1) != 0)) {
            rounded++;
        }
        return scaled > 0
                ? head | (((long) scaled << fractionBits) + (rounded - (1L << fractionBits)))
                : head | rounded;
    }

    private static ConstantFP extended(FloatingPointType type, double value) {
        long bits = Double.doubleToRawLongBits(value);
        long sign = (bits >>> 63) << 15;
        int exponent = (int) ((bits >>> 52) & 0x7ff);
        long fraction = bits & 0xfffffffffffffL;
        if (exponent == 0x7ff) {
            return new ConstantFP(type, sign | 0x7fff, (1L << 63) | (fraction << 11));
        }
        if (exponent == 0 && fraction == 0) {
            return new ConstantFP(type, sign, 0);
        }
        if (exponent == 0) {
            int shift = Long.numberOfLeadingZeros(fraction);
            return new ConstantFP(type, sign | (16383 - 1022 - (shift - 11)), fraction << shift);
        }
        return new ConstantFP(type, sign | (exponent - 1023 + 16383), (1L << 63) | (fraction << 11));
    }

    private static ConstantFP quadruple(FloatingPointType type, double value) {
        long bits = Double.doubleToRawLongBits(value);
        long sign = bits & Long.MIN_VALUE;
        int exponent = (int) ((bits >>> 52) & 0x7ff);
        long fraction = bits & 0xfffffffffffffL;
        if (exponent == 0x7ff) {
            return new ConstantFP(type, sign | (0x7fffL << 48) | (fraction >>> 4), fraction << 60);
        }
        if (exponent == 0 && fraction == 0) {
            return new ConstantFP(type, sign, 0);
        }
        if (exponent == 0) {
            int shift = Long.numberOfLeadingZeros(fraction) - 11;
            fraction = (fraction << shift) & 0xfffffffffffffL;
            exponent = 1 - shift;
        }
        long high = sign | ((long) (exponent - 1023 + 16383) << 48) | (fraction >>> 4);
        return new ConstantFP(type, high, fraction << 60);
    }
}
