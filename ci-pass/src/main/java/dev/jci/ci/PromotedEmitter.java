package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Br;
import dev.jci.ir.CallBase;
import dev.jci.ir.Cast;
import dev.jci.ir.CastOpcode;
import dev.jci.ir.CatchSwitch;
import dev.jci.ir.CleanupRet;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Flags;
import dev.jci.ir.Function;
import dev.jci.ir.ICmp;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.MDNode;
import dev.jci.ir.Phi;
import dev.jci.ir.Resume;
import dev.jci.ir.Ret;
import dev.jci.ir.Select;
import dev.jci.ir.Value;
import dev.jci.ir.analysis.ControlFlowGraph;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the code of a {@link Plan} for the default ABI. What is counted is taken from the countdown of the thread, in memory; in the loops
 * that the plan promotes the countdown is in a register, an SSA value. It is loaded where such a loop is entered and stored where it is left,
 * and around calls that may look at it.
 *
 * <pre>
 *   in memory:    countdown -= amount                         ; count
 *                 if (countdown &lt; 0) fire                     ; check, commit
 *   in a loop:    left -= amount                              ; count
 *                 if (left &lt; 0) { countdown = left; fire; left = countdown }
 *                 left -= turns * work                      ; reserve
 *                 if (left &lt; 0) { left += turns * work; if (left &lt; 0) fire; turns = what fits; left -= turns * work }
 * </pre>
 */
final class PromotedEmitter {
    /** A block with more ways out of promoted loops than that stores the register before it is left, whichever way. */
    private static final int MANY = 8;

    /** Begins the name of a block that cuts a chunk to what there is before the handler is due. */
    private static final String FIT = "ci.fit";

    private static final String COUNTDOWN = "ci.countdown";

    private final Function function;
    private final Plan plan;
    private final JciProbe probe;
    private final InstructionCosts costs;
    private final ControlFlowGraph graph;
    private final boolean[] isPromoted;
    private final boolean[] inRegister;
    private final @Nullable Value[] exitValue;
    private final boolean[] differs;
    private final BasicBlock[] tail;
    private final List<Join> joins = new ArrayList<>();
    private final MDNode unlikely = CountdownEmitter.unlikely();
    private boolean cutsNested;
    private int probes;
    private int counters;

    // Where code goes at the moment: the register, when the countdown is in it, and whether memory has something else.
    private @Nullable Value left;
    private boolean stale;

    private record Join(int block, Phi phi) {}

    private PromotedEmitter(Function function, Plan plan, JciProbe probe, InstructionCosts costs) {
        this.function = function;
        this.plan = plan;
        this.probe = probe;
        this.costs = costs;
        this.graph = ControlFlowGraph.of(function);
        this.isPromoted = new boolean[graph.size()];
        this.inRegister = new boolean[graph.size()];
        this.exitValue = new Value[graph.size()];
        this.differs = new boolean[graph.size()];
        this.tail = new BasicBlock[graph.size()];
    }

    /**
     * Writes the code.
     *
     * @param costs which know what calls leave the countdown alone
     */
    static CountdownEmitter.Count emit(Function function, Plan plan, JciProbe probe, InstructionCosts costs) {
        PromotedEmitter emitter = new PromotedEmitter(function, plan, probe, costs);
        for (int index = 0; index < emitter.graph.size(); index++) {
            emitter.isPromoted[index] = emitter.canArriveInRegister(index);
        }
        for (int place = 0; place < emitter.graph.reachableCount(); place++) {
            emitter.write(emitter.graph.inOrder(place));
        }
        emitter.completeJoins();
        emitter.storeOnEdges();
        if (emitter.cutsNested && probe.runtime().isForX86()) {
            FramePointers.keep(function);
        }
        return new CountdownEmitter.Count(emitter.probes, emitter.counters);
    }

