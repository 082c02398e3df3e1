package dev.jci.cli;

/**
 * How far the calls of the handler were apart in one run.
 *
 * @param count how many intervals there were
 * @param work their work, in IR instructions
 * @param cycles their cycles
 * @param median the median in cycles, 0 when there were none
 * @param low the tenth percentile
 * @param high the ninetieth percentile
 */
record Intervals(long count, long work, long cycles, long median, long low, long high) {
    /** IR instructions in a cycle. */
    double workPerCycle() {
        return cycles == 0 ? 1 : (double) work / cycles;
    }
}
