package dev.jci.bench.fuzz;

import dev.jci.emit.LlvmIrPrinter;
import dev.jci.emit.PrintOptions;
import dev.jci.emit.UnprintableException;
import dev.jci.ir.Module;
import java.nio.charset.StandardCharsets;

/** An input made for the toolkit. */
sealed interface Candidate {
    /**
     * A text.
     *
     * @param bytes the text
     */
    @SuppressWarnings("ArrayRecordComponent") // a text that is never compared
    record Text(byte[] bytes) implements Candidate {}

    /**
     * A module that was changed in memory.
     *
     * @param module the module
     */
    record Tree(Module module) implements Candidate {
        @Override
        public byte[] bytes() {
            try {
                return LlvmIrPrinter.bytes(module, PrintOptions.AS_WRITTEN);
            } catch (UnprintableException | RuntimeException | StackOverflowError exception) {
                return ("; cannot be printed: " + exception + "\n").getBytes(StandardCharsets.UTF_8);
            }
        }
    }

    /** The input as a text, to keep it. */
    byte[] bytes();
}
