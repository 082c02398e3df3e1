package dev.jci.emit;

/**
 * How a module is printed.
 *
 * @param version the major version of the LLVM that is to read the text, {@value #OLDEST} to {@value #NEWEST}; 0 for the dialect
 *     that the module was written in
 * @param threads how many threads may print functions at the same time, 1 or more; only where the dialect is that of the module. The text
 *     is the same for any number.
 */
public record PrintOptions(int version, int threads) {
    /** The oldest LLVM that can be printed for. */
    public static final int OLDEST = 14;

    /** The newest LLVM that can be printed for. */
    public static final int NEWEST = 22;

    /** The dialect that the module was written in. */
    public static final PrintOptions AS_WRITTEN = new PrintOptions(0, 1);

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException when the version is none that can be printed for, or the number of threads not positive
     */
    public PrintOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads);
        }
        if (version != 0 && (version < OLDEST || version > NEWEST)) {
            throw new IllegalArgumentException(
                    "cannot print for LLVM " + version + ", only for " + OLDEST + " to " + NEWEST);
        }
    }

    /**
     * The dialect of that LLVM, on one thread.
     *
     * @param version the major version; 0 for the dialect that the module was written in
     * @throws IllegalArgumentException when the version is none that can be printed for
     */
    public static PrintOptions forLlvm(int version) {
        return new PrintOptions(version, 1);
    }

    /** These options with that many threads. */
    public PrintOptions withThreads(int count) {
        return new PrintOptions(version, count);
    }
}
