package dev.jci.ci;

import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Flags;
import dev.jci.ir.Function;
import dev.jci.ir.ICmp;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.Instruction;
import dev.jci.ir.Value;

/**
 * The default ABI: one thread-local countdown that fires below zero.
 *
 * @param runtime the runtime's symbols
 * @param function the function that is written
 * @param wide whether it may use vectors that are wider than usual
 */
record JciProbe(Runtime runtime, Function function, boolean wide) implements CountdownEmitter.Probe {
    /** What the names of the comparisons begin with that look at the countdown. */
    static final String LATE = "ci.late";

    JciProbe(Runtime runtime, Function function) {
        this(runtime, function, WideVectors.mayUse(function));
    }

    @Override
    public Value commit(Instruction before, Value amount) {
        Instruction old = CountdownEmitter.put(function, before, "ci.countdown", runtime.loadCountdown());
        Instruction reduced = CountdownEmitter.put(
                function, before, "ci.countdown", new BinaryOperator(BinaryOpcode.SUB, Flags.NONE, old, amount));
        CountdownEmitter.put(function, before, "", runtime.storeCountdown(reduced));
        return late(before, reduced);
    }

    /** Whether a countdown is below zero. */
    Value late(Instruction before, Value countdown) {
        return CountdownEmitter.put(
                function, before, LATE, new ICmp(ICmpPredicate.SLT, Flags.NONE, countdown, ConstantInt.i64(0)));
    }

    @Override
    public void fire(Instruction before) {
        CountdownEmitter.put(function, before, "", runtime.fire(wide));
    }
}
