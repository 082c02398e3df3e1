package dev.jci.ci;

/**
 * The work that is not committed yet at a point of a function.
 *
 * @param inRegister the most work that the register may hold here; 0 when it holds none for certain
 * @param low the least work since the register was last updated
 * @param high the most work since then
 * @param mean the expected work since then
 */
record Work(long inRegister, long low, long high, double mean) {
    static final Work NONE = new Work(0, 0, 0, 0);

    /** With the work of one more instruction. */
    Work plus(long lowCost, long highCost, double meanCost) {
        return new Work(
                inRegister,
                CostModel.saturatedSum(low, lowCost),
                CostModel.saturatedSum(high, highCost),
                mean + meanCost);
    }

    /** The most work since the last probe. */
    long most() {
        return CostModel.saturatedSum(inRegister, high);
    }

    /** The expected work since the register was last updated, as a whole number. */
    long amount() {
        return Math.round(mean);
    }
}
