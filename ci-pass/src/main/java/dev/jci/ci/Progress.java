package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Br;
import dev.jci.ir.Call;
import dev.jci.ir.CallBase;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.analysis.ControlFlowGraph;
import org.jspecify.annotations.Nullable;

/** What is known while the probes of a function are placed: the work at the end of each block that was visited, and what is planned. */
final class Progress {
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

    /** What is pending at the head of each loop, in every iteration. */
    final long[] carried;

    /** How much more than usual the register may hold where a loop begins that checks at once. */
    final long[] room;

    final LargeBranches branches;
    final Frequencies frequencies;
    final PromotedLoops promoted;
    private long entryRun;

    Progress(Function function, InstructionCosts costs, Disabled disabled, LoopTreatment treatment) {
        this.function = function;
        this.options = costs.options();
        this.costs = costs;
        this.disabled = disabled;
        this.treatment = treatment;
        this.graph = treatment.loops().graph();
        this.budget = DagPlacement.budget(options);
        this.out = new Work[graph.size()];
        this.carried = new long[graph.size()];
        this.room = new long[graph.size()];
        this.branches = new LargeBranches(graph);
        this.frequencies = new Frequencies(graph, treatment.loops(), branches);
        this.promoted = new PromotedLoops(graph, treatment, costs, frequencies);
        if (promoted.isForFunction()) {
            treatment.lengthenChunks(DagPlacement.chunk(options));
        }
        this.plan = new Plan(
                promoted.quietBlocks(), promoted.isForFunction() ? promoted.blocks() : null, promoted.usesCountdown());
    }

    /** How much may be counted behind the last check of an iteration without another one, or ahead of the work. */
    long slack() {
        return options.commitInterval() / 16;
    }

    /** The most that may have been done at the head of a loop since the last probe, but for what there is more room for. */
    long headroom() {
        return promoted.isForFunction() ? 4 * slack() : budget + slack();
    }

    /**
     * The work behind a check.
     *
     * @param most the most that the register may hold then, where the check looks at it; otherwise the check was a probe
     * @param pending what was not counted
     */
    Work checked(Work before, long most, long pending) {
        return promoted.isForFunction() ? Work.NONE.withPending(pending) : before.held(most, pending);
    }

    /** How much may be done without a probe, where the last one has counted some work ahead. */
    long limit() {
        return options.commitInterval() - slack();
    }

    Work outOf(int source) {
        Work work = out[source];
        return work == null ? Work.AT_ENTRY : work;
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
        plan.add(commitOf(at, work, kept, true));
    }

    /**
     * The commit of everything but an amount that stays pending.
     *
     * @param looks whether the handler may be due because of it; not where work is given back
     */
    Action.Commit commitOf(Instruction at, Work work, long kept, boolean looks) {
        return new Action.Commit(at, work.amount() - kept + options.probeCost(), looks && !disabled.at(at));
    }

    /** Whether a commit is due when an amount may stay pending. */
    static boolean commits(Work work, long left) {
        return !work.fresh() || work.amount() != left;
    }

    /**
     * Where something at the end of a block can be done as well, a little ahead of the work: at its beginning when nothing comes between, so that
     * comparisons stay beside the branches on them, or before a call that returns right behind it, so that it can stay a tail call.
     *
     * @param end the end of the block, or of what is done in it
     * @param returns whether it is a return, or a jump to one
     */
    Instruction early(BasicBlock block, Instruction end, boolean returns) {
        return early(block, end, returns, returns ? slack() / 2 : slack());
    }

    /**
     * The same where the end is a jump behind which an amount is pending.
     *
     * @param pending negative when the work behind the jump is counted ahead as well
     */
    Instruction early(BasicBlock block, Instruction end, long pending) {
        return early(block, end, false, slack() + Math.min(0, pending));
    }

    private Instruction early(BasicBlock block, Instruction end, boolean returns, long allowed) {
        Action last = plan.lastOf(block);
        // The return that is jumped to.
        long work = returns && end instanceof Br ? 1 : 0;
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
        boolean tail = returns
                && before instanceof Call call
                && !call.isIntrinsic()
                && (last == null || last.before() != before);
        return tail && before != null && costOf(before).high() + 1 < allowed ? before : end;
    }

    /**
     * Lets the last probe of a block count what follows it there, but for an amount, when that is little. Less across a call that runs probes, since
     * the last of these may have counted ahead as well; and nothing before a return, where calls that return one after the other would add up.
     *
     * @param returns whether the block ends in a return, or jumps to one
     */
    boolean isPrepaid(BasicBlock block, Work work, long kept, boolean returns) {
        Action last = plan.lastOf(block);
        boolean called = last != null && runsProbesFrom(last.before());
        boolean probe = last instanceof Action.Check
                || (last instanceof Action.Commit commit && (commit.fires() || disabled.at(commit.before())));
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
