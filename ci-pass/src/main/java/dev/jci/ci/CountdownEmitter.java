package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Br;
import dev.jci.ir.CondBr;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Flags;
import dev.jci.ir.Function;
import dev.jci.ir.ICmp;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDString;
import dev.jci.ir.Phi;
import dev.jci.ir.Value;
import dev.jci.ir.ValueAsMetadata;
import dev.jci.ir.analysis.ControlFlowGraph;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the code of a {@link Plan} that counts from a budget. The register of the function is an SSA value: how much is left of the budget.
 * It is the budget itself, a constant, wherever nothing has been counted since the last commit; phis join it where it may differ.
 *
 * <pre>
 *   left = left - amount                      ; count
 *   if (left &lt; margin) commit                 ; check
 *   countdown -= budget - left + amount       ; commit: the only access to memory
 *   if (countdown &lt; 0) fire
 *   left = budget
 * </pre>
 */
final class CountdownEmitter {
    private static final int LIKELY = 2000;

    /** How many actions there are in a part of a block that has very many. */
    private static final int PART = 64;

    private final Function function;
    private final Plan plan;
    private final Probe probe;
    private final ConstantInt budget;
    private final ControlFlowGraph graph;
    private final boolean[] varies;
    private final Value[] exitValue;
    private final BasicBlock[] tail;
    private final List<Join> joins = new ArrayList<>();
    private final MDNode unlikely;
    private int probes;
    private int counters;

    // Where code goes at the moment.
    private BasicBlock block;
    private Value left;

    private record Join(int block, Phi phi) {}

    /** How often the function was touched. */
    record Count(int probes, int counters) {
        /** With more probes. */
        Count withMore(int more) {
            return new Count(probes + more, counters);
        }
    }

    /** Writes what an ABI needs to commit work. */
    interface Probe {
        /**
         * Subtracts work from the thread's countdown.
         *
         * @param before the instruction that the code goes before
         * @return an {@code i1} that says whether the runtime is to be called
         */
        Value commit(Instruction before, Value amount);

        /** Puts the call of the runtime, and what belongs to it, before an instruction. */
        void fire(Instruction before);
    }

    private CountdownEmitter(Function function, Plan plan, Probe probe, long budget) {
        this.function = function;
        this.plan = plan;
        this.probe = probe;
        this.budget = ConstantInt.i64(budget);
        this.graph = ControlFlowGraph.of(function);
        this.varies = new boolean[graph.size()];
        this.exitValue = new Value[graph.size()];
        this.tail = new BasicBlock[graph.size()];
        this.unlikely = unlikely();
        this.block = function.entry();
        this.left = this.budget;
    }

    /** The weights of a branch that hardly ever goes the first way. */
    static MDNode unlikely() {
        return MDNode.tuple(
                new MDString("branch_weights"),
                new ValueAsMetadata(ConstantInt.i32(1)),
                new ValueAsMetadata(ConstantInt.i32(LIKELY)));
    }

    /**
     * Writes the code.
     *
     * @param budget what the register begins with
     */
    static Count emit(Function function, Plan plan, Probe probe, long budget) {
        CountdownEmitter emitter = new CountdownEmitter(function, plan, probe, budget);
        emitter.findVarying();
        for (int place = 0; place < emitter.graph.reachableCount(); place++) {
            emitter.write(emitter.graph.inOrder(place));
        }
        emitter.completeJoins();
        return new Count(emitter.probes, emitter.counters);
    }

    /** At the head of which blocks the register may be something else than the budget. */
    private void findVarying() {
        int[] work = new int[graph.reachableCount()];
        int height = 0;
        boolean[] found = new boolean[graph.size()];
        for (int place = graph.reachableCount() - 1; place >= 0; place--) {
            int index = graph.inOrder(place);
            found[index] = variesAfter(index, false);
            if (found[index]) {
                work[height++] = index;
            }
        }
        while (height > 0) {
            int index = work[--height];
            for (int edge = 0; edge < graph.successorCount(index); edge++) {
                int target = graph.successor(index, edge);
                varies[target] = true;
                if (!found[target] && variesAfter(target, true)) {
                    found[target] = true;
                    work[height++] = target;
                }
            }
        }
    }

    /** Whether the register may be something else than the budget at the end of a block. */
    private boolean variesAfter(int index, boolean before) {
        List<Action> actions = plan.of(graph.block(index));
        return actions.isEmpty() ? before : !(actions.getLast() instanceof Action.Commit);
    }

