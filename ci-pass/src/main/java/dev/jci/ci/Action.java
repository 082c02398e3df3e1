package dev.jci.ci;

import dev.jci.ir.Instruction;

/** Something to do about the work counted so far, right before an instruction. */
sealed interface Action {
    /** The instruction that it comes before. */
    Instruction before();

    /**
     * Count work in the register of the function.
     *
     * @param amount how much
     */
    record Count(Instruction before, long amount) implements Action {}

    /**
     * Count work in the register, and commit it when less than the margin is left of the budget.
     *
     * @param amount how much
     * @param margin how much must be left to go on
     */
    record Check(Instruction before, long amount, long margin) implements Action {}

    /**
     * Commit what the register holds and this much more to the countdown of the thread.
     *
     * @param amount how much more
     * @param fires whether the runtime is called when the countdown falls below zero
     */
    record Commit(Instruction before, long amount, boolean fires) implements Action {}
}
