package dev.jci.ci;

import static java.util.Objects.requireNonNull;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;
import dev.jci.ir.CallBase;
import dev.jci.ir.CallBr;
import dev.jci.ir.CleanupRet;
import dev.jci.ir.DataLayout;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.Instruction;
import dev.jci.ir.Invoke;
import dev.jci.ir.Resume;
import dev.jci.ir.Ret;
import dev.jci.ir.Unreachable;
import dev.jci.ir.analysis.BranchProbabilities;
import dev.jci.ir.analysis.ControlFlowGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The placement of mode {@code ci}. Blocks are visited in an order in which all forward edges go onward, and each hands the work that is
 * not committed yet to its successors, as an interval and a mean:
 *
 * <ul>
 *   <li>Where edges meet and the interval becomes wider than the allowed deviation, the work of each edge is counted in the register on
 *       that edge; otherwise the mean goes on, weighted by how likely the edges are.
 *   <li>A block with an edge that goes back checks the register: each iteration of a loop counts itself there, and only a used-up budget
 *       leads to a probe. At the head of a loop the register may hold up to the budget and nothing is pending.
 *   <li>When more than the commit interval could have been done without a probe, a check comes before the next instruction.
 *   <li>Before the function returns everything is committed, unless it is so small that its callers count it.
 * </ul>
 */
final class DagPlacement {
    /** How often a loop runs where nothing tells. */
    private static final double LOOP_ITERATIONS = 32;

    private static final double ABOUT_AS_LIKELY = 0.6;

    private final dev.jci.ir.Function function;
    private final Options options;
    private final InstructionCosts costs;
    private final Disabled disabled;
    private final ControlFlowGraph graph;
    private final BranchProbabilities probabilities;
    private final long budget;
    private final Plan plan;
    private final @Nullable Work[] out;
    private final double[] frequency;
    private final LoopTreatment treatment;
    private final long[] carried;
    private final boolean[] isHead;
    private final long[] room;
    private final List<Exit> exits = new ArrayList<>();
    private final boolean mayFold;
    private long entryRun;
    private boolean runsProbes;
    private boolean endsInTailCall;

    /** A return, before which what is pending is committed or left to the caller. */
    private record Exit(Instruction at, Work work, double frequency) {}

    /**
     * What came of it.
     *
     * @param plan what to do
     * @param summary what callers must know
     */
    record Result(Plan plan, Summary summary) {}

    private DagPlacement(
            dev.jci.ir.Function function,
            InstructionCosts costs,
            Disabled disabled,
            LoopTreatment treatment,
            boolean mayFold) {
        this.function = function;
        this.options = costs.options();
        this.mayFold = mayFold;
        this.costs = costs;
        this.treatment = treatment;
        this.disabled = disabled;
        this.graph = treatment.loops().graph();
        this.probabilities = BranchProbabilities.of(graph, treatment.loops());
        this.budget = budget(costs.options());
        this.out = new Work[graph.size()];
        this.frequency = new double[graph.size()];
        this.carried = new long[graph.size()];
        this.isHead = new boolean[graph.size()];
        this.room = new long[graph.size()];
        this.plan = new Plan(treatment.unitBlocks());
    }

    /** How much the register counts before a check commits it; the rest of the commit interval is for what is pending beside it. */
    static long budget(Options options) {
        return options.commitInterval() - options.commitInterval() * 3 / 8;
    }

    /**
     * Places the probes of one function. Edges may be split and loops made two; nothing else is changed.
     *
     * @param costs of instructions, with the functions that have been placed, callees first
     * @param layout of the data of the module
     * @param mayFold whether all callers are known, so that they can count for the function
     */
    static Result place(
            dev.jci.ir.Function function,
            InstructionCosts costs,
            Disabled disabled,
            DataLayout layout,
            boolean mayFold) {
        LoopTreatment treatment = LoopTreatment.of(function, costs, disabled, layout);
        DagPlacement placement = new DagPlacement(function, costs, disabled, treatment, mayFold);
        for (int place = 0; place < placement.graph.reachableCount(); place++) {
            placement.visit(placement.graph.inOrder(place));
        }
        return new Result(placement.plan, placement.finish());
    }

