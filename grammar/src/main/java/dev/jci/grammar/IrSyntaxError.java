package dev.jci.grammar;

/** Stops the reader at the first error; the message and its place become the diagnostic. */
final class IrSyntaxError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int position;

    IrSyntaxError(String message, int position) {
        super(message, null, false, false);
        this.position = position;
    }

    int position() {
        return position;
    }
}
