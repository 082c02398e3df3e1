package dev.jci.ir;

/**
 * The LLVM whose language a text is in.
 *
 * <p>The language changes with each LLVM: a construct comes with one version and goes with another. Where nobody says which LLVM a text
 * is for, it is {@link #ANY}, and what one LLVM of those known takes is taken.
 *
 * @param number the major version, {@value #FIRST} to {@value #LAST}, or 0 for any of them
 */
public record LanguageVersion(int number) {
    /** The oldest LLVM known. */
    public static final int FIRST = 14;

    /** The newest LLVM known. */
    public static final int LAST = 22;

    /** Not said: what any LLVM takes. */
    public static final LanguageVersion ANY = new LanguageVersion(0);

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException when it is not the number of an LLVM that is known
     */
    public LanguageVersion {
        if (number != 0 && (number < FIRST || number > LAST)) {
            throw new IllegalArgumentException("not an LLVM from " + FIRST + " to " + LAST + ": " + number);
        }
    }

    /** Whether it is not said which LLVM the text is for. */
    public boolean isAny() {
        return number == 0;
    }

    /** Whether it is said that the text is for an LLVM older than that one; never for {@link #ANY}. */
    public boolean isBefore(int version) {
        return number != 0 && number < version;
    }

    /** Whether it is said that the text is for that LLVM or a newer one; never for {@link #ANY}. */
    public boolean isAtLeast(int version) {
        return number >= version;
    }
}
