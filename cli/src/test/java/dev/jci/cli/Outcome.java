package dev.jci.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a run of the command in this process came to. */
record Outcome(int exitCode, String out, String err) {
    /** Runs {@code jci} with those words, the options of the published pass among them. */
    static Outcome ofJci(Object... arguments) {
        String[] words = new String[arguments.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = arguments[i].toString();
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Jci.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exitCode = command.execute(PublishedOptions.translate(words));
        return new Outcome(exitCode, out.toString(), err.toString());
    }
}
