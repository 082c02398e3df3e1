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
 * @param quiet whether no call looks at the countdown of the thread, in functions of libraries neither
 */
record Summary(boolean folded, long low, long high, long mean, long entryRun, boolean probes, boolean quiet) {
    static Summary folded(long low, long high, long mean, boolean quiet) {
        return new Summary(true, low, high, mean, 0, false, quiet);
    }

    /** The usual way to a return runs no probe behind that much work; other ways commit what they do more. */
    static Summary leaves(long work, long entryRun, boolean probes) {
        return new Summary(false, work, work, work, entryRun, probes, false);
    }
}
