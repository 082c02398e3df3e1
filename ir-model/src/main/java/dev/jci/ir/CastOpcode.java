package dev.jci.ir;

import java.util.Locale;

/** The conversions (LangRef, "Conversion Operations"). */
public enum CastOpcode {
    /** {@code trunc}: to a narrower integer. */
    TRUNC,
    /** {@code zext}: to a wider integer, filled with zeros. */
    ZEXT,
    /** {@code sext}: to a wider integer, filled with the sign. */
    SEXT,
    /** {@code fptrunc}: to a narrower floating-point type. */
    FPTRUNC,
    /** {@code fpext}: to a wider floating-point type. */
    FPEXT,
    /** {@code fptoui}: floating point to unsigned integer. */
    FPTOUI,
    /** {@code fptosi}: floating point to signed integer. */
    FPTOSI,
    /** {@code uitofp}: unsigned integer to floating point. */
    UITOFP,
    /** {@code sitofp}: signed integer to floating point. */
    SITOFP,
    /** {@code ptrtoint}: pointer to integer. */
    PTRTOINT,
    /** {@code ptrtoaddr}: address of a pointer to integer (LLVM 22). */
    PTRTOADDR,
    /** {@code inttoptr}: integer to pointer. */
    INTTOPTR,
    /** {@code bitcast}: the same bits as another type. */
    BITCAST,
    /** {@code addrspacecast}: to another address space. */
    ADDRSPACECAST;

    private final String keyword = name().toLowerCase(Locale.ROOT);

    /** The word as LLVM writes it. */
    public String keyword() {
        return keyword;
    }
}
