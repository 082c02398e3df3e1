package dev.jci.ir;

import java.util.Locale;

/** Thread-local storage models (LangRef, "Thread Local Storage Models"). */
public enum ThreadLocalMode {
    /** {@code none}: not thread-local. */
    NONE,
    /** {@code generaldynamic}: any module; the default of {@code thread_local}. */
    GENERALDYNAMIC,
    /** {@code localdynamic}: used in this shared library only. */
    LOCALDYNAMIC,
    /** {@code initialexec}: in modules that are never loaded dynamically. */
    INITIALEXEC,
    /** {@code localexec}: defined in the executable. */
    LOCALEXEC;

    private final String keyword = name().toLowerCase(Locale.ROOT);

    /** The word as LLVM writes it. */
    public String keyword() {
        return keyword;
    }
}
