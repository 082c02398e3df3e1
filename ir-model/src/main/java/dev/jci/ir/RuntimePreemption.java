package dev.jci.ir;

import java.util.Locale;

/** Runtime preemption specifiers (LangRef, "Runtime Preemption Specifiers"). */
public enum RuntimePreemption {
    /** {@code none}: nothing written. */
    NONE,
    /** {@code dso_local}: resolves inside this linkage unit. */
    DSO_LOCAL,
    /** {@code dso_preemptable}: may be replaced at load time. */
    DSO_PREEMPTABLE;

    private final String keyword = name().toLowerCase(Locale.ROOT);

    /** The word as LLVM writes it. */
    public String keyword() {
        return keyword;
    }
}
