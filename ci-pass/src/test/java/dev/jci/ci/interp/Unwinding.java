package dev.jci.ci.interp;

/** An exception of the program on its way to a landing pad. */
public final class Unwinding extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long value;

    /**
     * @param value what is thrown: the first member of what the landing pad gives
     */
    public Unwinding(long value) {
        super("exception of the program: " + value, null, false, false);
        this.value = value;
    }

    /** What is thrown. */
    public long value() {
        return value;
    }
}
