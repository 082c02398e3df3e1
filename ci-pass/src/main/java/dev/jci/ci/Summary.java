package dev.jci.ci;

/**
 * What callers must know of a function.
 *
 * @param folded whether it has no probes at all, so that callers count all its work
 * @param low the least work of one call that it leaves to its callers
 * @param high the most work of one call that it leaves to its callers
 * @param mean the work that callers count for one call
 * @param entryRun the most work that a call may do before its first probe, when it has some
 * @param probes whether every call that returns has run a probe
 */
record Summary(boolean folded, long low, long high, long mean, long entryRun, boolean probes) {
    static Summary folded(long low, long high, long mean) {
        return new Summary(true, low, high, mean, 0, false);
    }

    /** The usual way to a return runs no probe behind that much work; other ways commit what they do more. */
    static Summary leaves(long work, long entryRun, boolean probes) {
        return new Summary(false, work, work, work, entryRun, probes);
    }
}
