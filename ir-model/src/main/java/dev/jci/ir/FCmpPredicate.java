package dev.jci.ir;

import java.util.Arrays;
import java.util.Locale;

/** The predicates of {@code fcmp} (LangRef, "fcmp"). */
public enum FCmpPredicate {
    /** {@code false}: never. */
    FALSE,
    /** {@code oeq}: ordered and equal. */
    OEQ,
    /** {@code ogt}: ordered and greater than. */
    OGT,
    /** {@code oge}: ordered and greater or equal. */
    OGE,
    /** {@code olt}: ordered and less than. */
    OLT,
    /** {@code ole}: ordered and less or equal. */
    OLE,
    /** {@code one}: ordered and not equal. */
    ONE,
    /** {@code ord}: ordered. */
    ORD,
    /** {@code ueq}: unordered or equal. */
    UEQ,
    /** {@code ugt}: unordered or greater than. */
    UGT,
    /** {@code uge}: unordered or greater or equal. */
    UGE,
    /** {@code ult}: unordered or less than. */
    ULT,
    /** {@code ule}: unordered or less or equal. */
    ULE,
    /** {@code une}: unordered or not equal. */
    UNE,
    /** {@code uno}: unordered. */
    UNO,
    /** {@code true}: always. */
    TRUE;

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
