package dev.jci.emit;

/**
 * How a module is printed.
 *
 * @param version the major version of the LLVM that is to read the text, {@value #OLDEST} to {@value #NEWEST}; 0 for the dialect
 *     that the module was written in
 */
public record PrintOptions(int version) {
    /** The oldest LLVM that can be printed for. */
    public static final int OLDEST = 14;

    /** The newest LLVM that can be printed for. */
    public static final int NEWEST = 22;

    /** The dialect that the module was written in. */
    public static final PrintOptions AS_WRITTEN = new PrintOptions(0);

    /**
     * @throws IllegalArgumentException when the version is none that can be printed for
     */
    public PrintOptions {
        if (version != 0 && (version < OLDEST || version > NEWEST)) {
            throw new IllegalArgumentException(
                    "cannot print for LLVM " + version + ", only for " + OLDEST + " to " + NEWEST);
        }
    }

    /**
     * The dialect of that LLVM.
     *
     * @param version the major version
     * @throws IllegalArgumentException when the version is none that can be printed for
     */
    public static PrintOptions forLlvm(int version) {
        return new PrintOptions(version);
    }
}
