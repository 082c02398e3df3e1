package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;
import dev.jci.ir.CallBase;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.Load;
import dev.jci.ir.Ret;
import dev.jci.ir.Store;
import dev.jci.ir.analysis.BranchProbabilities;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.Loop;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known while the probes of a function are placed: the work at the end of each block that was visited, and what is planned. */
final class Progress {
    /** How many uses of the countdown an iteration of a loop may have at most, in the mean, that keeps it in a register. */
    private static final double USED_SELDOM = 0.6;

    final Function function;
    final Options options;
    final InstructionCosts costs;
    final Disabled disabled;
    final LoopTreatment treatment;
    final ControlFlowGraph graph;
    final Plan plan;
    final long budget;

    /** The work at the end of each block; null where it is not known yet. */
    final @Nullable Work[] out;

    /** How often each block runs when the function runs once. */
    final double[] frequency;

    /** What is pending at the head of each loop, in every iteration. */
    final long[] carried;

    /** How much more than usual the register may hold where a loop begins that checks at once. */
    final long[] room;

    private final BranchProbabilities probabilities;
    final LargeBranches branches;
    private long entryRun;

    /** How many instructions of each block may use the countdown. */
    private final int[] uses;

    Progress(Function function, InstructionCosts costs, Disabled disabled, LoopTreatment treatment) {
        this.function = function;
        this.options = costs.options();
        this.costs = costs;
        this.disabled = disabled;
        this.treatment = treatment;
        this.graph = treatment.loops().graph();
        this.uses = new int[graph.size()];
        this.plan = new Plan(quietBlocks());
        this.budget = DagPlacement.budget(options);
        this.out = new Work[graph.size()];
        this.frequency = new double[graph.size()];
        this.carried = new long[graph.size()];
        this.room = new long[graph.size()];
        this.branches = new LargeBranches(graph);
        this.probabilities = BranchProbabilities.of(graph, treatment.loops());
    }

    /** The blocks of loops that are one step, in which the register does not change. */
    private Set<BasicBlock> quietBlocks() {
        Set<BasicBlock> quiet = Collections.newSetFromMap(new IdentityHashMap<>());
        for (LoopTreatment.Unit unit : treatment.units()) {
            boolean leftAlone = true;
            for (BasicBlock block : unit.blocks()) {
                int index = graph.indexOf(block);
                block.instructions().forEach(at -> noteUse(index, at));
                leftAlone &= uses[index] == 0;
            }
            if (leftAlone || !options.promotesCountdown()) {
                quiet.addAll(unit.blocks());
            }
        }
        return quiet;
    }

    /** Notes whether an instruction may use the countdown of the thread. */
    void noteUse(int index, Instruction at) {
        if (at instanceof CallBase || at instanceof Load || at instanceof Store) {
            uses[index] += costs.mayUseCountdown(at) ? 1 : 0;
        }
    }

    /** Whether any instruction may use the countdown of the thread. */
    boolean usesCountdown() {
        return Arrays.stream(uses).anyMatch(count -> count > 0);
    }

    /**
     * Keeps the countdown in a register in loops in which few instructions use it: there it is stored and loaded around each of them, and
     * elsewhere each check changes it in memory.
     */
    void promote() {
        if (options.promotesCountdown()) {
            Set<BasicBlock> promoted = Collections.newSetFromMap(new IdentityHashMap<>());
            treatment.loops().topLevel().forEach(loop -> promote(loop, promoted));
            plan.promote(promoted);
        }
    }

    private void promote(Loop loop, Set<BasicBlock> promoted) {
        if (treatment.unitAt(loop.headerBlock()) != null) {
            return;
        }
        double used = 0;
        for (int index : loop.blocks()) {
            used += uses[index] * frequency[index];
        }
        if (used > USED_SELDOM * frequency[loop.header()]) {
            loop.children().forEach(inner -> promote(inner, promoted));
            return;
        }
        for (int index : loop.blocks()) {
            promoted.add(graph.block(index));
        }
    }

    /** How much may be counted behind the last check of an iteration without another one, or ahead of the work. */
    long slack() {
        return options.commitInterval() / 16;
    }