    /** Commits what is pending before each return, or leaves it to the callers. */
    private Summary finish() {
        long most = 0;
        for (Exit exit : exits) {
            most = Math.max(most, exit.work.most());
        }
        boolean leaves = mayFold
                && !costs.isAssumed(function)
                && !endsInTailCall
                && !exits.isEmpty()
                && most <= options.commitInterval() / 4;
        if (leaves && plan.isEmpty() && !runsProbes) {
            Summary folded = foldAll(most);
            if (folded != null) {
                return folded;
            }
        }
        long left = leaves ? usualWork() : 0;
        for (Exit exit : exits) {
            commitAtExit(exit, left);
        }
        boolean probes = exits.stream().allMatch(exit -> commits(exit.work, left) || !exit.work.unprobed());
        return Summary.leaves(left, Math.min(entryRun, options.commitInterval()), probes);
    }

    private void commitAtExit(Exit exit, long left) {
        Work work = exit.work;
        noteRun(work, work.most());
        if (!commits(work, left)) {
            return;
        }
        BasicBlock block = blockOf(exit.at);
        if (work.fresh() && plan.lastOf(block) instanceof Action.Commit && isPrepaid(block, work, left)) {
            return;
        }
        commit(early(block, exit.at), work, left);
    }

    private static boolean commits(Work work, long left) {
        return !work.fresh() || work.amount() != left;
    }

    /** Notes how much may be done before the first probe of the function. */
    private void noteRun(Work work, long run) {
        if (work.unprobed()) {
            entryRun = Math.max(entryRun, run);
        }
    }

    /**
     * Where something at the end of a block can be done as well, a little ahead of the work: at its beginning when nothing comes between, so that
     * comparisons stay beside the branches on them, or before a call that returns right behind it, so that it can stay a tail call.
     */
    private Instruction early(BasicBlock block, Instruction end) {
        Action last = plan.lastOf(block);
        long work = 0;
        boolean runsProbes = false;
        for (Instruction at : block.instructions()) {
            InstructionCosts.Cost cost = costOf(at);
            work = CostModel.saturatedSum(work, cost.high());
            runsProbes |= at instanceof CallBase && cost.probes();
        }
        if (last == null && !runsProbes && work <= slack()) {
            Instruction first = Legality.firstInsertionPoint(block);
            return first == null || disabled.at(first) ? end : first;
        }
        Instruction before = end.previous();
        boolean tail = end instanceof Ret
                && before instanceof Call call
                && !call.isIntrinsic()
                && (last == null || last.before() != before);
        return tail && before != null && costOf(before).high() < slack() ? before : end;
    }

    private static BasicBlock blockOf(Instruction instruction) {
        return requireNonNull(instruction.parent());
    }

    /** What callers count for a function without a probe; null when its ways differ too much. */
    private @Nullable Summary foldAll(long most) {
        long low = Long.MAX_VALUE;
        double weighted = 0;
        double weights = 0;
        for (Exit exit : exits) {
            low = Math.min(low, exit.work.low());
            weighted += exit.work.mean() * exit.frequency;
            weights += exit.frequency;
        }
        boolean even = most - low <= Math.max(options.allowedDeviation(), most / 20);
        return even && weights > 0 ? Summary.folded(low, most, Math.round(weighted / weights)) : null;
    }

    /** The work that is most often pending, and alone, at a return. */
    private long usualWork() {
        Map<Long, Double> frequencies = new TreeMap<>();
        for (Exit exit : exits) {
            if (exit.work.fresh() && exit.at instanceof Ret) {
                frequencies.merge(exit.work.amount(), exit.frequency, Double::sum);
            }
        }
        long usual = 0;
        double greatest = 0;
        for (Map.Entry<Long, Double> entry : frequencies.entrySet()) {
            if (entry.getValue() > greatest) {
                usual = entry.getKey();
                greatest = entry.getValue();
            }
        }
        return usual;
    }

