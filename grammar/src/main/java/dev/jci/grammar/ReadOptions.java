package dev.jci.grammar;

import dev.jci.ir.LanguageVersion;

/**
 * How a text is to be read.
 *
 * @param from the LLVM that the text is for: what the parser of that LLVM refuses is refused. With {@link LanguageVersion#ANY} a text is
 *     refused when no LLVM takes it.
 */
public record ReadOptions(LanguageVersion from) {
    /** Takes what any LLVM takes. */
    public static final ReadOptions DEFAULT = new ReadOptions(LanguageVersion.ANY);
}
