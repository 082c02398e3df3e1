package dev.jci.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.Diagnostic;
import dev.jci.ir.LanguageVersion;
import dev.jci.ir.SourceText;
import java.nio.charset.StandardCharsets;

/** What the reader says about a text that it refuses. */
final class Rejections {
    private Rejections() {}

    /** The first error as {@code line: message}; fails when the text is accepted. */
    static String rejection(String text) {
        return rejection(0, text);
    }

    /** The first error of a text that is for that LLVM, 0 for any, as {@code line: message}; fails when the text is accepted. */
    static String rejection(int version, String text) {
        ReadResult result = read(version, text);
        assertThat(result).as(text).isInstanceOf(ReadResult.Failure.class);
        ReadResult.Failure failure = (ReadResult.Failure) result;
        Diagnostic first = failure.diagnostics().get(0);
        return failure.source().line(first.position()) + ": " + first.message();
    }

    private static ReadResult read(int version, String text) {
        SourceText source = new SourceText("t.ll", text.getBytes(StandardCharsets.UTF_8));
        return LlvmIrReader.read(source, ReadOptions.DEFAULT.withFrom(new LanguageVersion(version)));
    }

    /** Fails when the text is refused. */
    static void assertAccepted(String text) {
        assertAccepted(0, text);
    }

    /** Fails when the text, which is for that LLVM, is refused. */
    static void assertAccepted(int version, String text) {
        read(version, text).orThrow();
    }

    /** Where the first error stands, as {@code line:column: message}. */
    static String place(int version, String text) {
        ReadResult.Failure failure = (ReadResult.Failure) read(version, text);
        Diagnostic first = failure.diagnostics().get(0);
        return failure.source().line(first.position()) + ":" + failure.source().column(first.position()) + ": "
                + first.message();
    }
}
