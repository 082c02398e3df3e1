package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.CondBr;
import dev.jci.ir.DataLayout;
import dev.jci.ir.Function;
import dev.jci.ir.ICmp;
import dev.jci.ir.Instruction;
import dev.jci.ir.analysis.BranchProbabilities;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.CountBounds;
import dev.jci.ir.analysis.DominatorTree;
import dev.jci.ir.analysis.Loop;
import dev.jci.ir.analysis.LoopForest;
import dev.jci.ir.analysis.TripCount;
import dev.jci.ir.analysis.TripCounts;
import dev.jci.ir.transform.PredecessorSplit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the loops that need no probe in their iterations: they run no probe of another function, each iteration does the same work
 * whichever way it takes, and how often they run is known before they begin.
 *
 * <p>A loop with a small constant trip count is one amount of work for what is around it, an inner loop or not. One whose count cannot be great
 * is counted before it begins ({@link ShortLoops}). Any other one can be run in chunks of iterations that fit the budget ({@link StripMining}).
 */
final class QuietLoops {
    /** A chunk of fewer iterations is not worth the code around it. */
    private static final long FEWEST_ITERATIONS = 4;

    /** A loop with a constant limit of so many iterations is taken to come near it. */
    private static final long LONG_RUN = 32;

    /** The probability of an edge that is not thought to be taken: to code that throws, exits or is cold. */
    private static final double RARE = 1.0 / 1024;

    private final Options options;
    private final InstructionCosts costs;
    private final Disabled disabled;
    private final ControlFlowGraph graph;
    private final DominatorTree dominators;
    private final LoopForest loops;
    private final DataLayout layout;
    private final Map<Loop, Folded> folded = new LinkedHashMap<>();
    private final List<Short> brief = new ArrayList<>();
    private final List<Chunked> chunked = new ArrayList<>();
    private final @Nullable Path[] paths;
    private @Nullable BranchProbabilities probabilities;

    /**
     * A loop that is one amount of work.
     *
     * @param blocks its blocks
     * @param work the expected work of all its iterations
     * @param most the most work of all its iterations
     */
    record Folded(BasicBlock header, List<BasicBlock> blocks, long work, long most) {}

    /**
     * A loop to be counted before it begins.
     *
     * @param loop the loop; it has a preheader, and is left at its latch only
     * @param count how often the back edge is taken
     * @param work the work of one iteration
     * @param most the most work of all iterations
     */
    record Short(Loop loop, TripCount.Symbolic count, long work, long most) {}

    /**
     * A loop to be run in chunks.
     *
     * @param loop the loop; it has a preheader
     * @param latch its only latch, which ends in a conditional branch out of the loop
     * @param counter the induction variable that the branch compares
     * @param count how often the back edge is taken when the loop is left at the latch
     * @param work the work of one iteration
     * @param most the most work of one iteration
     * @param early the other ways out of the loop
     */
    record Chunked(
            Loop loop,
            BasicBlock latch,
            LoopCounter counter,
            TripCount count,
            long work,
            long most,
            List<EarlyExit> early) {}

    /**
     * A way out of a loop that is not at its latch.
     *
     * @param work the work of the iteration up to there
     */
    record EarlyExit(BasicBlock from, BasicBlock to, long work) {}

    /**
     * What there is in a function.
     *
     * @param added instructions that are no work of the program
     * @param loops all loops of the function as it is now
     */
    record Found(
            List<Folded> folded, List<Short> brief, List<Chunked> chunked, Set<Instruction> added, LoopForest loops) {}

    /** The work of an iteration from the header to the end of a block. */
    private record Path(long least, long greatest, long most) {}

    private QuietLoops(ControlFlowGraph graph, InstructionCosts costs, Disabled disabled, DataLayout layout) {
        this.options = costs.options();
        this.costs = costs;
        this.disabled = disabled;
        this.layout = layout;
        this.graph = graph;
        this.dominators = DominatorTree.of(graph);
        this.loops = LoopForest.of(graph, dominators);
        this.paths = new Path[graph.size()];
    }