    private void visit(int index) {
        BasicBlock block = graph.block(index);
        if (treatment.isInsideUnit(block)) {
            return;
        }
        Work work = arrive(index);
        LoopTreatment.Unit unit = treatment.unitAt(block);
        if (unit != null) {
            pass(index, unit, work);
            return;
        }
        Action prepared = treatment.actionIn(block);
        if (prepared != null || treatment.isChunkEnd(block)) {
            out[index] = pass(prepared, work);
            return;
        }
        Instruction first = Legality.firstInsertionPoint(block);
        boolean placeable = false;
        boolean committed = false;
        for (Instruction at : block.instructions()) {
            placeable |= at == first;
            if (at == graph.block(index).last()) {
                work = placeable ? leave(index, at, work, committed) : work.plus(1, 1, 1);
            } else if (!committed) {
                if (leavesForGood(at) && placeable) {
                    // What is pending would be lost with the frame.
                    work = commitPending(at, work);
                }
                boolean last = Legality.mustPrecedeReturn(at);
                work = step(at, work, placeable);
                if (last) {
                    work = work.plus(1, 1, 1);
                    commit(at, work, 0);
                    endsInTailCall = true;
                    committed = true;
                }
            }
        }
        out[index] = work;
    }

    /** Behind a loop that is one amount of work, or whose work was reserved before it. */
    private void pass(int header, LoopTreatment.Unit unit, Work before) {
        Work after = before.plus(unit.work(), unit.most(), (double) unit.work());
        noteRun(after, after.most());
        double left = 0;
        for (BasicBlock block : unit.blocks()) {
            int index = graph.indexOf(block);
            out[index] = after;
            if (index != header) {
                frequency[index] = 0;
                for (int source : graph.distinctPredecessors(index)) {
                    frequency[index] += edgeFrequency(source, index);
                }
            }
            left += flowOut(index, unit);
        }
        double scale = left > 0 ? frequency[header] / left : 1;
        for (BasicBlock block : unit.blocks()) {
            frequency[graph.indexOf(block)] *= scale;
        }
    }

    private double flowOut(int index, LoopTreatment.Unit unit) {
        double flow = 0;
        for (int target : graph.distinctSuccessors(index)) {
            if (!unit.contains(graph.block(target))) {
                flow += edgeFrequency(index, target);
            }
        }
        return flow;
    }

    /** Through a block that was made for the treatment of a loop, whose instructions are not work of the program. */
    private Work pass(@Nullable Action prepared, Work before) {
        if (prepared == null) {
            return before;
        }
        noteRun(before, budget + before.high());
        plan.add(prepared);
        boolean reserves = prepared instanceof Action.Reserve;
        long inRegister = reserves ? budget : Math.max(budget, before.inRegister());
        return new Work(before.unprobed(), false, inRegister, before.low(), before.high(), before.mean());
    }

    /** Whether control does not come back from a call: it exits, throws or jumps out. */
    private static boolean leavesForGood(Instruction at) {
        return at instanceof CallBase && at.next() instanceof Unreachable;
    }

    /** The work that is pending at the head of a block. */
    private Work arrive(int index) {
        int place = graph.placeOf(index);
        List<Integer> forward = new ArrayList<>();
        boolean loop = false;
        LoopTreatment.Unit unit = treatment.unitAt(graph.block(index));
        for (int source : graph.distinctPredecessors(index)) {
            if (!graph.isReachable(source) || (unit != null && unit.contains(graph.block(source)))) {
                continue;
            }
            if (graph.placeOf(source) < place) {
                forward.add(source);
            } else {
                loop = true;
            }
        }
        frequency[index] = index == 0 ? 1 : 0;
        for (int source : forward) {
            frequency[index] += edgeFrequency(source, index);
        }
        if (loop) {
            return enterLoop(index, forward);
        }
        return forward.isEmpty() ? Work.AT_ENTRY : join(index, forward);
    }

    /** At the head of a loop the register may hold anything up to the budget and a bit, and a fixed amount is pending. */
    private Work enterLoop(int index, List<Integer> forward) {
        isHead[index] = true;
        if (treatment.loops().isHeader(index)) {
            frequency[index] *= LOOP_ITERATIONS;
        }
        carried[index] = carries(index) && !forward.isEmpty()
                ? outOf(likeliest(index, forward)).amount()
                : 0;
        if (carried[index] > slack() || !allAgree(index, forward)) {
            carried[index] = 0;
        }
        for (int source : forward) {
            Work work = outOf(source);
            long amount = work.amount() - carried[index];
            if (work.inRegister() + work.high() - carried[index] > budget + slack()) {
                onEdge(source, index, at -> new Action.Check(at, amount, 0));
            } else if (amount != 0) {
                onEdge(source, index, at -> new Action.Count(at, amount));
            }
        }
        boolean unprobed = forward.isEmpty()
                || forward.stream().anyMatch(source -> outOf(source).unprobed());
        return (unprobed ? Work.AT_ENTRY : Work.NONE).held(budget + slack(), carried[index]);
    }

