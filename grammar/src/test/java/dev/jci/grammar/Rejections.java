package dev.jci.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.Diagnostic;

/** What the reader says about a text that it refuses. */
final class Rejections {
    private Rejections() {}

    /** The first error as {@code line: message}; fails when the text is accepted. */
    static String rejection(String text) {
        ReadResult result = LlvmIrReader.read("t.ll", text);
        assertThat(result).as(text).isInstanceOf(ReadResult.Failure.class);
        ReadResult.Failure failure = (ReadResult.Failure) result;
        Diagnostic first = failure.diagnostics().get(0);
        return failure.source().line(first.position()) + ": " + first.message();
    }

    /** Fails when the text is refused. */
    static void assertAccepted(String text) {
        LlvmIrReader.read("t.ll", text).orThrow();
    }
}
