package dev.jci.emit;

import dev.jci.grammar.LlvmIrReader;
import dev.jci.ir.Diagnostic;
import dev.jci.ir.Module;
import java.util.List;

/** Reads a text and prints it again. */
final class Reprint {
    private Reprint() {}

    /** The module of a text. */
    static Module read(String text) {
        return LlvmIrReader.read("test.ll", text).orThrow();
    }

    /** The text printed in the dialect that it is written in. */
    static String asWritten(String text) {
        return print(read(text), PrintOptions.AS_WRITTEN);
    }

    /** The text printed for an LLVM. */
    static String forLlvm(int version, String text) {
        return print(read(text), PrintOptions.forLlvm(version));
    }

    /** What keeps the text from being printed for an LLVM. */
    static List<String> refusals(int version, String text) {
        try {
            LlvmIrPrinter.bytes(read(text), PrintOptions.forLlvm(version));
            return List.of();
        } catch (UnprintableException refused) {
            return refused.diagnostics().stream().map(Diagnostic::message).toList();
        }
    }

    private static String print(Module module, PrintOptions options) {
        try {
            return LlvmIrPrinter.print(module, options);
        } catch (UnprintableException refused) {
            throw new AssertionError(refused);
        }
    }
}
