package dev.jci.ci.paths;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Call;
import dev.jci.ir.CallBase;
import dev.jci.ir.CondBr;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Function;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.ICmp;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.Instruction;
import dev.jci.ir.Invoke;
import dev.jci.ir.Load;
import dev.jci.ir.Phi;
import dev.jci.ir.Resume;
import dev.jci.ir.Ret;
import dev.jci.ir.Store;
import dev.jci.ir.Value;
import dev.jci.ir.analysis.ControlFlowGraph;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All paths of one function, by a fixed point over its blocks. */
final class FunctionPaths {
    private static final int SWEEPS = 200;
    private static final int CYCLES = 20;
    private static final Set<String> CLOCKS = Set.of("jci_countdown", "LocalLC");

    private final Function function;
    private final Calls calls;
    private final long budget;
    private final ControlFlowGraph graph;
    private final QuietRegions regions;
    private final Walk first;
    private final Walk all;

    FunctionPaths(Function function, Calls calls, QuietRegions.Chunks chunks) {
        this.function = function;
        this.calls = calls;
        this.budget = chunks.fromBudget();
        this.graph = ControlFlowGraph.of(function);
        this.regions = QuietRegions.of(graph, calls, chunks);
        this.first = new Walk(true);
        this.all = new Walk(false);
        first.run();
        all.run();
    }

    /** What its callers must know. */
    Bounds bounds() {
        long counted = calls.counted(function);
        if (counted < 0) {
            return new Bounds(first.longest, first.returned, all.returned, first.thrown, all.thrown);
        }
        if (first.returned != all.returned || Math.abs(counted - all.returned) > all.returned / 20 + 1) {
            throw new AssertionError(function + " does " + all.returned + ", callers count " + counted);
        }
        return new Bounds(counted, counted, Bounds.NONE, first.thrown, Bounds.NONE);
    }

    /** The most work without a probe, from the start or a probe. */
    long longest() {
        return all.longest;
    }

    /** Whether an instruction is a use of the countdown that the pass has added. */
    static boolean usesCountdown(Instruction instruction) {
        Value pointer = switch (instruction) {
            case Store store -> store.pointer();
            case Load load -> load.pointer();
            default -> null;
        };
        return !Calls.isOfProgram(instruction)
                && pointer instanceof GlobalVariable variable
                && CLOCKS.contains(String.valueOf(variable.name()));
    }

    /** Whether a branch looks at the countdown, in memory or in the register: a probe. */
    private static boolean isProbe(CondBr branch) {
        return branch.condition() instanceof ICmp compare
                && String.valueOf(compare.name()).startsWith("ci.late");
    }

    private static boolean isRegister(Instruction instruction) {
        return instruction.name() != null && instruction.name().startsWith("ci.left");
    }

    private final class Walk {
        private final boolean untilProbe;
        private final @Nullable State[] atHead = new State[graph.size()];
        private final boolean[] stale = new boolean[graph.size()];
        private final int[] cycles = new int[graph.size()];
        private long longest;
        private long returned = Bounds.NONE;
        private long thrown = Bounds.NONE;
        private boolean changed = true;

        Walk(boolean untilProbe) {
            this.untilProbe = untilProbe;
        }

        void run() {
            if (regions.beginsAt(0) != null) {
                throw new AssertionError("the entry is in a loop");
            }
            atHead[0] = start();
            stale[0] = true;
            for (int sweep = 0; changed; sweep++) {
                if (sweep == SWEEPS) {
                    throw new AssertionError("no bound in " + function);
                }
                changed = false;
                for (int place = 0; place < graph.reachableCount(); place++) {
                    visit(graph.inOrder(place));
                }
            }
        }

        /** At the start of the function, and behind a probe. */
        private State start() {
            return new State(null, 0, budget, budget, 0);
        }

        private void visit(int index) {
            State state = atHead[index];
            if (state == null || !stale[index]) {
                return;
            }
            stale[index] = false;
            QuietRegions.Region region = regions.beginsAt(index);
            if (region != null) {
                State after = region.through(state);
                note(after);
                region.exits().forEach(edge -> enter(edge.from(), edge.to(), after));
                return;
            }
            if (regions.isInside(index)) {
                throw new AssertionError("a way into the middle of a loop: " + graph.block(index));
            }
            through(index, state);
        }

        private void through(int index, State before) {
            BasicBlock block = graph.block(index);
            State state = before;
            for (Instruction at : block.instructions()) {
                if (at == block.last()) {
                    leave(index, at, state);
                } else {
                    state = step(at, state);
                    if (state == null) {
                        return;
                    }
                }
            }
        }

        /** Behind an instruction; null when control does not come there. */
        private @Nullable State step(Instruction at, State before) {
            if (usesCountdown(at)) {
                // What the register has counted is in the countdown, or will be before anything else is done.
                return new State(null, work(before), budget, budget, before.work());
            }
            if (at instanceof BinaryOperator difference
                    && difference.operation() == BinaryOpcode.SUB
                    && isRegister(at)) {
                // In the slow path, what it will be behind the probe.
                boolean later = difference.left() instanceof ConstantInt && before.register() != null;
                return later ? before : counted(difference, before);
            }
            State state = before.done(calls.own(at));
            note(state);
            if (!(at instanceof Call call)) {
                return state;
            }
            if (!untilProbe && Calls.isOf(call, "jump")) {
                calls.jumpsAfter(work(state));
            }
            if (!untilProbe && Calls.isOf(call, "_setjmp")) {
                return after(state, 0, calls.jumped());
            }
            Bounds callee = calls.callee(call);
            noteThrown(state, callee);
            return behind(state, callee);
        }