    /** The most that may have been done at the head of a loop since the last probe, but for what there is more room for. */
    long headroom() {
        return options.promotesCountdown() ? 4 * slack() : budget + slack();
    }

    /**
     * The work behind a check.
     *
     * @param most the most that the register may hold then, where the check looks at it; otherwise the check was a probe
     * @param pending what was not counted
     */
    Work checked(Work before, long most, long pending) {
        return options.promotesCountdown() ? Work.NONE.withPending(pending) : before.held(most, pending);
    }

    /** How much may be done without a probe, where the last one has counted some work ahead. */
    long limit() {
        return options.commitInterval() - slack();
    }

    Work outOf(int source) {
        Work work = out[source];
        return work == null ? Work.AT_ENTRY : work;
    }

    /** How often an edge is taken when the function runs once; all parallel edges together. */
    double edgeFrequency(int source, int target) {
        return frequency[source] * share(source, target);
    }

    private double share(int source, int target) {
        return branches.isLarge(source)
                ? branches.sum(source, target, edge -> probabilities.of(source, edge))
                : probabilities.between(source, target);
    }

    InstructionCosts.Cost costOf(Instruction at) {
        return treatment.isAdded(at) ? InstructionCosts.Cost.NONE : costs.of(at);
    }

    /** Notes how much may be done before the first probe of the function. */
    void noteRun(Work work, long run) {
        if (work.unprobed()) {
            entryRun = Math.max(entryRun, run);
        }
    }

    /** The most work before the first probe. */
    long entryRun() {
        return entryRun;
    }

    /** Commits everything but an amount that stays pending. */
    void commit(Instruction at, Work work, long kept) {
        noteRun(work, work.most());
        plan.add(new Action.Commit(at, work.amount() - kept + options.probeCost(), !disabled.at(at)));
    }

    /** Whether a commit is due when an amount may stay pending. */
    static boolean commits(Work work, long left) {
        return !work.fresh() || work.amount() != left;
    }

    /**
     * Where something at the end of a block can be done as well, a little ahead of the work: at its beginning when nothing comes between, so that
     * comparisons stay beside the branches on them, or before a call that returns right behind it, so that it can stay a tail call.
     */
    Instruction early(BasicBlock block, Instruction end) {
        Action last = plan.lastOf(block);
        long allowed = end instanceof Ret ? slack() / 2 : slack();
        long work = 0;
        boolean runsProbes = false;
        for (Instruction at : block.instructions()) {
            InstructionCosts.Cost cost = costOf(at);
            work = CostModel.saturatedSum(work, cost.high());
            runsProbes |= at instanceof CallBase && cost.probes();
        }
        if (last == null && !runsProbes && !treatment.returnsTwice() && work <= allowed) {
            Instruction first = Legality.firstInsertionPoint(block);
            return first == null || disabled.at(first) ? end : first;
        }
        Instruction before = end.previous();
        boolean tail = end instanceof Ret
                && before instanceof Call call
                && !call.isIntrinsic()
                && (last == null || last.before() != before);
        return tail && before != null && costOf(before).high() < allowed ? before : end;
    }

    /**
     * Lets the last probe of a block count what follows it there, but for an amount, when that is little. Less across a call that runs probes, since
     * the last of these may have counted ahead as well; and nothing before a return, where calls that return one after the other would add up.
     */
    boolean isPrepaid(BasicBlock block, Work work, long kept) {
        Action last = plan.lastOf(block);
        boolean returns = block.last() instanceof Ret;
        boolean called = last != null && runsProbesFrom(last.before());
        boolean probe = last instanceof Action.Commit || last instanceof Action.Check;
        boolean little = work.high() <= (returns || called ? slack() / 2 : slack());
        Action all = probe && little && !(returns && called) ? last.plus(work.amount() - kept) : null;
        if (all == null) {
            return false;
        }
        plan.replaceLast(block, all);
        return true;
    }

    private boolean runsProbesFrom(Instruction first) {
        for (Instruction at = first; at != null; at = at.next()) {
            if (at instanceof CallBase && costOf(at).probes()) {
                return true;
            }
        }
        return false;
    }
}
