package dev.jci.cli;

import dev.jci.grammar.ReadOptions;
import dev.jci.ir.LanguageVersion;
import picocli.CommandLine.Model.OptionSpec;

/** The option that says which LLVM a text is for. */
final class FromOption {
    private final Argument<Integer> from;

    /** Adds the option to those of a command. */
    FromOption(Syntax syntax) {
        from = syntax.option(
                0,
                OptionSpec.builder("--from")
                        .paramLabel("N")
                        .description(
                                "The LLVM that the text was written for, 14 to 22: what its parser refuses is refused. Default: what any of them takes is taken."));
    }

    /** The version asked for. */
    LanguageVersion version() throws Failure {
        try {
            return new LanguageVersion(from.value());
        } catch (IllegalArgumentException exception) {
            throw Failure.usage("--from: " + exception.getMessage());
        }
    }

    /** How texts are to be read. */
    ReadOptions options() throws Failure {
        return new ReadOptions(version(), Processors.count());
    }
}
