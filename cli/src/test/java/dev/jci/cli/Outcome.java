package dev.jci.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a run of the command in this process came to. */
record Outcome(int exitCode, String out, String err) {
    /** Runs {@code jci} with those words, the options of the published pass among them. */
    static Outcome ofJci(Object... arguments) {
        return ofJci(InputStream.nullInputStream(), arguments);
    }

    /** Runs {@code jci} with a standard input. */
    static Outcome ofJci(InputStream in, Object... arguments) {
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        int exitCode = new CommandRunner()
                .run(
                        new ModuleFiles(Path.of(""), in, out),
                        new PrintWriter(out, true, StandardCharsets.UTF_8),
                        new PrintWriter(err),
                        words);
        return new Outcome(exitCode, out.toString(StandardCharsets.UTF_8), err.toString());
    }
}
