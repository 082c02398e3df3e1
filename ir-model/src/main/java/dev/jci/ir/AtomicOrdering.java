package dev.jci.ir;

import java.util.Locale;

/** The memory orderings (LangRef, "Atomic Memory Ordering Constraints"). */
public enum AtomicOrdering {
    /** {@code unordered}: no tearing. */
    UNORDERED,
    /** {@code monotonic}: relaxed. */
    MONOTONIC,
    /** {@code acquire}: acquire. */
    ACQUIRE,
    /** {@code release}: release. */
    RELEASE,
    /** {@code acq_rel}: acquire and release. */
    ACQ_REL,
    /** {@code seq_cst}: sequentially consistent. */
    SEQ_CST;

    private final String keyword = name().toLowerCase(Locale.ROOT);

    /** The word as LLVM writes it. */
    public String keyword() {
        return keyword;
    }
}