    private void write(int index) {
        BasicBlock original = graph.block(index);
        left = valueAtHead(index);
        List<Action> actions = plan.of(original);
        Instruction end = original.terminator().asInstruction();
        cut(original, actions);
        for (Action action : actions) {
            block = Legality.blockOf(action.before());
            switch (action) {
                case Action.Count count -> count(count.before(), count.amount());
                case Action.Check check -> check(check);
                case Action.Commit commit -> commit(commit);
                case Action.CountValue count -> left = minus(count.amount(), count.before());
                case Action.Reserve reserve -> reserve(reserve);
                case Action.Settle settle -> {}
            }
        }
        exitValue[index] = left;
        tail[index] = Legality.blockOf(end);
    }

    /** Cuts a block with very many actions into parts, the last one first: each probe cuts its block again, and moves all that is behind it. */
    static void cut(BasicBlock block, List<Action> actions) {
        if (actions.size() <= 2 * PART) {
            return;
        }
        for (int i = (actions.size() - 1) / PART * PART; i > 0; i -= PART) {
            Instruction first = actions.get(i).before();
            if (Legality.blockOf(first) == block) {
                block.splitBefore(first, "ci.part");
            }
        }
    }

    private Value valueAtHead(int index) {
        if (!varies[index]) {
            return budget;
        }
        Value same = sameFromAll(index);
        if (same != null) {
            return same;
        }
        Phi phi = new Phi(IntegerType.I64, Flags.NONE);
        phi.setName(function.freshName("ci.left"));
        BasicBlock head = graph.block(index);
        if (head.first() == null) {
            head.append(phi);
        } else {
            head.insertBefore(phi, head.first());
        }
        joins.add(new Join(index, phi));
        return phi;
    }

    /** What the register holds at the end of all predecessors; null when it is not the same or not known yet. */
    private @Nullable Value sameFromAll(int index) {
        Value same = null;
        for (int source : graph.distinctPredecessors(index)) {
            Value value = exitValue[source];
            if (value == null && plan.isQuiet(graph.block(index)) && plan.isQuiet(graph.block(source))) {
                // The way back in a loop in which it does not change.
                continue;
            }
            if (value == null || !graph.isReachable(source) || (same != null && !same.equals(value))) {
                return null;
            }
            same = value;
        }
        return same;
    }

    private void completeJoins() {
        for (Join join : joins) {
            List<Value> incoming = new ArrayList<>();
            for (int edge = 0; edge < graph.predecessorCount(join.block); edge++) {
                int source = graph.predecessor(join.block, edge);
                boolean reached = graph.isReachable(source);
                incoming.add(reached ? exitValue[source] : budget);
                incoming.add(reached ? tail[source] : graph.block(source));
            }
            join.phi.setIncoming(incoming.toArray(Value[]::new));
        }
    }

    private void count(Instruction before, long amount) {
        if (amount == 0) {
            return;
        }
        counters++;
        if (left instanceof ConstantInt known) {
            left = ConstantInt.i64(known.longValue() - amount);
            return;
        }
        left = put(new BinaryOperator(BinaryOpcode.SUB, Flags.NONE, left, ConstantInt.i64(amount)), before, "ci.left");
    }

    private void check(Action.Check check) {
        count(check.before(), check.amount());
        if (left instanceof ConstantInt known) {
            if (known.longValue() < check.margin()) {
                commit(new Action.Commit(check.before(), 0, true));
            }
            return;
        }
        Value spent = put(
                new ICmp(ICmpPredicate.SLT, Flags.NONE, left, ConstantInt.i64(check.margin())),
                check.before(),
                "ci.spent");
        commitIf(spent, check.before(), left, budget, null);
    }

    /** Takes an amount from the register, and commits what it held before when it held too little. */
    private void reserve(Action.Reserve reserve) {
        Value held = left;
        left = minus(reserve.amount(), reserve.before());
        if (held == budget) {
            return;
        }
        Value spent =
                put(new ICmp(ICmpPredicate.SLT, Flags.NONE, left, ConstantInt.i64(0)), reserve.before(), "ci.spent");
        commitIf(spent, reserve.before(), held, budget, reserve.amount());
    }

    private Value minus(Value amount, Instruction before) {
        counters++;
        return put(new BinaryOperator(BinaryOpcode.SUB, Flags.NONE, left, amount), before, "ci.left");
    }

