package dev.jci.ir;

import java.util.Locale;

/** The two-operand operations (LangRef, "Binary Operations", "Bitwise Binary Operations"). */
public enum BinaryOpcode {
    /** {@code add}: integer sum. */
    ADD,
    /** {@code fadd}: floating-point sum. */
    FADD,
    /** {@code sub}: integer difference. */
    SUB,
    /** {@code fsub}: floating-point difference. */
    FSUB,
    /** {@code mul}: integer product. */
    MUL,
    /** {@code fmul}: floating-point product. */
    FMUL,
    /** {@code udiv}: unsigned quotient. */
    UDIV,
    /** {@code sdiv}: signed quotient. */
    SDIV,
    /** {@code fdiv}: floating-point quotient. */
    FDIV,
    /** {@code urem}: unsigned remainder. */
    UREM,
    /** {@code srem}: signed remainder. */
    SREM,
    /** {@code frem}: floating-point remainder. */
    FREM,
    /** {@code shl}: shift left. */
    SHL,
    /** {@code lshr}: logical shift right. */
    LSHR,
    /** {@code ashr}: arithmetic shift right. */
    ASHR,
    /** {@code and}: bitwise and. */
    AND,
    /** {@code or}: bitwise or. */
    OR,
    /** {@code xor}: bitwise exclusive or. */
    XOR;

    private final String keyword = name().toLowerCase(Locale.ROOT);

    /** The word as LLVM writes it. */
    public String keyword() {
        return keyword;
    }
}
