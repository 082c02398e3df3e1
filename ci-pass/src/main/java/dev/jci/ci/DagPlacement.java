package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.CallBr;
import dev.jci.ir.CleanupRet;
import dev.jci.ir.DataLayout;
import dev.jci.ir.Function;
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
import java.util.function.BiFunction;
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
    private final List<Exit> exits = new ArrayList<>();
    private long longestRun;
    private boolean selfContained = true;

    private record Exit(Work work, double frequency) {}

    /**
     * What came of it.
     *
     * @param plan what to do
     * @param summary what callers must know
     */
    record Result(Plan plan, Summary summary) {}

    private DagPlacement(InstructionCosts costs, Disabled disabled, LoopTreatment treatment) {
        this.options = costs.options();
        this.costs = costs;
        this.treatment = treatment;
        this.disabled = disabled;
        this.graph = treatment.loops().graph();
        this.probabilities = BranchProbabilities.of(graph, treatment.loops());
        this.budget = budget(costs.options());
        this.out = new Work[graph.size()];
        this.frequency = new double[graph.size()];
        this.plan = new Plan(treatment.unitBlocks());
    }

    /** How much the register counts before a check commits it; the rest of the commit interval is for what is pending beside it. */
    static long budget(Options options) {
        return options.commitInterval() - options.commitInterval() / 4;
    }

    /**
     * Places the probes of one function. Edges may be split and loops made two; nothing else is changed.
     *
     * @param costs of instructions, with the functions that have been placed, callees first
     * @param layout of the data of the module
     * @param mayFold whether all callers are known, so that they can count for the function
     */
    static Result place(
            Function function, InstructionCosts costs, Disabled disabled, DataLayout layout, boolean mayFold) {
        LoopTreatment treatment = LoopTreatment.of(function, costs, disabled, layout);
        DagPlacement placement = new DagPlacement(costs, disabled, treatment);
        for (int place = 0; place < placement.graph.reachableCount(); place++) {
            placement.visit(placement.graph.inOrder(place));
        }
        return placement.finish(mayFold);
    }

    private Result finish(boolean mayFold) {
        long low = Long.MAX_VALUE;
        long high = 0;
        double weighted = 0;
        double weights = 0;
        for (Exit exit : exits) {
            low = Math.min(low, exit.work.low());
            high = Math.max(high, exit.work.high());
            weighted += exit.work.mean() * exit.frequency;
            weights += exit.frequency;
        }
        boolean even = high - low <= Math.max(options.allowedDeviation(), high / 20);
        if (mayFold
                && selfContained
                && even
                && !exits.isEmpty()
                && high <= options.commitInterval() / 4
                && weights > 0) {
            plan.clear();
            return new Result(plan, Summary.folded(low, high, Math.round(weighted / weights)));
        }
        return new Result(plan, Summary.countsItself(Math.min(longestRun, options.commitInterval())));
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
                    commit(at, work);
                    selfContained = false;
                    committed = true;
                }
            }
        }
        out[index] = work;
    }

    /** Behind a loop that is one amount of work, or whose work was reserved before it. */
    private void pass(int header, LoopTreatment.Unit unit, Work before) {
        Work after = before.plus(unit.work(), unit.most(), (double) unit.work());
        longestRun = Math.max(longestRun, after.most());
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
        selfContained = false;
        longestRun = Math.max(longestRun, budget);
        plan.add(prepared);
        return new Work(Math.max(budget, before.inRegister()), before.low(), before.high(), before.mean());
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
            selfContained = false;
            for (int source : forward) {
                if (outOf(source).most() > budget) {
                    onEdge(source, index, (at, amount) -> new Action.Check(at, amount, 0));
                } else {
                    countOnEdge(source, index);
                }
            }
            return new Work(budget, 0, 0, 0);
        }
        if (forward.isEmpty()) {
            return Work.NONE;
        }
        return join(index, forward);
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
        return work == null ? Work.NONE : work;
    }

    private Work join(int index, List<Integer> sources) {
        long inRegister = 0;
        long low = Long.MAX_VALUE;
        long high = 0;
        double weighted = 0;
        double weights = 0;
        boolean splittable = true;
        long most = 0;
        for (int source : sources) {
            Work work = outOf(source);
            double weight = Math.max(edgeFrequency(source, index), 1e-30);
            inRegister = Math.max(inRegister, work.inRegister());
            low = Math.min(low, work.low());
            high = Math.max(high, work.high());
            most = Math.max(most, work.most());
            weighted += work.mean() * weight;
            weights += weight;
            splittable &= work.high() == 0
                    || graph.hasOneSuccessor(source)
                    || Legality.canSplitEdge(graph.block(source), graph.block(index));
        }
        if (high - low <= options.allowedDeviation() || !splittable) {
            return new Work(inRegister, low, high, weighted / weights);
        }
        selfContained = false;
        sources.forEach(source -> countOnEdge(source, index));
        return new Work(most, 0, 0, 0);
    }

    /** Puts the work that a block hands over an edge into the register. */
    private void countOnEdge(int source, int target) {
        if (outOf(source).amount() > 0) {
            onEdge(source, target, Action.Count::new);
        }
    }

    private void onEdge(int source, int target, BiFunction<Instruction, Long, Action> action) {
        long amount = outOf(source).amount();
        BasicBlock from = graph.block(source);
        BasicBlock to = graph.block(target);
        if (graph.hasOneSuccessor(source)) {
            plan.add(action.apply(from.terminator().asInstruction(), amount));
        } else if (Legality.canSplitEdge(from, to)) {
            BasicBlock middle = from.splitEdge(to, "ci.edge");
            plan.add(action.apply(middle.terminator().asInstruction(), amount));
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
        longestRun = Math.max(longestRun, CostModel.saturatedSum(work.most(), cost.run()));
        work = work.plus(cost.low(), cost.high(), (double) cost.mean());
        if (cost.probes()) {
            selfContained = false;
        }
        longestRun = Math.max(longestRun, work.most());
        return work;
    }

    private InstructionCosts.Cost costOf(Instruction at) {
        return treatment.isAdded(at) ? InstructionCosts.Cost.NONE : costs.of(at);
    }

    /** Makes room for an amount of work before an instruction, when there is none. */
    private Work checkBefore(Instruction at, Work work, long run) {
        if (CostModel.saturatedSum(work.most(), run) <= options.commitInterval() || work.most() == 0) {
            return work;
        }
        if (disabled.at(at)) {
            plan.add(new Action.Count(at, work.amount()));
            selfContained = false;
            return new Work(budget, 0, 0, 0);
        }
        long margin = Math.max(0, run - (options.commitInterval() - budget));
        if (work.inRegister() == 0 || margin > budget) {
            return commitPending(at, work);
        }
        plan.add(new Action.Check(at, work.amount(), margin));
        return new Work(budget - margin, 0, 0, 0);
    }

    /** Commits what there is before an instruction; nothing is pending behind it. */
    private Work commitPending(Instruction at, Work work) {
        if (work.most() > 0) {
            selfContained = false;
            commit(at, work);
        }
        return Work.NONE;
    }

    private void commit(Instruction at, Work work) {
        longestRun = Math.max(longestRun, work.most());
        plan.add(new Action.Commit(at, work.amount() + options.probeCost(), !disabled.at(at)));
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
        longestRun = Math.max(longestRun, CostModel.saturatedSum(checked.most(), behind));
        Work work = checked.plus(cost.low(), cost.high(), (double) cost.mean());
        selfContained &= !cost.probes();
        if (returns) {
            exits.add(new Exit(work, frequency[index]));
            commit(terminator, work);
            return Work.NONE;
        }
        boolean unsplittable = terminator instanceof IndirectBr || terminator instanceof CallBr;
        if (!goesBack && !unsplittable && !(terminator instanceof Invoke && cost.probes())) {
            return work;
        }
        // An edge that cannot be split may lead into a loop, where nothing but the budget is allowed for.
        if (!goesBack && (!unsplittable || work.most() <= budget)) {
            return countAtEnd(terminator, work);
        }
        selfContained = false;
        if (disabled.at(terminator)) {
            return countAtEnd(terminator, work);
        }
        plan.add(new Action.Check(terminator, work.amount(), 0));
        return new Work(budget, 0, 0, 0);
    }

    private Work countAtEnd(Instruction terminator, Work work) {
        if (work.amount() == 0) {
            return work;
        }
        selfContained = false;
        plan.add(new Action.Count(terminator, work.amount()));
        return new Work(work.most(), 0, 0, 0);
    }
}
