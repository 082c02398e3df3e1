package dev.jci.ci.paths;

import dev.jci.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * What is known at a point of a function: the register holds {@code least} to {@code most}; the work since the last probe is at most
 * {@code work}, and at most {@code budget - register + over}.
 *
 * @param register the value of the register; null for the budget itself
 * @param over by how much the work may be more than what the register has counted
 * @param least the least that the register holds
 * @param most the most that the register holds
 * @param work the most work on the paths that were followed; {@link #ANY} when there are too many
 */
record State(@Nullable Value register, long over, long least, long most, long work) {
    static final long ANY = Long.MAX_VALUE / 4;

    State done(long cost) {
        return new State(register, over + cost, least, most, Math.min(ANY, work + cost));
    }

    State atLeast(long held, long budget) {
        long more = Math.max(least, held);
        return new State(register, over, more, most, Math.min(work, budget - more + over));
    }

    State counted(Value difference, long count) {
        return new State(difference, over - count, least - count, most - count, work);
    }

    /** The same with the register under another name. */
    State named(@Nullable Value name) {
        return new State(name, over, least, most, work);
    }

    /** Behind an edge back that is taken again and again: no more than that, so that an end is found. */
    State afterCycle(long budget) {
        return new State(register, over, Math.min(least, 0), budget, ANY);
    }

    /** Where two paths meet. */
    State or(@Nullable State other) {
        if (other == null) {
            return this;
        }
        if (register != other.register) {
            throw new AssertionError("two registers: " + register + " and " + other.register);
        }
        return new State(
                register,
                Math.max(over, other.over),
                Math.min(least, other.least),
                Math.max(most, other.most),
                Math.max(work, other.work));
    }
}
