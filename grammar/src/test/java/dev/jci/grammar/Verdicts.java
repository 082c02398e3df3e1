package dev.jci.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.Diagnostic;
import dev.jci.ir.LanguageVersion;
import dev.jci.ir.verify.Verifier;
import java.util.List;

/** What the verifier says about a text, by the rules of one LLVM or by those that all of them share. */
final class Verdicts {
    private Verdicts() {}

    static List<Diagnostic> verify(String text, int version) {
        return Verifier.verify(LlvmIrReader.read("test.ll", text).orThrow(), new LanguageVersion(version));
    }

    static void accepts(String text) {
        accepts(0, text);
    }

    static void accepts(int version, String text) {
        assertThat(verify(text, version)).isEmpty();
    }

    /** The text is refused with that message, and the place named begins with that text. */
    static void rejects(String text, String message, String at) {
        rejects(0, text, message, at);
    }

    static void rejects(int version, String text, String message, String at) {
        List<Diagnostic> found = verify(text, version);
        assertThat(found).extracting(Diagnostic::message).contains(message);
        Diagnostic first = found.stream()
                .filter(one -> one.message().equals(message))
                .findFirst()
                .orElseThrow();
        assertThat(text.substring(first.position())).startsWith(at);
    }
}
