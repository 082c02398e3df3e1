package dev.jci.ci;

/**
 * What callers must know of a function.
 *
 * @param folded whether callers count its work, because it has no probes
 * @param low the least work of one call, when folded
 * @param high the most work of one call, when folded
 * @param mean the expected work of one call, when folded
 * @param entryRun the most work that a call may do before its first probe, when not folded
 */
record Summary(boolean folded, long low, long high, long mean, long entryRun) {
    static Summary folded(long low, long high, long mean) {
        return new Summary(true, low, high, mean, 0);
    }

    static Summary countsItself(long entryRun) {
        return new Summary(false, 0, 0, 0, entryRun);
    }
}