        /** Notes what has been done when an exception passes a call, since the last probe before it or in the callee. */
        private void noteThrown(State state, Bounds callee) {
            if (callee.throughThrow() != Bounds.NONE) {
                thrown = Math.max(thrown, work(state.done(callee.throughThrow())));
            }
            if (!untilProbe) {
                thrown = Math.max(thrown, callee.exitThrow());
            }
        }

        private @Nullable State behind(State state, Bounds callee) {
            note(state.done(callee.entry()));
            return after(state, callee.through(), callee.exit());
        }

        private @Nullable State behindThrow(State state, Bounds callee) {
            return after(state, callee.throughThrow(), callee.exitThrow());
        }

        private @Nullable State after(State state, long through, long exit) {
            boolean probed = !untilProbe && exit != Bounds.NONE;
            State behindProbe =
                    new State(state.register(), exit - (budget - state.most()), state.least(), state.most(), exit);
            if (through == Bounds.NONE) {
                return probed ? behindProbe : null;
            }
            return probed ? state.done(through).or(behindProbe) : state.done(through);
        }

        /** Work goes into the register, or comes out of it. */
        private State counted(BinaryOperator difference, State before) {
            State held = as(difference.left(), before);
            Value amount = difference.right();
            if (amount instanceof ConstantInt known) {
                return held.counted(difference, known.longValue());
            }
            if (String.valueOf(((Instruction) amount).name()).startsWith("ci.correction")) {
                return new State(difference, held.over(), held.least(), budget, held.work());
            }
            // What is reserved is done in the loop behind, for which nothing more is added.
            boolean isFull = difference.left() instanceof ConstantInt known && known.longValue() == budget;
            return isFull
                    ? new State(difference, 0, budget - QuietRegions.mostReserved(amount), budget, State.ANY)
                    : before;
        }

        /** The same state, told of another value that the register may have. */
        private State as(Value value, State state) {
            if (value instanceof ConstantInt known && state.register() == null) {
                long held = known.longValue();
                return new State(null, state.over() + held - budget, held, held, state.work());
            }
            if (value != state.register()) {
                throw new AssertionError("the register is " + state.register() + " and not " + value);
            }
            return state;
        }

        private void leave(int index, Instruction end, State before) {
            State state = before.done(calls.own(end));
            note(state);
            switch (end) {
                case Ret ret -> returned = Math.max(returned, work(state));
                case Resume resume -> thrown = Math.max(thrown, work(state));
                case Invoke invoke -> {
                    if (!untilProbe && Calls.isOf(invoke, "jump")) {
                        calls.jumpsAfter(work(state));
                    }
                    Bounds callee = calls.callee(invoke);
                    to(index, invoke.normalDestination(), behind(state, callee));
                    to(index, invoke.unwindDestination(), behindThrow(state, callee));
                }
                case CondBr branch
                when isProbe(branch) -> {
                    State behind = untilProbe ? null : start();
                    to(index, branch.ifTrue(), behind);
                    to(index, branch.ifFalse(), behind);
                }
                case CondBr branch -> {
                    to(index, branch.ifTrue(), state);
                    to(index, branch.ifFalse(), unlessSpent(branch, state));
                }
                default -> {
                    if (end instanceof CallBase) {
                        note(state.done(calls.callee(end).entry()));
                    }
                    graph.distinctSuccessors(index).forEach(target -> enter(index, target, state));
                }
            }
        }

        private void to(int from, BasicBlock target, @Nullable State state) {
            if (state != null) {
                enter(from, graph.indexOf(target), state);
            }
        }

        /** What a failed test says of the register. */
        private State unlessSpent(CondBr branch, State state) {
            if (!(branch.condition() instanceof ICmp compare)
                    || compare.predicate() != ICmpPredicate.SLT
                    || !(compare.right() instanceof ConstantInt margin)) {
                return state;
            }
            if (compare.left() == state.register()) {
                return state.atLeast(margin.longValue(), budget);
            }
            if (compare.left() instanceof BinaryOperator reserving
                    && isRegister(reserving)
                    && reserving.operation() == BinaryOpcode.SUB) {
                return new State(
                        reserving, as(reserving.left(), state).over(), margin.longValue(), budget, state.work());
            }
            return state;
        }

        private void enter(int from, int to, State state) {
            State arriving = state;
            for (Phi phi : graph.block(to).phis()) {
                if (isRegister(phi)) {
                    arriving =
                            incoming(phi.incomingFrom(graph.block(from)), state).named(phi);
                }
            }
            if (graph.isRetreating(from, to) && ++cycles[to] > CYCLES) {
                arriving = arriving.afterCycle(budget);
            }
            State before = atHead[to];
            State after = arriving.or(before);
            if (!after.equals(before)) {
                atHead[to] = after;
                stale[to] = true;
                changed = true;
            }
        }

        private State incoming(@Nullable Value value, State state) {
            boolean reservedAgain = state.register() == null
                    && value instanceof BinaryOperator difference
                    && difference.left() instanceof ConstantInt
                    && !(difference.right() instanceof ConstantInt);
            if (value == null) {
                throw new AssertionError("a register without a value");
            }
            return reservedAgain ? counted((BinaryOperator) value, state) : as(value, state);
        }

        private void note(State state) {
            longest = Math.max(longest, work(state));
        }

        private long work(State state) {
            return Math.min(state.work(), budget - state.least() + state.over());
        }
    }
}
