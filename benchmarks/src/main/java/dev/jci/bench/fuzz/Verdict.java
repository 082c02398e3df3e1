package dev.jci.bench.fuzz;

/** What became of an input that was treated as documented. */
sealed interface Verdict {
    /**
     * It is no valid module.
     *
     * @param message the first diagnostic, without its place
     */
    record Rejected(String message) implements Verdict {}

    /**
     * It is a valid module.
     *
     * @param text the module as printed
     */
    @SuppressWarnings("ArrayRecordComponent") // a text that is never compared
    record Accepted(byte[] text) implements Verdict {}
}
