package dev.jci.ir;

import java.util.Locale;

/** The tail call markers (LangRef, "call"). */
public enum TailCallKind {
    /** {@code none}: no marker. */
    NONE,
    /** {@code tail}: may become a tail call. */
    TAIL,
    /** {@code musttail}: must become one. */
    MUSTTAIL,
    /** {@code notail}: must not become one. */
    NOTAIL;

    private final String keyword = name().toLowerCase(Locale.ROOT);

    /** The word as LLVM writes it. */
    public String keyword() {
        return keyword;
    }
}
