package dev.jci.grammar;

import dev.jci.ir.LanguageVersion;

/**
 * How a text is to be read.
 *
 * @param from the LLVM that the text is for: what the parser of that LLVM refuses is refused. With {@link LanguageVersion#ANY} a text is
 *     refused when no LLVM takes it.
 * @param threads how many threads may read bodies of functions at the same time, 1 or more. The module is the same for any number.
 */
public record ReadOptions(LanguageVersion from, int threads) {
    /** Takes what any LLVM takes, on one thread. */
    public static final ReadOptions DEFAULT = new ReadOptions(LanguageVersion.ANY, 1);

    /**
     * Checks the number of threads.
     *
     * @throws IllegalArgumentException when it is not positive
     */
    public ReadOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads);
        }
    }

    /** These options for a text for that LLVM. */
    public ReadOptions withFrom(LanguageVersion version) {
        return new ReadOptions(version, threads);
    }

    /** These options with that many threads. */
    public ReadOptions withThreads(int count) {
        return new ReadOptions(from, count);
    }
}
