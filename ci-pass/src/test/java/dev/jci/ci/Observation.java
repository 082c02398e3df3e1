package dev.jci.ci;

import dev.jci.ci.interp.Listener;
import dev.jci.ci.interp.Machine;
import dev.jci.ci.interp.Trap;
import dev.jci.ci.interp.Unwinding;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.Instruction;
import dev.jci.ir.Module;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of one run of a function {@code f0}. It may call {@code lib}, {@code apply}, which calls its first argument with the second, and
 * {@code throw}, and take fuel from {@code @fuel}.
 *
 * @param outcome what it called outside, its result and the fuel it left
 * @param work the cost of the instructions of the program itself, those of the pass left out
 * @param clock the work that probes committed
 * @param longest the most work between two probes, the start and the end
 * @param probes how many probes ran
 * @param thrown how many exceptions were thrown
 */
record Observation(List<Object> outcome, long work, long clock, long longest, long probes, long thrown) {
    private static final long ARGUMENT = 37;
    private static final long FUEL = 40;
    private static final long STEPS = 300_000;
    private static final long STEPS_OF_PROBES = 20;
    private static final long REFILL = 5000;

    /** Runs {@code f0} of a module that the pass has not seen. */
    static Observation before(Module module, CostModel costs) {
        return of(module, costs, STEPS);
    }

    /** Runs {@code f0} of a module with probes. */
    static Observation after(Module module, CostModel costs) {
        return of(module, costs, STEPS * STEPS_OF_PROBES);
    }

    private static Observation of(Module module, CostModel costs, long steps) {
        Counter counter = new Counter(costs);
        List<Object> outcome = new ArrayList<>();
        long[] thrown = new long[1];
        Machine machine = new Machine(module, counter).withSteps(steps);
        machine.with("lib", arguments -> {
            outcome.add(arguments[0]);
            return arguments[0] * 31 + 7;
        });
        machine.with("apply", arguments -> machine.callAddress(arguments[0], arguments[1]));
        machine.with("throw", arguments -> {
            thrown[0]++;
            throw new Unwinding(arguments[0]);
        });
        for (String fire : List.of("jci_fire", "jci_fire_cycles")) {
            machine.with(fire, arguments -> {
                machine.setGlobal("jci_countdown", REFILL);
                return 0;
            });
        }
        if (module.global("fuel") != null) {
            machine.setGlobal("fuel", FUEL);
        }
        if (module.global("NextInterval") != null) {
            machine.setGlobal("NextInterval", Long.MAX_VALUE);
        }
        try {
            outcome.add(machine.call("f0", ARGUMENT));
        } catch (Unwinding exception) {
            outcome.add("throws " + exception.value());
        } catch (Trap trap) {
            outcome.add(trap.getMessage());
        }
        if (module.global("fuel") != null) {
            outcome.add(machine.global("fuel"));
        }
        return new Observation(outcome, counter.work, counter.clock, counter.longest, counter.probes, thrown[0]);
    }

    /** Whether the run came to an end. */
    boolean ended() {
        return !outcome.contains(Machine.TOO_LONG);
    }

    private static final class Counter implements Listener {
        private final CostModel costs;
        private long work;
        private long clock;
        private long sinceProbe;
        private long longest;
        private long probes;

        Counter(CostModel costs) {
            this.costs = costs;
        }

        @Override
        public void executes(Instruction instruction) {
            // What the pass adds does not stand anywhere in the source.
            if (instruction.position() >= 0) {
                long cost = costs.of(instruction);
                work += cost;
                sinceProbe += cost;
                longest = Math.max(longest, sinceProbe);
            }
        }

        @Override
        public void stores(GlobalVariable variable, long before, long after) {
            if ("jci_countdown".equals(variable.name())) {
                clock += before - after;
            } else if ("LocalLC".equals(variable.name())) {
                clock += after - before;
            } else {
                return;
            }
            probes++;
            sinceProbe = 0;
        }
    }
}
