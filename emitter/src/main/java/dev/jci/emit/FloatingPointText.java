package dev.jci.emit;

import dev.jci.ir.ConstantFP;
import dev.jci.ir.FloatingPointType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Writes floating-point constants as LLVM does (LangRef, "Simple Constants"): {@code float} and {@code double} in decimal with six
 * places when that gives exactly the value again, else as the bits of the double; the other formats as their bits.
 */
final class FloatingPointText {
    private static final MathContext SEVEN_DIGITS = new MathContext(7, RoundingMode.HALF_EVEN);
    private static final int DIGITS = 7;

    private FloatingPointText() {}

    static void write(TextBuffer out, ConstantFP constant) {
        long low = constant.low();
        switch (constant.type()) {
            case DOUBLE -> writeDouble(out, low);
            case FLOAT -> writeDouble(out, widen((int) low));
            case HALF -> out.put("0xH").putHex(low, 4);
            case BFLOAT -> out.put("0xR").putHex(low, 4);
            case X86_FP80 -> out.put("0xK").putHex(constant.high(), 4).putHex(low, 16);
            case FP128, PPC_FP128 ->
                out.put(constant.type() == FloatingPointType.FP128 ? "0xL" : "0xM")
                        .putHex(low, 16)
                        .putHex(constant.high(), 16);
        }
    }

    /** The bits of the double that is this float; a NaN keeps its payload and stays signalling. */
    static long widen(int bits) {
        if (Float.isNaN(Float.intBitsToFloat(bits))) {
            long sign = bits & 0x80000000L;
            long fraction = bits & 0x007fffffL;
            return (sign << 32) | 0x7ff0000000000000L | (fraction << 29);
        }
        return Double.doubleToRawLongBits(Float.intBitsToFloat(bits));
    }

    private static void writeDouble(TextBuffer out, long bits) {
        double value = Double.longBitsToDouble(bits);
        if (!Double.isInfinite(value) && !Double.isNaN(value) && writeDecimal(out, value)) {
            return;
        }
        int digits = Math.max(1, (64 - Long.numberOfLeadingZeros(bits) + 3) / 4);
        out.put("0x").putHex(bits, digits);
    }

    private static boolean writeDecimal(TextBuffer out, double value) {
        double magnitude = Math.abs(value);
        if (magnitude == 0) {
            out.put(1 / value < 0 ? "-0.000000e+00" : "0.000000e+00");
            return true;
        }
        String digits;
        int exponent;
        if (magnitude < Double.MIN_NORMAL) {
            BigDecimal rounded = new BigDecimal(magnitude).round(SEVEN_DIGITS);
            if (rounded.doubleValue() != magnitude) {
                return false;
            }
            digits = rounded.unscaledValue().toString();
            exponent = digits.length() - 1 - rounded.scale();
        } else {
            // The shortest decimal that reads back as the value has at most seven digits exactly when six places
            // suffice.
            String shortest = Double.toString(magnitude);
            int mark = shortest.indexOf('E');
            String mantissa = mark < 0 ? shortest : shortest.substring(0, mark);
            int point = mantissa.indexOf('.');
            String all = mantissa.substring(0, point).concat(mantissa.substring(point + 1));
            int start = 0;
            while (all.charAt(start) == '0') {
                start++;
            }
            int end = all.length();
            while (all.charAt(end - 1) == '0') {
                end--;
            }
            if (end - start > DIGITS) {
                return false;
            }
            digits = all.substring(start, end);
            exponent = point - 1 - start + (mark < 0 ? 0 : Integer.parseInt(shortest, mark + 1, shortest.length(), 10));
        }
        if (value < 0) {
            out.put('-');
        }
        out.put(digits.charAt(0)).put('.');
        for (int i = 1; i < DIGITS; i++) {
            out.put(i < digits.length() ? digits.charAt(i) : '0');
        }
        out.put(exponent < 0 ? "e-" : "e+");
        int size = Math.abs(exponent);
        if (size < 10) {
            out.put('0');
        }
        out.put(size);
        return true;
    }
}