    /** Whether an emitted function takes the work of chunks of a loop from the countdown before they begin. */
    static boolean takesChunks(Function function) {
        for (BasicBlock block : function.blocks()) {
            if (block.name() != null && block.name().startsWith(FIT)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a block is in a promoted loop, and there is room for a load on all ways to it. */
    private boolean canArriveInRegister(int index) {
        if (!plan.isPromoted(graph.block(index)) || !graph.isReachable(index) || index == 0) {
            return false;
        }
        for (int source : graph.distinctPredecessors(index)) {
            Instruction end = graph.block(source).terminator().asInstruction();
            if (end instanceof CallBase || end instanceof CatchSwitch) {
                return false;
            }
        }
        return true;
    }

    private void write(int index) {
        BasicBlock original = graph.block(index);
        Instruction end = original.terminator().asInstruction();
        boolean wanted = isWantedBehind(index);
        arrive(index, wanted);
        List<Action> actions = plan.of(original);
        if (left != null || !actions.isEmpty()) {
            List<Action> steps = withSettling(original, actions);
            CountdownEmitter.cut(original, steps);
            int lastSettling = steps.size() - 1;
            while (lastSettling >= 0 && !(steps.get(lastSettling) instanceof Action.Settle)) {
                lastSettling--;
            }
            for (int i = 0; i < steps.size(); i++) {
                write(steps.get(i), wanted && i > lastSettling);
            }
        }
        leave(index, end, wanted);
    }

    /** Whether the countdown is to be in the register at the head of a block behind. */
    private boolean isWantedBehind(int index) {
        for (int edge = 0; edge < graph.successorCount(index); edge++) {
            if (isPromoted[graph.successor(index, edge)]) {
                return true;
            }
        }
        return false;
    }

    /** At the head of a block: in the register where a loop wants it, and where it comes so on all ways and has been changed. */
    private void arrive(int index, boolean wanted) {
        left = null;
        stale = false;
        if (!isPromoted[index] && !comesInRegister(index, wanted)) {
            return;
        }
        inRegister[index] = true;
        for (int source : graph.distinctPredecessors(index)) {
            boolean later = graph.placeOf(source) >= graph.placeOf(index);
            stale |= later ? !isQuietWay(source, index) : differs[source];
        }
        left = sameFromAll(index);
        if (left == null) {
            Phi phi = new Phi(IntegerType.I64, Flags.NONE);
            phi.setName(function.freshName(COUNTDOWN));
            BasicBlock head = graph.block(index);
            head.insertBefore(phi, head.first() == null ? head.terminator().asInstruction() : head.first());
            joins.add(new Join(index, phi));
            left = phi;
        }
    }

    private boolean comesInRegister(int index, boolean wanted) {
        boolean changed = false;
        for (int source : graph.distinctPredecessors(index)) {
            if (!graph.isReachable(source)) {
                continue;
            }
            if (exitValue[source] == null || graph.placeOf(source) >= graph.placeOf(index)) {
                return false;
            }
            changed |= differs[source];
        }
        return changed || (wanted && index != 0);
    }

    /** The way back in a loop in which the register does not change. */
    private boolean isQuietWay(int source, int index) {
        return plan.isQuiet(graph.block(index)) && plan.isQuiet(graph.block(source));
    }

    /** What the register holds at the end of all predecessors; null when it is not the same or not known yet. */
    private @Nullable Value sameFromAll(int index) {
        Value same = null;
        for (int source : graph.distinctPredecessors(index)) {
            Value value = exitValue[source];
            if (value == null && graph.isReachable(source) && isQuietWay(source, index)) {
                continue;
            }
            if (value == null || (same != null && same != value)) {
                return null;
            }
            same = value;
        }
        return same;
    }

    /** The actions of a block, and the instructions before which the countdown must be in memory. */
    private List<Action> withSettling(BasicBlock block, List<Action> actions) {
        if (!plan.settles()) {
            return actions;
        }
        List<Action> steps = new ArrayList<>();
        int next = 0;
        for (Instruction at = block.first(); at != null; at = at.next()) {
            while (next < actions.size() && actions.get(next).before() == at) {
                steps.add(actions.get(next++));
            }
            if (costs.mayUseCountdown(at)) {
                steps.add(new Action.Settle(at));
            }
        }
        return steps;
    }

    /**
     * Writes one action.
     *
     * @param stays whether the countdown may stay in the register, or come into it, for what is behind
     */
    private void write(Action action, boolean stays) {
        Instruction before = action.before();
        switch (action) {
            case Action.Settle settle -> settle(before);
            case Action.Count count -> count(before, ConstantInt.i64(count.amount()), stays);
            case Action.CountValue count -> count(before, count.amount(), stays);
            case Action.Check check -> check(before, check.amount(), true, stays);
            case Action.Commit commit -> check(before, commit.amount(), commit.fires(), stays);
            case Action.Reserve reserve -> reserve(reserve);
        }
    }

    private void settle(Instruction before) {
        if (left != null && stale) {
            put(probe.runtime().storeCountdown(left), before, "");
        }
        left = null;
    }

    /** The register, with the countdown in it. */
    private Value load(Instruction before) {
        Value held = left;
        if (held == null) {
            held = put(probe.runtime().loadCountdown(), before, COUNTDOWN);
            left = held;
            stale = false;
        }
        return held;
    }

    private void count(Instruction before, Value amount, boolean stays) {
        if (amount instanceof ConstantInt known && known.longValue() == 0) {
            return;
        }
        boolean kept = left != null || stays;
        subtract(before, amount);
        if (!kept) {
            settle(before);
        }
    }

    private Value subtract(Instruction before, Value amount) {
        Value held = load(before);
        counters++;
        Value less = put(new BinaryOperator(BinaryOpcode.SUB, Flags.NONE, held, amount), before, COUNTDOWN);
        left = less;
        stale = true;
        return less;
    }

    /** Counts, and calls the runtime when the countdown is below zero. */
    private void check(Instruction before, long amount, boolean fires, boolean stays) {
        if (!fires) {
            count(before, ConstantInt.i64(amount), stays);
            return;
        }
        probes++;
        if (left == null && !stays) {
            Value late = probe.commit(before, ConstantInt.i64(amount));
            CountdownEmitter.fireIf(function, late, before, probe, unlikely);
            return;
        }
        Value held = amount == 0 ? load(before) : subtract(before, ConstantInt.i64(amount));
        if (!stays) {
            settle(before);
        }
        Value late = probe.late(before, held);
        if (stays) {
            fireFromRegister(before, held, late);
        } else {
            CountdownEmitter.fireIf(function, late, before, probe, unlikely);
        }
    }

    private void fireFromRegister(Instruction before, Value held, Value late) {
        BasicBlock head = Legality.blockOf(before);
        Br back = CountdownEmitter.aside(function, late, before, "ci.fire", unlikely);
        if (stale) {
            put(probe.runtime().storeCountdown(held), back, "");
        }
        probe.fire(back);
        Value renewed = put(probe.runtime().loadCountdown(), back, COUNTDOWN);
        left = join(before, COUNTDOWN, held, head, renewed, back);
    }

    /** Counts the turns of a chunk ahead. Where the handler is due before their end there are only as many as fit, but one. */
    private void reserve(Action.Reserve reserve) {
        cutsNested |= reserve.isNested();
        Instruction before = reserve.before();
        Value held = load(before);
        boolean wasStale = stale;
        Value less = subtract(before, reserve.amount());
        BasicBlock head = Legality.blockOf(before);
        Br jump = CountdownEmitter.aside(function, probe.late(before, less), before, FIT, unlikely);

        left = held;
        stale = wasStale;
        check(jump, 0, true, true);
        Value all = reserve.turns().incomingValue(0);
        Value turns = turnsThatFit(jump, load(jump), reserve.amount(), reserve.work());
        reserve.turns().setOperand(0, join(before, "ci.turns", all, head, turns, jump));
        Value taken = put(
                new BinaryOperator(BinaryOpcode.MUL, Flags.NONE, turns, ConstantInt.i64(reserve.work())),
                jump,
                "ci.reserved");
        left = join(before, COUNTDOWN, less, head, subtract(jump, taken), jump);
    }

    /**
     * The turns that begin before the handler is due, but at least one and not more than all: behind them it is due, so that no other chunk
     * comes before it. What is reserved for all is an {@code i32}.
     */
    private Value turnsThatFit(Instruction before, Value held, Value forAll, long work) {
        Value others = put(new BinaryOperator(BinaryOpcode.SUB, Flags.NONE, forAll, ConstantInt.i64(work)), before, "");
        Value most = choose(before, ICmpPredicate.SLT, held, others);
        Value room = choose(before, ICmpPredicate.SGT, most, ConstantInt.i64(0));
        Value narrow = put(new Cast(CastOpcode.TRUNC, Flags.NONE, room, IntegerType.I32), before, "");
        Value fit = put(
                new BinaryOperator(BinaryOpcode.UDIV, Flags.NONE, narrow, ConstantInt.of(IntegerType.I32, work)),
                before,
                "");
        Value wide = put(new Cast(CastOpcode.ZEXT, Flags.NONE, fit, IntegerType.I64), before, "");
        return put(new BinaryOperator(BinaryOpcode.ADD, Flags.NONE, wide, ConstantInt.i64(1)), before, "ci.turns");
    }

    private Value choose(Instruction before, ICmpPredicate predicate, Value one, Value other) {
        Value first = put(new ICmp(predicate, Flags.NONE, one, other), before, "");
        return put(new Select(first, one, other, Flags.NONE), before, "");
    }

    /** One value at the end of a block, and another one at the end of the block of an instruction; both lead to a third. */
    private Phi join(Instruction first, String name, Value one, BasicBlock from, Value other, Instruction end) {
        Phi phi = new Phi(IntegerType.I64, Flags.NONE);
        phi.setName(function.freshName(name));
        phi.setIncoming(new Value[] {one, from, other, Legality.blockOf(end)});
        Legality.blockOf(first).insertBefore(phi, first);
        return phi;
    }

    private void leave(int index, Instruction end, boolean wanted) {
        boolean leavesFunction = end instanceof Ret
                || end instanceof Resume
                || (end instanceof CleanupRet cleanup && cleanup.unwindDestination() == null);
        if (leavesFunction) {
            settle(end);
        } else if (wanted) {
            load(end);
        }
        exitValue[index] = left;
        differs[index] = left != null && stale;
        tail[index] = Legality.blockOf(end);
    }

    private void completeJoins() {
        for (Join join : joins) {
            List<Value> incoming = new ArrayList<>();
            for (int edge = 0; edge < graph.predecessorCount(join.block); edge++) {
                int source = graph.predecessor(join.block, edge);
                Value value = exitValue[source];
                incoming.add(value == null ? ConstantInt.i64(0) : value);
                incoming.add(graph.isReachable(source) ? tail[source] : graph.block(source));
            }
            join.phi.setIncoming(incoming.toArray(Value[]::new));
        }
    }

    /** Stores the register on ways to blocks that have the countdown in memory. */
    private void storeOnEdges() {
        for (int place = 0; place < graph.reachableCount(); place++) {
            int index = graph.inOrder(place);
            Value value = exitValue[index];
            if (value != null && differs[index]) {
                storeBehind(index, value);
            }
        }
    }

    private void storeBehind(int index, Value value) {
        List<BasicBlock> inMemory = new ArrayList<>();
        boolean splittable = true;
        List<Integer> targets = graph.distinctSuccessors(index);
        for (int target : targets) {
            if (!inRegister[target]) {
                BasicBlock block = graph.block(target);
                inMemory.add(block);
                splittable &= Legality.canSplitEdge(tail[index], block);
            }
        }
        if (inMemory.isEmpty()) {
            return;
        }
        if (inMemory.size() == targets.size() || !splittable || inMemory.size() > MANY) {
            put(probe.runtime().storeCountdown(value), tail[index].terminator().asInstruction(), "");
            return;
        }
        for (BasicBlock block : inMemory) {
            BasicBlock middle = tail[index].splitEdge(block, "ci.exit");
            put(probe.runtime().storeCountdown(value), middle.terminator().asInstruction(), "");
        }
    }

    private Instruction put(Instruction made, Instruction before, String name) {
        return CountdownEmitter.put(function, before, name, made);
    }
}
