package dev.jci.ci.interp;

/** A {@code longjmp} on its way. */
final class Jump extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Mark mark;

    Jump(Mark mark) {
        super("longjmp", null, false, false);
        this.mark = mark;
    }

    Mark mark() {
        return mark;
    }
}
