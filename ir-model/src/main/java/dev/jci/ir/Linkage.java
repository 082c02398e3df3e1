package dev.jci.ir;

import java.util.Locale;

/** The linkage types (LangRef, "Linkage Types"). {@link #EXTERNAL} is the default and is not printed for definitions. */
public enum Linkage {
    /** {@code external}: visible, one definition. */
    EXTERNAL,
    /** {@code private}: not in the symbol table. */
    PRIVATE,
    /** {@code internal}: visible in this object only. */
    INTERNAL,
    /** {@code available_externally}: a copy to inline from, never emitted. */
    AVAILABLE_EXTERNALLY,
    /** {@code linkonce}: merged, dropped when unused. */
    LINKONCE,
    /** {@code linkonce_odr}: merged with equal ones, dropped when unused. */
    LINKONCE_ODR,
    /** {@code weak}: merged, kept. */
    WEAK,
    /** {@code weak_odr}: merged with equal ones, kept. */
    WEAK_ODR,
    /** {@code common}: C tentative definition. */
    COMMON,
    /** {@code appending}: arrays that the linker joins. */
    APPENDING,
    /** {@code extern_weak}: null when not defined. */
    EXTERN_WEAK;

    private final String keyword = name().toLowerCase(Locale.ROOT);

    /** The word as LLVM writes it. */
    public String keyword() {
        return keyword;
    }
}