    /** Whether each way back to the head of a loop can be left with the same amount pending. */
    private boolean carries(int head) {
        for (int source : graph.distinctPredecessors(head)) {
            if (graph.isReachable(source) && graph.placeOf(source) >= graph.placeOf(head)) {
                Instruction end = graph.block(source).terminator().asInstruction();
                int heads = 0;
                for (int target : graph.distinctSuccessors(source)) {
                    heads += graph.placeOf(target) <= graph.placeOf(source) ? 1 : 0;
                }
                if (heads > 1 || end instanceof IndirectBr || end instanceof CallBr) {
                    return false;
                }
            }
        }
        return true;
    }

    /** How much may be counted behind the last check of an iteration without another one, or ahead of the work. */
    private long slack() {
        return options.commitInterval() / 16;
    }

    /** How much may be done without a probe, where the last one has counted some work ahead. */
    private long limit() {
        return options.commitInterval() - slack();
    }

    /** Whether every edge can be given another amount, or has the one that is wanted. */
    private boolean allAgree(int index, List<Integer> sources) {
        long wanted = carried[index];
        for (int source : sources) {
            boolean fixed =
                    !graph.hasOneSuccessor(source) && !Legality.canSplitEdge(graph.block(source), graph.block(index));
            if (fixed && outOf(source).amount() != wanted) {
                return false;
            }
        }
        return true;
    }

    /** The source of the likeliest edge; of some that are about as likely the one with the least work, which calls nothing slow. */
    private int likeliest(int index, List<Integer> sources) {
        double greatest = 0;
        for (int source : sources) {
            greatest = Math.max(greatest, edgeFrequency(source, index));
        }
        int likeliest = -1;
        for (int source : sources) {
            boolean likely = edgeFrequency(source, index) >= greatest * ABOUT_AS_LIKELY;
            if (likely
                    && (likeliest < 0
                            || outOf(source).amount() < outOf(likeliest).amount())) {
                likeliest = source;
            }
        }
        return likeliest;
    }

    private double edgeFrequency(int source, int target) {
        double share = 0;
        for (int edge = 0; edge < graph.successorCount(source); edge++) {
            if (graph.successor(source, edge) == target) {
                share += probabilities.of(source, edge);
            }
        }
        return frequency[source] * share;
    }

    private Work outOf(int source) {
        Work work = out[source];
        return work == null ? Work.AT_ENTRY : work;
    }

    private Work join(int index, List<Integer> sources) {
        long inRegister = 0;
        long low = Long.MAX_VALUE;
        long high = 0;
        double weighted = 0;
        double weights = 0;
        boolean splittable = true;
        boolean fresh = true;
        boolean unprobed = false;
        for (int source : sources) {
            Work work = outOf(source);
            double weight = Math.max(edgeFrequency(source, index), 1e-30);
            inRegister = Math.max(inRegister, work.inRegister());
            low = Math.min(low, work.low());
            high = Math.max(high, work.high());
            weighted += work.mean() * weight;
            weights += weight;
            fresh &= work.fresh();
            unprobed |= work.unprobed();
            splittable &= work.high() == 0
                    || graph.hasOneSuccessor(source)
                    || Legality.canSplitEdge(graph.block(source), graph.block(index));
        }
        if (high - low <= options.allowedDeviation() || !splittable) {
            return new Work(unprobed, fresh, inRegister, low, high, weighted / weights);
        }
        return level(index, sources, fresh && treatment.loops().loopOf(index) == null);
    }

