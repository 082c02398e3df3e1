package dev.jci.ir;

/**
 * A floating-point constant, kept as the bits of its format (LangRef, "Simple Constants").
 *
 * @param type the format
 * @param high the bits from 64 upward, 0 for formats of up to 64 bits
 * @param low the lower 64 bits; for {@code ppc_fp128} the first double
 */
public record ConstantFP(FloatingPointType type, long high, long low) implements Constant {
    /** The constant of type {@code double}. */
    public static ConstantFP of(double value) {
        return new ConstantFP(FloatingPointType.DOUBLE, 0, Double.doubleToRawLongBits(value));
    }

    /** The constant of type {@code float}. */
    public static ConstantFP of(float value) {
        return new ConstantFP(FloatingPointType.FLOAT, 0, Float.floatToRawIntBits(value) & 0xffffffffL);
    }
}
