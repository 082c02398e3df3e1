package dev.jci.ci;

/**
 * The work that is not committed yet at a point of a function.
 *
 * @param unprobed whether there may have been no probe since the function began
 * @param fresh whether the register is the budget for certain, so that nothing is in it
 * @param inRegister the most work that the register may hold here
 * @param low the least work that is pending, on top of the register
 * @param high the most work that is pending
 * @param mean the expected work that is pending
 */
record Work(boolean unprobed, boolean fresh, long inRegister, long low, long high, double mean) {
    /** At the beginning of a function. */
    static final Work AT_ENTRY = new Work(true, true, 0, 0, 0, 0);

    /** Right behind a probe that has committed everything. */
    static final Work NONE = new Work(false, true, 0, 0, 0, 0);

    /** What is pending now is known exactly, and the register may hold something. */
    Work held(long most, long pending) {
        return new Work(unprobed, false, most, pending, pending, pending);
    }

    /** The same with an amount that is pending. */
    Work withPending(long pending) {
        return new Work(unprobed, fresh, inRegister, pending, pending, pending);
    }

    /** The same behind a probe that has not committed it. */
    Work probed() {
        return new Work(false, fresh, inRegister, low, high, mean);
    }

    /** With the work of one more instruction. */
    Work plus(long lowCost, long highCost, double meanCost) {
        if (lowCost == 0 && highCost == 0 && meanCost == 0) {
            return this;
        }
        return new Work(
                unprobed,
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
