package dev.jci.ci;

/**
 * The work that is not committed yet at a point of a function.
 *
 * @param fresh whether the register is the budget for certain, so that nothing is in it
 * @param inRegister the most work that the register may hold here
 * @param low the least work that is pending, on top of the register
 * @param high the most work that is pending
 * @param mean the expected work that is pending
 */
record Work(boolean fresh, long inRegister, long low, long high, double mean) {
    static final Work NONE = new Work(true, 0, 0, 0, 0);

    /** What is pending is known exactly, and the register may hold something. */
    static Work held(long inRegister, long pending) {
        return new Work(false, inRegister, pending, pending, pending);
    }

    /** With the work of one more instruction. */
    Work plus(long lowCost, long highCost, double meanCost) {
        return new Work(
                fresh,
                inRegister,
                CostModel.saturatedSum(low, lowCost),
                CostModel.saturatedSum(high, highCost),
                mean + meanCost);
    }

    /** The most work since the last probe. */
    long most() {
        return CostModel.saturatedSum(inRegister, high);
    }

    /** The expected work that is pending, as a whole number. */
    long amount() {
        return Math.round(mean);
    }
}
