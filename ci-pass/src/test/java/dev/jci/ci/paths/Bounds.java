package dev.jci.ci.paths;

/**
 * The most work that a call of a function does, from its first instruction. What never happens is {@link #NONE}.
 *
 * @param entry before its first probe or its end
 * @param through when it returns without a probe
 * @param exit from its last probe to its return
 * @param throughThrow when it throws without a probe
 * @param exitThrow from its last probe until it throws
 */
record Bounds(long entry, long through, long exit, long throughThrow, long exitThrow) {
    static final long NONE = Long.MIN_VALUE / 4;

    /** Does not come back. */
    static final Bounds NEVER = new Bounds(0, NONE, NONE, NONE, NONE);

    /** Returns at once. */
    static final Bounds NOTHING = of(0);

    /** Throws at once. */
    static final Bounds THROWS = new Bounds(0, NONE, NONE, 0, NONE);

    /** Does so much work, without a probe. */
    static Bounds of(long work) {
        return new Bounds(work, work, NONE, NONE, NONE);
    }

    /** One or the other. */
    Bounds or(Bounds other) {
        return new Bounds(
                Math.max(entry, other.entry),
                Math.max(through, other.through),
                Math.max(exit, other.exit),
                Math.max(throughThrow, other.throughThrow),
                Math.max(exitThrow, other.exitThrow));
    }

    /** Whether no probe is run. */
    boolean isQuiet() {
        return exit == NONE && exitThrow == NONE && this != NEVER;
    }
}
