package dev.jci.cli;

import dev.jci.emit.Lowering;
import dev.jci.emit.PrintOptions;
import dev.jci.ir.Module;
import picocli.CommandLine.Option;

/** The option that commands which print for an LLVM version share: which pointers the text has. */
final class PointerOption {
    private static final int LAST_WITH_TYPED = 16;

    @Option(
            names = "--typed-pointers",
            description =
                    "Give every pointer a type, i8* and the like; for LLVM 14, which by itself reads no ptr, to 16.")
    private boolean typed;

    /**
     * Gives the module typed pointers when that is asked.
     *
     * @param llvm the LLVM printed for
     * @throws Failure when that LLVM reads no typed pointers
     */
    void apply(Module module, int llvm) throws Failure {
        if (!typed) {
            return;
        }
        if (llvm < PrintOptions.OLDEST || llvm > LAST_WITH_TYPED) {
            throw Failure.usage("--typed-pointers takes --llvm " + PrintOptions.OLDEST + " to " + LAST_WITH_TYPED);
        }
        Lowering.typePointers(module);
    }
}
