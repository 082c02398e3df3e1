package dev.jci.ir;

import java.util.Locale;

/** The DLL storage classes (LangRef, "DLL Storage Classes"). */
public enum DllStorageClass {
    /** {@code default}: none. */
    DEFAULT,
    /** {@code dllimport}: through an import pointer. */
    DLLIMPORT,
    /** {@code dllexport}: exported. */
    DLLEXPORT;

    private final String keyword = name().toLowerCase(Locale.ROOT);

    /** The word as LLVM writes it. */
    public String keyword() {
        return keyword;
    }
}
