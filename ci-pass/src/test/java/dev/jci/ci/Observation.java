package dev.jci.ci;

import dev.jci.ci.interp.Listener;
import dev.jci.ci.interp.Machine;
import dev.jci.ci.interp.Trap;
import dev.jci.ci.interp.Unwinding;
import dev.jci.ci.paths.Pieces;
import dev.jci.ir.Function;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.ICmp;
import dev.jci.ir.Instruction;
import dev.jci.ir.Module;
import dev.jci.ir.Terminator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What came of one run of a function {@code f0}. It may call {@code lib}, {@code apply}, which calls its first argument with the second, and
 * {@code throw}, and take fuel from {@code @fuel}; {@code risky} throws and {@code jump} goes back to {@code _setjmp} now and then.
 *
 * @param outcome what it called outside, its result and the fuel it left
 * @param work the cost of the instructions of the program itself, those of the pass left out
 * @param counted the same with what callers count for functions that leave their work to them
 * @param clock the work that probes committed
 * @param longest the most work between two probes, the start and the end
 * @param probes how many probes ran
 * @param blocks how many blocks were run
 * @param thrown how many exceptions were thrown, and how often there may have been a jump
 */
record Observation(
        List<Object> outcome,
        long work,
        long counted,
        long clock,
        long longest,
        long probes,
        long blocks,
        long thrown) {
    private static final long FUEL = 40;
    private static final long STEPS = 300_000;
    private static final long STEPS_OF_PROBES = 20;
    private static final int JUMPS = 5;
    private static final Set<String> RUNTIME = Set.of("jci_countdown", "LocalLC", "NextInterval");

    /**
     * How to run.
     *
     * @param argument of {@code f0}
     * @param counted what callers count for functions that leave their work to them
     * @param allowance by how much the work of each block may be off
     * @param refill what the runtime sets the countdown to
     */
    record Setting(long argument, Map<String, Long> counted, long allowance, long refill) {
        static final Setting PLAIN = new Setting(37, Map.of(), 0, 5000);
    }

    /** Runs {@code f0} of a module that the pass has not seen. */
    static Observation before(Module module, CostModel costs) {
        return before(module, costs, Setting.PLAIN);
    }

    /** Runs {@code f0} of a module that the pass has not seen. */
    static Observation before(Module module, CostModel costs, Setting setting) {
        return of(module, costs, STEPS, setting);
    }

    /** Runs {@code f0} of a module with probes. */
    static Observation after(Module module, CostModel costs) {
        return after(module, costs, Setting.PLAIN);
    }

    /** Runs {@code f0} of a module with probes. */
    static Observation after(Module module, CostModel costs, Setting setting) {
        return of(module, costs, STEPS * STEPS_OF_PROBES, setting);
    }

    private static Observation of(Module module, CostModel costs, long steps, Setting setting) {
        Counter counter = new Counter(costs, setting);
        List<Object> outcome = new ArrayList<>();
        long[] thrown = new long[1];
        int[] jumps = new int[1];
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
        machine.with("risky", arguments -> {
            if (arguments[0] % 4 == 1) {
                thrown[0]++;
                throw new Unwinding(arguments[0]);
            }
            return arguments[0] + 3;
        });
        machine.with("jump", arguments -> {
            if (jumps[0]++ < JUMPS) {
                thrown[0]++;
                machine.jump();
            }
            return arguments[0];
        });
        for (String fire : List.of("jci_fire", "jci_fire_cycles", "jci_fire_xmm", "jci_fire_cycles_xmm")) {
            machine.with(fire, arguments -> {
                machine.setGlobal("jci_countdown", setting.refill());
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
            outcome.add(machine.call("f0", setting.argument()));
        } catch (Unwinding exception) {
            outcome.add("throws " + exception.value());
        } catch (Trap trap) {
            outcome.add(trap.getMessage());
        }
        if (module.global("fuel") != null) {
            outcome.add(machine.global("fuel"));
        }
        outcome.add("stores " + counter.written);
        return new Observation(
                outcome,
                counter.work,
                counter.work + counter.more,
                counter.clock,
                counter.longest,
                counter.probes,
                counter.blocks,
                thrown[0]);
    }

    /** Whether the run came to an end. */
    boolean ended() {
        return !outcome.contains(Machine.TOO_LONG);
    }

    private static final class Counter implements Listener {
        private final CostModel costs;
        private final Setting setting;
        private long work;
        private long more;
        private long clock;
        private long sinceProbe;
        private long longest;
        private long probes;
        private long blocks;
        private long blocksSinceProbe;
        private long written;
        private int depth;
        private long workBefore;

        Counter(CostModel costs, Setting setting) {
            this.costs = costs;
            this.setting = setting;
        }

        @Override
        public void executes(Instruction instruction) {
            if (instruction instanceof ICmp
                    && String.valueOf(instruction.name()).startsWith("ci.late")) {
                noteProbe();
            }
            // What the pass adds does not stand anywhere in the source.
            if (instruction.position() >= 0) {
                work += costs.of(instruction);
                sinceProbe += Pieces.of(instruction, costs);
                longest = Math.max(longest, sinceProbe - setting.allowance() * blocksSinceProbe);
                if (instruction instanceof Terminator) {
                    blocks++;
                    blocksSinceProbe++;
                }
            }
        }

        @Override
        public void stores(GlobalVariable variable, long before, long after) {
            if ("jci_countdown".equals(variable.name())) {
                clock += before - after;
                return;
            }
            if ("LocalLC".equals(variable.name())) {
                clock += after - before;
            }
        }

        private void noteProbe() {
            probes++;
            sinceProbe = 0;
            blocksSinceProbe = 0;
        }

        @Override
        public void writes(GlobalVariable variable, long offset, long value) {
            String name = String.valueOf(variable.name());
            if (!RUNTIME.contains(name)) {
                written = ((written * 31 + name.hashCode()) * 31 + offset) * 31 + value;
            }
        }

        @Override
        public void enters(Function function) {
            if (depth > 0 || setting.counted().containsKey(function.name())) {
                if (depth++ == 0) {
                    workBefore = work;
                }
            }
        }

        @Override
        public void leaves(Function function) {
            if (depth > 0 && --depth == 0) {
                more += setting.counted().get(function.name()) - (work - workBefore);
            }
        }
    }
}
