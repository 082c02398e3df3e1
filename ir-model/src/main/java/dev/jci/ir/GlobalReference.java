package dev.jci.ir;

/**
 * A global named through a word that says how: {@code dso_local_equivalent @f} or {@code no_cfi @f} (LangRef, "DSO Local
 * Equivalent", "No CFI").
 *
 * @param kind the word
 * @param global the global named
 */
public record GlobalReference(Kind kind, GlobalValue global) implements Constant {
    /** The words. */
    public enum Kind {
        /** {@code dso_local_equivalent}: an address inside this linkage unit that does the same. */
        DSO_LOCAL_EQUIVALENT("dso_local_equivalent"),
        /** {@code no_cfi}: the function itself, not its entry in a jump table. */
        NO_CFI("no_cfi");

        private final String keyword;

        Kind(String keyword) {
            this.keyword = keyword;
        }

        /** The word as LLVM writes it. */
        public String keyword() {
            return keyword;
        }
    }

    @Override
    public Type type() {
        return global.type();
    }
}
