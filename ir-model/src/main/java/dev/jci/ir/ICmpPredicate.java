package dev.jci.ir;

import java.util.Arrays;
import java.util.Locale;

/** The predicates of {@code icmp} (LangRef, "icmp"). */
public enum ICmpPredicate {
    /** {@code eq}: equal. */
    EQ,
    /** {@code ne}: not equal. */
    NE,
    /** {@code ugt}: unsigned greater than. */
    UGT,
    /** {@code uge}: unsigned greater or equal. */
    UGE,
    /** {@code ult}: unsigned less than. */
    ULT,
    /** {@code ule}: unsigned less or equal. */
    ULE,
    /** {@code sgt}: signed greater than. */
    SGT,
    /** {@code sge}: signed greater or equal. */
    SGE,
    /** {@code slt}: signed less than. */
    SLT,
    /** {@code sle}: signed less or equal. */
    SLE;

    private final String keyword = name().toLowerCase(Locale.ROOT);

    /** The word as LLVM writes it. */
    public String keyword() {
        return keyword;
    }

    /** Whether a word is one of the predicates as LLVM writes them. */
    public static boolean isKeyword(String word) {
        return Arrays.stream(values()).anyMatch(predicate -> predicate.keyword.equals(word));
    }
}
