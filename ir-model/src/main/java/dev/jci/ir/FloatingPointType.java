package dev.jci.ir;

/** The floating-point types (LangRef, "Floating-Point Types"). */
public enum FloatingPointType implements Type {
    /** {@code half}: 16 bits, IEEE 754 binary16. */
    HALF("half", 16),
    /** {@code bfloat}: 16 bits, the upper half of a float. */
    BFLOAT("bfloat", 16),
    /** {@code float}: 32 bits. */
    FLOAT("float", 32),
    /** {@code double}: 64 bits. */
    DOUBLE("double", 64),
    /** {@code x86_fp80}: the 80 bits of an x87 register. */
    X86_FP80("x86_fp80", 80),
    /** {@code fp128}: 128 bits, IEEE 754 binary128. */
    FP128("fp128", 128),
    /** {@code ppc_fp128}: two doubles. */
    PPC_FP128("ppc_fp128", 128);

    private final String keyword;
    private final int bits;

    FloatingPointType(String keyword, int bits) {
        this.keyword = keyword;
        this.bits = bits;
    }

    /** The number of bits of a value. */
    public int bits() {
        return bits;
    }

    @Override
    public String toString() {
        return keyword;
    }
}
