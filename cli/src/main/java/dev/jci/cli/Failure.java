package dev.jci.cli;

/** Ends the command with a message for the user and an exit code. */
final class Failure extends Exception {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    private Failure(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The input cannot be used; the message is a finished diagnostic. */
    static Failure input(String message) {
        return new Failure(message, 1);
    }

    /** The command was called wrongly. */
    static Failure usage(String message) {
        return new Failure("jci: error: " + message, 2);
    }

    /** The same for a command whose exit code 1 says something else. */
    Failure asTrouble() {
        return new Failure(getMessage(), 2);
    }

    /** A native tool is missing or failed. */
    static Failure tool(String message) {
        return new Failure("jci: error: " + message, 3);
    }

    int exitCode() {
        return exitCode;
    }
}
