package dev.jci.cli;

import dev.jci.emit.Lowering;
import dev.jci.emit.PrintOptions;
import dev.jci.ir.Module;
import picocli.CommandLine.Model.OptionSpec;

/** The option that commands which print for an LLVM version share: which pointers the text has. */
final class PointerOption {
    private static final int LAST_WITH_TYPED = 16;

    private final Argument<Boolean> typed;

    /** Adds the option to those of a command. */
    PointerOption(Syntax syntax) {
        typed = syntax.flag(
                OptionSpec.builder("--typed-pointers")
                        .description(
                                "Give every pointer a type, i8* and the like; for LLVM 14, which by itself reads no ptr, to 16."));
    }

    /**
     * Gives the module typed pointers when that is asked.
     *
     * @param llvm the LLVM printed for
     * @throws Failure when that LLVM reads no typed pointers
     */
    void apply(Module module, int llvm) throws Failure {
        if (!typed.value()) {
            return;
        }
        if (llvm < PrintOptions.OLDEST || llvm > LAST_WITH_TYPED) {
            throw Failure.usage("--typed-pointers takes --llvm " + PrintOptions.OLDEST + " to " + LAST_WITH_TYPED);
        }
        Lowering.typePointers(module);
    }
}
