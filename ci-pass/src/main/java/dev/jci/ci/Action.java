package dev.jci.ci;

import dev.jci.ir.Instruction;
import dev.jci.ir.Phi;
import dev.jci.ir.Value;
import org.jspecify.annotations.Nullable;

/** Something to do about the work counted so far, right before an instruction. */
sealed interface Action {
    /** The instruction that it comes before. */
    Instruction before();

    /** The same for more work; null when there is no such thing. */
    default @Nullable Action plus(long more) {
        return switch (this) {
            case Count count -> new Count(count.before, count.amount + more);
            case Check check -> new Check(check.before, check.amount + more, check.margin);
            case Commit commit -> new Commit(commit.before, commit.amount + more, commit.fires);
            case CountValue value -> null;
            case Reserve reserve -> null;
            case Settle settle -> null;
        };
    }

    /**
     * Count work in the register of the function.
     *
     * @param amount how much
     */
    record Count(Instruction before, long amount) implements Action {}

    /**
     * Count work in the register, and commit it when less than the margin is left of the budget; where the register is the countdown, call the
     * runtime when it is below zero.
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

    /**
     * Count work in the register that is known only when the program runs.
     *
     * @param amount how much, an {@code i64}; negative to give back what was reserved
     */
    record CountValue(Instruction before, Value amount) implements Action {}

    /** Have the countdown of the thread in memory, because the instruction may look at it. */
    record Settle(Instruction before) implements Action {}

    /**
     * Count work in the register before it is done; commit what was there when the budget does not suffice. Where the register is the countdown, and
     * there is less left until the handler is due, only as much is reserved as fits, and at least one turn.
     *
     * @param amount how much, an {@code i64} that is not above the most work of a chunk
     * @param turns in the block behind, how many turns that is for
     * @param work the work of one turn
     * @param isNested whether the loop is inside another one
     */
    record Reserve(Instruction before, Value amount, Phi turns, long work, boolean isNested) implements Action {}
}