    /**
     * Gives all edges the pending work of one of them, the likeliest: what the others have more or less is committed on them, when that
     * keeps the register out of it, or else counted in the register.
     */
    private Work level(int index, List<Integer> sources, boolean commits) {
        int likeliest = likeliest(index, sources);
        for (int source : sources) {
            boolean fixed =
                    !graph.hasOneSuccessor(source) && !Legality.canSplitEdge(graph.block(source), graph.block(index));
            likeliest = fixed ? source : likeliest;
        }
        long amount = wantedBehind(index, outOf(likeliest).amount());
        long inRegister = 0;
        boolean fresh = true;
        boolean unprobed = false;
        for (int source : sources) {
            Work work = outOf(source);
            long more = work.amount() - amount;
            if (more != 0 && commits) {
                onEdge(source, index, at -> new Action.Commit(at, more + options.probeCost(), !disabled.at(at)));
                inRegister = Math.max(inRegister, work.high() - work.amount());
                unprobed |= work.unprobed() && disabled.any();
                continue;
            }
            unprobed |= work.unprobed();
            if (more != 0 && work.most() - amount > budget + 2 * slack()) {
                // So that what is common to all ways need not check because of this one.
                onEdge(source, index, at -> new Action.Check(at, more, 0));
                inRegister = Math.max(inRegister, budget);
                fresh = false;
                continue;
            }
            if (more != 0) {
                onEdge(source, index, at -> new Action.Count(at, more));
            }
            inRegister = Math.max(inRegister, work.most() - amount);
            fresh &= work.fresh() && more == 0;
        }
        return new Work(unprobed, fresh, inRegister, amount, amount, amount);
    }

    /** What should be pending at the head of a block that only goes back to a loop that checks at once: nothing is to be done there then. */
    private long wantedBehind(int index, long usual) {
        BasicBlock block = graph.block(index);
        int head = graph.hasOneSuccessor(index) ? graph.successor(index, 0) : index;
        if (graph.placeOf(head) >= graph.placeOf(index) || room[head] == 0) {
            return usual;
        }
        long work = 0;
        for (Instruction at : block.instructions()) {
            InstructionCosts.Cost cost = costOf(at);
            if (cost.run() > cost.high()) {
                return usual;
            }
            work += cost.mean();
        }
        return carried[head] - work;
    }

    private void onEdge(int source, int target, Function<Instruction, Action> action) {
        BasicBlock from = graph.block(source);
        BasicBlock to = graph.block(target);
        if (graph.hasOneSuccessor(source)) {
            plan.add(action.apply(from.terminator().asInstruction()));
        } else if (Legality.canSplitEdge(from, to)) {
            BasicBlock middle = from.splitEdge(to, "ci.edge");
            plan.add(action.apply(middle.terminator().asInstruction()));
        } else {
            throw new PlacementException("an edge into a loop cannot be split");
        }
    }

    /**
     * Whether a call may lead to a second return of {@code setjmp} or be the first. The register is then what it was at the first return, or
     * what it was at the call, as the compiler pleases: nothing may be in it at either.
     */
    private boolean mayJump(Instruction at) {
        return treatment.returnsTwice() && at instanceof CallBase call && !call.isIntrinsic();
    }

    /** One instruction that is not the last of its block. */
    private Work step(Instruction at, Work before, boolean placeable) {
        InstructionCosts.Cost cost = costOf(at);
        Work work = before;
        if (placeable && mayJump(at)) {
            work = commitPending(at, work);
        }
        if (placeable && cost.run() > 0) {
            work = checkBefore(at, work, cost.run());
        }
        noteRun(work, CostModel.saturatedSum(work.most(), cost.run()));
        work = work.plus(cost.low(), cost.high(), (double) cost.mean());
        runsProbes |= cost.probes();
        noteRun(work, work.most());
        return cost.probesSurely() ? work.probed() : work;
    }

    private InstructionCosts.Cost costOf(Instruction at) {
        return treatment.isAdded(at) ? InstructionCosts.Cost.NONE : costs.of(at);
    }

    /** Makes room for an amount of work before an instruction, when there is none. */
    private Work checkBefore(Instruction at, Work work, long run) {
        if (CostModel.saturatedSum(work.most(), run) <= limit() || work.most() == 0) {
            return work;
        }
        if (disabled.at(at)) {
            plan.add(new Action.Count(at, work.amount()));
            return work.held(budget, 0);
        }
        long margin = Math.max(0, run - (limit() - budget));
        if (work.fresh() || margin > budget) {
            return commitPending(at, work);
        }
        plan.add(new Action.Check(at, work.amount(), margin));
        return work.held(budget - margin, 0);
    }

