package dev.jci.ir;

/**
 * A calling convention as written: {@code fastcc}, {@code preserve_allcc}, {@code cc 10} (LangRef, "Calling Conventions").
 *
 * @param keyword the word, or {@code cc} and a number; empty for the C convention
 */
public record CallingConvention(String keyword) {
    /** The C calling convention, which is not written. */
    public static final CallingConvention C = new CallingConvention("");
}
