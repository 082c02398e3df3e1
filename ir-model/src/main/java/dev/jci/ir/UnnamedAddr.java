package dev.jci.ir;

import java.util.Locale;

/** Whether the address of a global matters (LangRef, "Global Variables"). */
public enum UnnamedAddr {
    /** {@code none}: it does. */
    NONE,
    /** {@code local_unnamed_addr}: not within the module. */
    LOCAL_UNNAMED_ADDR,
    /** {@code unnamed_addr}: not at all. */
    UNNAMED_ADDR;

    private final String keyword = name().toLowerCase(Locale.ROOT);

    /** The word as LLVM writes it. */
    public String keyword() {
        return keyword;
    }
}