    /** Commits what there is before an instruction; nothing is pending behind it. */
    private Work commitPending(Instruction at, Work work) {
        if (!commits(work, 0)) {
            return work;
        }
        commit(at, work, 0);
        return work.unprobed() && disabled.at(at) ? Work.AT_ENTRY : Work.NONE;
    }

    /** Commits everything but an amount that stays pending. */
    private void commit(Instruction at, Work work, long kept) {
        noteRun(work, work.most());
        plan.add(new Action.Commit(at, work.amount() - kept + options.probeCost(), !disabled.at(at)));
    }

    /** The last instruction of a block. */
    private Work leave(int index, Instruction terminator, Work before, boolean committed) {
        if (committed || terminator instanceof Unreachable) {
            return Work.NONE;
        }
        InstructionCosts.Cost cost = costOf(terminator);
        boolean goesBack = SimplePlacements.goesBack(graph, index);
        boolean returns = terminator instanceof Ret
                || terminator instanceof Resume
                || (terminator instanceof CleanupRet cleanup && cleanup.unwindDestination() == null);
        long behind = CostModel.saturatedSum(cost.run(), treatment.workBehind(graph, index));
        Work checked = checkBefore(terminator, before, behind);
        if (mayJump(terminator)) {
            checked = commitPending(terminator, checked);
        }
        noteRun(checked, CostModel.saturatedSum(checked.most(), behind));
        Work work = checked.plus(cost.low(), cost.high(), (double) cost.mean());
        runsProbes |= cost.probes();
        if (returns) {
            exits.add(new Exit(terminator, work, frequency[index]));
            return Work.NONE;
        }
        boolean unsplittable = terminator instanceof IndirectBr || terminator instanceof CallBr;
        if (!goesBack && !unsplittable && !(terminator instanceof Invoke && cost.probes())) {
            return work;
        }
        int head = goesBack ? headBehind(index) : -1;
        long kept = goesBack ? carried[head] : 0;
        // An edge that cannot be split may lead into a loop, where nothing but the budget and a bit is allowed for.
        long over = work.most() - kept - budget - slack();
        boolean fits = over <= 0 || (goesBack && over <= room[head]);
        if (fits && over > 0) {
            noteRun(work, limit());
        }
        if (goesBack && isPrepaid(blockOf(terminator), work, kept)) {
            return new Work(
                    work.unprobed(), work.fresh(), work.inRegister() + work.high() - work.amount(), kept, kept, kept);
        }
        if (fits || (!goesBack && !unsplittable) || disabled.at(terminator)) {
            return countAtEnd(terminator, work, kept);
        }
        if (isHead[index] && plan.of(graph.block(index)).isEmpty()) {
            // Another way back into this block need not check.
            room[index] = Math.max(0, limit() - work.most());
        }
        plan.add(new Action.Check(early(blockOf(terminator), terminator), work.amount() - kept, 0));
        return work.held(budget, kept);
    }

    /** Lets the last probe of a block count what follows it there, but for an amount, when that is little. */
    private boolean isPrepaid(BasicBlock block, Work work, long kept) {
        Action last = plan.lastOf(block);
        boolean probe = last instanceof Action.Commit || last instanceof Action.Check;
        Action both = probe && work.high() <= slack() ? last.plus(work.amount() - kept) : null;
        if (both == null) {
            return false;
        }
        plan.replaceLast(block, both);
        return true;
    }

    /** The head of the loop that a block goes back to; of several the one where least may be in the register. */
    private int headBehind(int index) {
        int head = -1;
        for (int target : graph.distinctSuccessors(index)) {
            boolean back = graph.placeOf(target) <= graph.placeOf(index);
            if (back && (head < 0 || room[target] < room[head])) {
                head = target;
            }
        }
        return head;
    }

    private Work countAtEnd(Instruction terminator, Work work, long kept) {
        if (work.amount() == kept) {
            return work;
        }
        plan.add(new Action.Count(terminator, work.amount() - kept));
        return work.held(work.most() - kept, kept);
    }
}
