package dev.jci.ci.interp;

/** The program does what the machine cannot do, or does too much. */
public final class Trap extends RuntimeException {
    private static final long serialVersionUID = 1;

    Trap(String message) {
        super(message);
    }
}