    /**
     * Finds the loops of a function. Those that are worth it get a preheader; nothing else is changed.
     *
     * @param returnsTwice whether the function calls one like {@code setjmp}; then there are none: what changes between the two returns is
     *     undefined, which would be so for the number of iterations to go as well
     */
    static Found in(
            Function function, boolean returnsTwice, InstructionCosts costs, Disabled disabled, DataLayout layout) {
        Set<Instruction> added = Collections.newSetFromMap(new IdentityHashMap<>());
        ControlFlowGraph graph = ControlFlowGraph.of(function);
        if (returnsTwice || !graph.isCyclic()) {
            return new Found(List.of(), List.of(), List.of(), added, LoopForest.of(graph));
        }
        QuietLoops first = new QuietLoops(graph, costs, disabled, layout);
        QuietLoops quiet = first.addPreheaders(added)
                ? new QuietLoops(ControlFlowGraph.of(function), costs, disabled, layout)
                : first;
        quiet.loops.innermostFirst().forEach(quiet::consider);
        return new Found(List.copyOf(quiet.folded.values()), quiet.brief, quiet.chunked, added, quiet.loops);
    }

    private boolean addPreheaders(Set<Instruction> added) {
        boolean changed = false;
        for (Loop loop : loops.innermostFirst()) {
            if (loop.preheader().isPresent() || !comparesAtLatch(loop)) {
                continue;
            }
            Optional<BasicBlock> made = PredecessorSplit.preheader(loop);
            made.ifPresent(block -> added.add(block.terminator().asInstruction()));
            changed |= made.isPresent();
        }
        return changed;
    }

    private boolean comparesAtLatch(Loop loop) {
        return loop.latch().isPresent()
                && !loop.touchesIrreducible()
                && graph.block(loop.latch().getAsInt()).last() instanceof CondBr branch
                && branch.condition() instanceof ICmp;
    }

    /** How often the back edge is taken when the loop is left at its only latch. */
    private TripCount countAtLatch(Loop loop) {
        if (!comparesAtLatch(loop)) {
            return new TripCount.Unknown();
        }
        return TripCounts.ofExit(loop, loop.latch().getAsInt(), dominators, layout);
    }

    private void consider(Loop loop) {
        TripCount count = countAtLatch(loop);
        if (count instanceof TripCount.Unknown || loop.preheader().isEmpty()) {
            return;
        }
        if (!findPaths(loop)) {
            return;
        }
        int latch = loop.latch().getAsInt();
        Path iteration = paths[latch];
        if (iteration == null || iteration.most == 0 || !isEven(iteration)) {
            return;
        }
        long work = mean(iteration);
        if (count instanceof TripCount.Known known && known.isExact() && fold(loop, known, work, iteration.most)) {
            return;
        }
        if (count instanceof TripCount.Symbolic symbolic && symbolic.isExact() && isShort(loop, symbolic, iteration)) {
            return;
        }
        LoopCounter counter = LoopCounter.of(loop, graph.block(latch), layout);
        long iterations = DagPlacement.budget(options) / iteration.most;
        if (counter == null || iterations < FEWEST_ITERATIONS || !counter.reaches(iterations)) {
            return;
        }
        boolean runsLong = count instanceof TripCount.Known known && known.backedgeTaken() >= LONG_RUN;
        List<EarlyExit> early = new ArrayList<>();
        for (int from : loop.exitingBlocks()) {
            for (int to : graph.distinctSuccessors(from)) {
                if (from == latch || loop.contains(to)) {
                    continue;
                }
                Path path = paths[from];
                if (!runsLong && isLikely(from, to)) {
                    return;
                }
                if (path == null || !isEven(path) || !Legality.canSplitEdge(graph.block(from), graph.block(to))) {
                    return;
                }
                early.add(new EarlyExit(graph.block(from), graph.block(to), mean(path)));
            }
        }
        chunked.add(new Chunked(loop, graph.block(latch), counter, count, work, iteration.most, early));
    }

