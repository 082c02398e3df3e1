package dev.jci.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** A line on the terminal that shows how many files are done. */
final class Progress {
    private static final int WIDTH = 30;

    private final @Nullable PrintWriter terminal;

    private Progress(@Nullable PrintWriter terminal) {
        this.terminal = terminal;
    }

    /** Nothing is shown. */
    static Progress none() {
        return new Progress(null);
    }

    /** Shown on standard error, when the process has a terminal. */
    static Progress on(PrintWriter err) {
        return new Progress(hasTerminal() ? err : null);
    }

    /** The Java virtual machine may be started without its console module, and then there is no console at all. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean hasTerminal() {
        java.io.Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** So many files are done. */
    void show(int done, int total) {
        if (terminal != null) {
            int filled = WIDTH * done / total;
            terminal.print("\r[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + done + "/" + total);
            terminal.flush();
        }
    }

    /** Takes the line away. */
    void end() {
        if (terminal != null) {
            terminal.print("\r" + " ".repeat(WIDTH + 2 + 24) + "\r");
            terminal.flush();
        }
    }
}
