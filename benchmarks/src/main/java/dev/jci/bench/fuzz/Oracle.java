package dev.jci.bench.fuzz;

import dev.jci.ci.CompilerInterrupts;
import dev.jci.ci.Mode;
import dev.jci.ci.Options;
import dev.jci.emit.LlvmIrPrinter;
import dev.jci.emit.Lowering;
import dev.jci.emit.PrintOptions;
import dev.jci.emit.UnprintableException;
import dev.jci.grammar.LlvmIrReader;
import dev.jci.grammar.ReadResult;
import dev.jci.ir.Diagnostic;
import dev.jci.ir.Module;
import dev.jci.ir.SourceText;
import dev.jci.ir.verify.Verifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What must hold for every input: the reader gives a module or diagnostics; the verifier accepts or gives diagnostics; what both
 * accept is printed, read, accepted and printed again to the same text, for the dialect it was written in and for a version drawn,
 * where only a refusal by diagnostic is allowed; and the pass turns it into a module for which all this holds too. No exception but
 * the documented ones may be thrown.
 */
final class Oracle {
    private Oracle() {}

    /** Judges a text. */
    static Verdict judge(byte[] text, SplittableRandom random) {
        SourceText source = new SourceText("input.ll", text);
        Module module;
        switch (LlvmIrReader.read(source)) {
            case ReadResult.Failure failure -> {
                return rejected(source, failure.diagnostics());
            }
            case ReadResult.Success success -> module = success.module();
        }
        Verdict verdict = judge(source, module, random);
        if (verdict instanceof Verdict.Accepted) {
            instrument(source, random);
        }
        return verdict;
    }

    /** Judges a module that need not come from a text. */
    static Verdict judge(Module module, SplittableRandom random) {
        return judge(new SourceText("tree.ll", new byte[0]), module, random);
    }

    private static Verdict judge(SourceText source, Module module, SplittableRandom random) {
        List<Diagnostic> found = Verifier.verify(module);
        if (!found.isEmpty()) {
            if (source.bytes().length > 0) {
                // What was read can be printed, valid or not; a module with references to what it does not hold cannot.
                printIfPossible(module);
            }
            return rejected(source, found);
        }
        byte[] text;
        try {
            text = LlvmIrPrinter.bytes(module, PrintOptions.AS_WRITTEN);
        } catch (UnprintableException exception) {
            return rejected(source, exception.diagnostics());
        }
        demandSame("printing twice gives different texts", text, printIfPossible(module));
        Module again = readBack("its own text is not read", text);
        demandAccepted("its own text is not accepted", again);
        demandSame("print, read, print changes the text", text, printIfPossible(again));
        otherVersion(again, random.nextInt(PrintOptions.OLDEST, PrintOptions.NEWEST + 1));
        return new Verdict.Accepted(text);
    }

    /** The text for another version is read and stays the same when printed for that version again. */
    private static void otherVersion(Module module, int version) {
        PrintOptions options = PrintOptions.forLlvm(version);
        byte[] text;
        try {
            Lowering.prepare(module, version);
            text = LlvmIrPrinter.bytes(module, options);
        } catch (UnprintableException exception) {
            demandDiagnostics(exception.diagnostics());
            return;
        }
        Module again = readBack("its text for another version is not read", text);
        demandAccepted("its text for another version is not accepted", again);
        try {
            Lowering.prepare(again, version);
            demandSame("print for a version, read, print changes the text", text, LlvmIrPrinter.bytes(again, options));
        } catch (UnprintableException exception) {
            throw new Violation("what was printed for a version is refused for it", first(exception.diagnostics()));
        }
    }

    /** The pass accepts every valid module, or says why not, and what it makes is valid. */
    private static void instrument(SourceText source, SplittableRandom random) {
        Module module = LlvmIrReader.read(source).orThrow();
        Mode[] modes = Mode.values();
        Options options = Options.defaults()
                .withMode(modes[random.nextInt(modes.length)])
                .withCommitInterval(random.nextInt(2, 2000))
                .withAllowedDeviation(random.nextInt(3) * 50L);
        try {
            CompilerInterrupts.instrument(module, options);
        } catch (IllegalArgumentException documented) {
            if (documented.getMessage() == null || documented.getStackTrace().length == 0) {
                throw documented;
            }
            return;
        }
        demandAccepted("the pass makes an invalid module", module);
        try {
            byte[] text = LlvmIrPrinter.bytes(module, PrintOptions.AS_WRITTEN);
            Module again = readBack("an instrumented text is not read", text);
            demandSame(
                    "print, read, print changes an instrumented text",
                    text,
                    LlvmIrPrinter.bytes(again, PrintOptions.AS_WRITTEN));
        } catch (UnprintableException exception) {
            throw new Violation("an instrumented module cannot be printed", first(exception.diagnostics()));
        }
    }

    private static byte[] printIfPossible(Module module) {
        try {
            return LlvmIrPrinter.bytes(module, PrintOptions.AS_WRITTEN);
        } catch (UnprintableException exception) {
            demandDiagnostics(exception.diagnostics());
            return new byte[0];
        }
    }

    private static Verdict rejected(SourceText source, List<Diagnostic> diagnostics) {
        demandDiagnostics(diagnostics);
        diagnostics.forEach(source::render);
        return new Verdict.Rejected(first(diagnostics));
    }

    private static void demandDiagnostics(List<Diagnostic> diagnostics) {
        if (diagnostics.isEmpty()
                || first(diagnostics).isBlank()
                || first(diagnostics).equals("null")) {
            throw new Violation("rejected without a word", diagnostics.toString());
        }
    }

    private static Module readBack(String rule, byte[] text) {
        return switch (LlvmIrReader.read(new SourceText("printed.ll", text))) {
            case ReadResult.Success success -> success.module();
            case ReadResult.Failure failure ->
                throw new Violation(
                        rule + ": " + Findings.withoutNames(first(failure.diagnostics())),
                        new SourceText("printed.ll", text)
                                .render(failure.diagnostics().get(0)));
        };
    }

    private static void demandAccepted(String rule, Module module) {
        List<Diagnostic> found = Verifier.verify(module);
        if (!found.isEmpty()) {
            throw new Violation(rule + ": " + Findings.withoutNames(first(found)), first(found));
        }
    }

    private static void demandSame(String rule, byte[] one, byte[] two) {
        if (!Arrays.equals(one, two)) {
            int at = Arrays.mismatch(one, two);
            throw new Violation(rule, "\n- " + line(one, at) + "\n+ " + line(two, at));
        }
    }

    private static String line(byte[] text, int at) {
        int start = Math.min(at, text.length);
        while (start > 0 && text[start - 1] != '\n') {
            start--;
        }
        int end = Math.min(at, text.length);
        while (end < text.length && text[end] != '\n') {
            end++;
        }
        return new String(text, start, end - start, StandardCharsets.ISO_8859_1);
    }

    private static String first(List<Diagnostic> diagnostics) {
        return diagnostics.get(0).message();
    }
}
