package dev.jci.ir;

import java.util.Locale;

/** The visibility styles (LangRef, "Visibility Styles"). */
public enum Visibility {
    /** {@code default}: visible to other modules. */
    DEFAULT,
    /** {@code hidden}: not in the dynamic symbol table. */
    HIDDEN,
    /** {@code protected}: visible, never replaced. */
    PROTECTED;

    private final String keyword = name().toLowerCase(Locale.ROOT);

    /** The word as LLVM writes it. */
    public String keyword() {
        return keyword;
    }
}