    /**
     * Commits what the register held, on a condition; the register is set to the budget then, less an amount if there is one.
     *
     * @param held the register whose content is committed
     */
    private void commitIf(Value spent, Instruction place, Value held, Value full, @Nullable Value reserved) {
        BasicBlock head = block;
        Br jump = aside(function, spent, place, "ci.commit", unlikely);
        BasicBlock commit = Legality.blockOf(jump);
        BasicBlock rest = Legality.blockOf(place);
        Value before = left;
        Value amount = put(new BinaryOperator(BinaryOpcode.SUB, Flags.NONE, full, held), jump, "ci.work");
        Value after = reserved == null
                ? full
                : put(new BinaryOperator(BinaryOpcode.SUB, Flags.NONE, full, reserved), jump, "ci.left");
        Value late = probe.commit(jump, amount);
        Br back = rare(function, "ci.fire", rest, place);
        BasicBlock fire = Legality.blockOf(back);
        probe.fire(back);
        branch(commit, late, fire, rest, unlikely);
        Phi phi = new Phi(IntegerType.I64, Flags.NONE);
        phi.setName(function.freshName("ci.left"));
        phi.setIncoming(new Value[] {before, head, after, commit, after, fire});
        rest.insertBefore(phi, place);
        probes++;
        block = rest;
        left = phi;
    }

    private void commit(Action.Commit commit) {
        Instruction before = commit.before();
        Value amount;
        if (left instanceof ConstantInt known) {
            long total = budget.longValue() - known.longValue() + commit.amount();
            left = budget;
            if (total == 0) {
                return;
            }
            amount = ConstantInt.i64(total);
        } else {
            amount = put(
                    new BinaryOperator(
                            BinaryOpcode.SUB, Flags.NONE, ConstantInt.i64(budget.longValue() + commit.amount()), left),
                    before,
                    "ci.work");
            left = budget;
        }
        probes++;
        Value late = probe.commit(before, amount);
        if (!commit.fires()) {
            if (late instanceof Instruction unused) {
                unused.remove();
            }
            return;
        }
        block = fireIf(function, late, before, probe, unlikely);
    }

    /**
     * Cuts a block, and calls the runtime in between on a condition.
     *
     * @param place the instruction that what is behind begins with
     * @param unlikely the weights of the branch, {@link #unlikely}
     * @return the block that begins there
     */
    static BasicBlock fireIf(Function function, Value late, Instruction place, Probe probe, MDNode unlikely) {
        probe.fire(aside(function, late, place, "ci.fire", unlikely));
        return Legality.blockOf(place);
    }

    /**
     * Cuts a block, and puts another one in between that is hardly ever run, on a condition.
     *
     * @param place the instruction that what is behind begins with
     * @param name of the block in between, which has nothing but a branch to what is behind
     * @return that branch
     */
    static Br aside(Function function, Value condition, Instruction place, String name, MDNode unlikely) {
        BasicBlock head = Legality.blockOf(place);
        BasicBlock rest = head.splitBefore(place, "ci.continue");
        Br back = rare(function, name, rest, place);
        branch(head, condition, Legality.blockOf(back), rest, unlikely);
        return back;
    }

    /** The branch, at the location of {@code place}, of a new block behind all others: what is hardly ever run lies out of the way. */
    private static Br rare(Function function, String name, BasicBlock rest, Instruction place) {
        BasicBlock made = new BasicBlock(function.freshName(name));
        function.append(made);
        Br back = new Br(rest);
        made.append(back);
        back.setDebugLocationFrom(place);
        return back;
    }

    /** Replaces the branch at the end of a block by one that hardly ever goes the first way. */
    private static void branch(BasicBlock head, Value condition, BasicBlock rare, BasicBlock usual, MDNode unlikely) {
        Instruction old = head.terminator().asInstruction();
        CondBr choice = new CondBr(condition, rare, usual);
        choice.attach("prof", unlikely);
        choice.setDebugLocationFrom(old);
        old.remove();
        head.append(choice);
    }

    private Value put(Instruction made, Instruction before, String name) {
        return put(function, before, name, made);
    }

    /** Puts an instruction before another one, at its location; the name is made unique, empty for none. */
    static Instruction put(Function function, Instruction before, String name, Instruction made) {
        if (!name.isEmpty()) {
            made.setName(function.freshName(name));
        }
        made.setDebugLocationFrom(before);
        BasicBlock block = before.parent();
        if (block != null) {
            block.insertBefore(made, before);
        }
        return made;
    }
}
