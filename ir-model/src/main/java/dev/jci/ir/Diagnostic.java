package dev.jci.ir;

/**
 * Something to tell the user about the input.
 *
 * @param severity how bad it is
 * @param message what is wrong and, where that is not plain, what to do; no full stop
 * @param position where, an offset into the source; -1 when unknown
 */
public record Diagnostic(Severity severity, String message, int position) {
    /** How bad something is. */
    public enum Severity {
        /** The input cannot be used. */
        ERROR,
        /** The input can be used, but perhaps not as meant. */
        WARNING,
        /** Something worth knowing. */
        NOTE
    }

    /** An error at that offset. */
    public static Diagnostic error(String message, int position) {
        return new Diagnostic(Severity.ERROR, message, position);
    }

    /** A warning at that offset. */
    public static Diagnostic warning(String message, int position) {
        return new Diagnostic(Severity.WARNING, message, position);
    }
}
