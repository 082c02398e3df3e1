package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.CallBr;
import dev.jci.ir.CleanupRet;
import dev.jci.ir.Function;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.Instruction;
import dev.jci.ir.Invoke;
import dev.jci.ir.Resume;
import dev.jci.ir.Ret;
import dev.jci.ir.Unreachable;
import dev.jci.ir.analysis.BranchProbabilities;
import dev.jci.ir.analysis.CallGraph;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.DominatorTree;
import dev.jci.ir.analysis.LoopForest;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
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
    private final IdentityHashMap<Function, Summary> summaries;
    private final Disabled disabled;
    private final ControlFlowGraph graph;
    private final LoopForest loops;
    private final BranchProbabilities probabilities;
    private final long budget;
    private final Plan plan = new Plan();
    private final @Nullable Work[] out;
    private final double[] frequency;
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

    private DagPlacement(
            Function function, Options options, IdentityHashMap<Function, Summary> summaries, Disabled disabled) {
        this.options = options;
        this.summaries = summaries;
        this.disabled = disabled;
        this.graph = ControlFlowGraph.of(function);
        this.loops = LoopForest.of(graph, DominatorTree.of(graph));
        this.probabilities = BranchProbabilities.of(graph, loops);
        this.budget = budget(options);
        this.out = new Work[graph.size()];
        this.frequency = new double[graph.size()];
    }

    /** How much the register counts before a check commits it; the rest of the commit interval is for what is pending beside it. */
    static long budget(Options options) {
        return options.commitInterval() - options.commitInterval() / 4;
    }

    /**
     * Places the probes of one function. Edges may be split; nothing else is changed.
     *
     * @param summaries of the functions that have been placed, callees first
     * @param mayFold whether all callers are known, so that they can count for the function
     */
    static Result place(
            Function function,
            Options options,
            IdentityHashMap<Function, Summary> summaries,
            Disabled disabled,
            boolean mayFold) {
        DagPlacement placement = new DagPlacement(function, options, summaries, disabled);
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
        Work work = arrive(index);
        Instruction first = Legality.firstInsertionPoint(block);
        boolean placeable = false;
        boolean committed = false;
        for (Instruction at : block.instructions()) {
            placeable |= at == first;
            if (at == graph.block(index).last()) {
                work = placeable ? leave(index, at, work, committed) : work.plus(1, 1, 1);
            } else if (!committed) {
                commitBeforeLeaving(at, work, placeable);
                work = leavesForGood(at) && placeable ? Work.NONE : work;
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

    /** Whether control does not come back from a call: it exits, throws or jumps out. */
    private static boolean leavesForGood(Instruction at) {
        return at instanceof CallBase && at.next() instanceof Unreachable;
    }

    /** What is pending would be lost with the frame. */
    private void commitBeforeLeaving(Instruction at, Work work, boolean placeable) {
        if (leavesForGood(at) && placeable && work.most() > 0) {
            selfContained = false;
            commit(at, work);
        }
    }

    /** The work that is pending at the head of a block. */
    private Work arrive(int index) {
        int place = graph.placeOf(index);
        List<Integer> forward = new ArrayList<>();
        boolean loop = false;
        for (int source : graph.distinctPredecessors(index)) {
            if (!graph.isReachable(source)) {
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
            forward.forEach(source -> countOnEdge(source, index));
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
            splittable &= graph.distinctSuccessors(source).size() == 1
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
        Work work = outOf(source);
        if (work.amount() == 0) {
            return;
        }
        BasicBlock from = graph.block(source);
        BasicBlock to = graph.block(target);
        if (graph.distinctSuccessors(source).size() == 1) {
            plan.add(new Action.Count(from.terminator().asInstruction(), work.amount()));
        } else if (Legality.canSplitEdge(from, to)) {
            BasicBlock middle = from.splitEdge(to, "ci.edge");
            plan.add(new Action.Count(middle.terminator().asInstruction(), work.amount()));
        } else {
            throw new PlacementException("an edge into a loop cannot be split");
        }
    }

    /** One instruction that is not the last of its block. */
    private Work step(Instruction at, Work before, boolean placeable) {
        Cost cost = cost(at);
        Work work = before;
        if (placeable && cost.run() > 0) {
            work = checkBefore(at, work, cost.run());
        }
        work = work.plus(cost.low(), cost.high(), (double) cost.mean());
        if (cost.probes()) {
            selfContained = false;
        }
        longestRun = Math.max(longestRun, work.most());
        return work;
    }

    /**
     * What an instruction costs.
     *
     * @param run the most work that it may do before a probe of its own or its end
     * @param probes whether it runs a probe
     */
    private record Cost(long low, long high, long mean, long run, boolean probes) {}

    private Cost cost(Instruction instruction) {
        long own = options.costs().of(instruction);
        Function callee = instruction instanceof CallBase call ? CallGraph.target(call) : null;
        Summary summary = callee == null || callee.isDeclaration() ? null : summaries.get(callee);
        if (callee != null && !callee.isDeclaration() && summary == null) {
            // A function of the same cycle of calls, or one that is left alone: nothing is known of it.
            return new Cost(own, own, own, CostModel.saturatedSum(own, options.commitInterval()), true);
        }
        if (summary == null) {
            return new Cost(own, own, own, own, false);
        }
        if (summary.folded()) {
            return new Cost(
                    own + summary.low(), own + summary.high(), own + summary.mean(), own + summary.high(), false);
        }
        return new Cost(own, own, own, CostModel.saturatedSum(own, summary.entryRun()), true);
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
        if (work.inRegister() == 0) {
            commit(at, work);
            selfContained = false;
            return Work.NONE;
        }
        long margin = Math.max(0, run - (options.commitInterval() - budget));
        if (margin > budget) {
            commit(at, work);
            return Work.NONE;
        }
        plan.add(new Action.Check(at, work.amount(), margin));
        return new Work(budget - margin, 0, 0, 0);
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
        Cost cost = cost(terminator);
        boolean goesBack = SimplePlacements.goesBack(graph, index);
        boolean returns = terminator instanceof Ret
                || terminator instanceof Resume
                || (terminator instanceof CleanupRet cleanup && cleanup.unwindDestination() == null);
        Work work = checkBefore(terminator, before, cost.run()).plus(cost.low(), cost.high(), (double) cost.mean());
        longestRun = Math.max(longestRun, work.most());
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
        if (!goesBack) {
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