    /** Whether a loop may well be left there, perhaps soon: it would not run long enough for what is done before and behind it. */
    private boolean isLikely(int from, int to) {
        BranchProbabilities known = probabilities;
        if (known == null) {
            known = BranchProbabilities.of(graph, loops);
            probabilities = known;
        }
        return known.between(from, to) > RARE;
    }

    private boolean fold(Loop loop, TripCount.Known count, long work, long most) {
        long limit = options.commitInterval() / 2;
        long taken = count.backedgeTaken();
        if (taken < 0 || taken >= limit || (taken + 1) * most > limit) {
            return false;
        }
        List<BasicBlock> blocks = loop.blocks().stream().map(graph::block).toList();
        folded.put(loop, new Folded(loop.headerBlock(), blocks, (taken + 1) * work, (taken + 1) * most));
        return true;
    }

    private boolean isShort(Loop loop, TripCount.Symbolic count, Path iteration) {
        OptionalLong greatest = CountBounds.greatest(count, loop.preheader().orElseThrow(), dominators);
        long limit = options.commitInterval() / 8;
        if (greatest.isEmpty()
                || greatest.getAsLong() >= limit
                || (greatest.getAsLong() + 1) * iteration.most > limit) {
            return false;
        }
        brief.add(new Short(loop, count, mean(iteration), (greatest.getAsLong() + 1) * iteration.most));
        return true;
    }

    private boolean isEven(Path path) {
        return path.greatest - path.least <= options.allowedDeviation();
    }

    private static long mean(Path path) {
        return path.least + (path.greatest - path.least) / 2;
    }

    /** Finds the work up to the end of each block of the loop; false when it runs probes, may not fire them, or differs from way to way. */
    private boolean findPaths(Loop loop) {
        for (Loop inner : loop.children()) {
            if (!folded.containsKey(inner)) {
                return false;
            }
        }
        for (int block : loop.blocks()) {
            Loop innermost = loops.loopOf(block);
            Folded inner = innermost == null || innermost == loop ? null : outermostFolded(innermost, loop);
            if (inner != null && graph.block(block) != inner.header) {
                continue;
            }
            if (inner == null && innermost != loop) {
                return false;
            }
            Path before = block == loop.header() ? new Path(0, 0, 0) : join(block, loop);
            if (before == null || !isEven(before)) {
                return false;
            }
            if (inner != null) {
                Path after =
                        new Path(before.least + inner.work, before.greatest + inner.work, before.most + inner.most);
                inner.blocks.forEach(member -> paths[graph.indexOf(member)] = after);
                continue;
            }
            paths[block] = through(graph.block(block), before);
            if (paths[block] == null) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Folded outermostFolded(Loop innermost, Loop around) {
        Folded found = null;
        for (Loop at = innermost; at != null && at != around; at = at.parent()) {
            found = folded.get(at);
        }
        return found;
    }

    private @Nullable Path join(int block, Loop loop) {
        Path joined = null;
        for (int source : graph.distinctPredecessors(block)) {
            boolean inside = loop.contains(source);
            Path path = inside ? paths[source] : null;
            boolean back = inside && graph.placeOf(source) >= graph.placeOf(block);
            if (back) {
                // Only the back edge of an inner loop that is one amount of work.
                continue;
            }
            if (path == null) {
                return null;
            }
            joined = joined == null
                    ? path
                    : new Path(
                            Math.min(joined.least, path.least),
                            Math.max(joined.greatest, path.greatest),
                            Math.max(joined.most, path.most));
        }
        return joined;
    }

    private @Nullable Path through(BasicBlock block, Path before) {
        long work = 0;
        long most = 0;
        for (Instruction instruction : block.instructions()) {
            InstructionCosts.Cost cost = costs.of(instruction);
            if (cost.probes() || disabled.at(instruction) || Legality.mustPrecedeReturn(instruction)) {
                return null;
            }
            work = CostModel.saturatedSum(work, cost.mean());
            most = CostModel.saturatedSum(most, cost.high());
            if (most > options.commitInterval()) {
                return null;
            }
        }
        Path after = new Path(before.least + work, before.greatest + work, before.most + most);
        return after.most > options.commitInterval() ? null : after;
    }
}
