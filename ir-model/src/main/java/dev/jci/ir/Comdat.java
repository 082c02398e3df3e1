package dev.jci.ir;

import java.util.Locale;

/** A comdat, {@code $name = comdat any} (LangRef, "Comdats"). */
public final class Comdat {
    /** What the linker does with several comdats of one name. */
    public enum SelectionKind {
        /** {@code any}: keep any one. */
        ANY,
        /** {@code exactmatch}: keep one, all must be equal. */
        EXACTMATCH,
        /** {@code largest}: keep the largest. */
        LARGEST,
        /** {@code nodeduplicate}: keep all. */
        NODEDUPLICATE,
        /** {@code samesize}: keep one, all must have one size. */
        SAMESIZE;

        /** The word as LLVM writes it. */
        public String keyword() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String name;
    private SelectionKind selectionKind;

    /**
     * @param name the name without {@code $}
     * @param selectionKind what the linker does
     */
    public Comdat(String name, SelectionKind selectionKind) {
        this.name = name;
        this.selectionKind = selectionKind;
    }

    /** The name without {@code $}. */
    public String name() {
        return name;
    }

    /** What the linker does with several of that name. */
    public SelectionKind selectionKind() {
        return selectionKind;
    }

    /** Changes what the linker does. */
    public void setSelectionKind(SelectionKind selectionKind) {
        this.selectionKind = selectionKind;
    }
}
