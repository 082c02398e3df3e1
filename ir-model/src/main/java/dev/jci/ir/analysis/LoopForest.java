package dev.jci.ir.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The natural loops of a function and how they nest, and the edges that make it irreducible, if any. */
public final class LoopForest {
    private final ControlFlowGraph graph;
    private final DominatorTree dominators;
    private final List<Loop> innermostFirst = new ArrayList<>();
    private final @Nullable Loop[] loopOf;
    private final boolean[] retreatingTarget;
    private boolean irreducible;

    private LoopForest(ControlFlowGraph graph, DominatorTree dominators) {
        this.graph = graph;
        this.dominators = dominators;
        this.loopOf = new Loop[graph.size()];
        this.retreatingTarget = new boolean[graph.size()];
        find();
    }

    /** The loops of a function. */
    public static LoopForest of(ControlFlowGraph graph, DominatorTree dominators) {
        return new LoopForest(graph, dominators);
    }

    private void find() {
        List<Integer> headers = new ArrayList<>();
        for (int place = graph.reachableCount() - 1; place >= 0; place--) {
            int block = graph.inOrder(place);
            boolean header = false;
            for (int source : graph.distinctPredecessors(block)) {
                if (graph.placeOf(source) >= place) {
                    if (dominators.dominates(block, source)) {
                        header = true;
                    } else {
                        irreducible = true;
                        retreatingTarget[block] = true;
                    }
                }
            }
            if (header) {
                headers.add(block);
            }
        }
        // Inner headers come later in reverse post-order, so they have been met first.
        headers.forEach(this::collect);
        nest();
    }

    private void collect(int header) {
        List<Integer> latches = new ArrayList<>();
        boolean[] member = new boolean[graph.size()];
        int[] work = new int[graph.size()];
        int pending = 0;
        member[header] = true;
        for (int source : graph.distinctPredecessors(header)) {
            if (graph.isReachable(source) && dominators.dominates(header, source)) {
                latches.add(source);
                if (!member[source]) {
                    member[source] = true;
                    work[pending++] = source;
                }
            }
        }
        while (pending > 0) {
            int block = work[--pending];
            for (int i = 0; i < graph.predecessorCount(block); i++) {
                int source = graph.predecessor(block, i);
                if (!member[source] && graph.isReachable(source)) {
                    member[source] = true;
                    work[pending++] = source;
                }
            }
        }
        List<Integer> blocks = new ArrayList<>();
        for (int block = 0; block < member.length; block++) {
            if (member[block]) {
                blocks.add(block);
            }
        }
        innermostFirst.add(new Loop(header, latches, blocks));
    }

    private void nest() {
        List<Loop> bySize = new ArrayList<>(innermostFirst);
        bySize.sort(Comparator.comparingInt(loop -> loop.blocks().size()));
        for (Loop loop : bySize) {
            for (int block : loop.blocks()) {
                Loop inner = loopOf[block];
                if (inner == null) {
                    loopOf[block] = loop;
                } else {
                    while (inner.parent() != null) {
                        inner = inner.parent();
                    }
                    if (inner != loop) {
                        inner.parent = loop;
                    }
                }
            }
        }
        for (Loop loop : bySize) {
            int depth = 1;
            for (Loop at = loop.parent(); at != null; at = at.parent()) {
                depth++;
            }
            loop.setDepth(depth);
        }
        innermostFirst.sort(
                Comparator.comparingInt((Loop loop) -> -loop.depth()).thenComparingInt(Loop::header));
    }

    /** All loops; a loop comes before the loop around it. */
    public List<Loop> innermostFirst() {
        return List.copyOf(innermostFirst);
    }

    /** The innermost loop that a block is in, null for none. */
    public @Nullable Loop loopOf(int block) {
        return loopOf[block];
    }

    /** The loop that a block is the header of, null for none. */
    public @Nullable Loop headedBy(int block) {
        Loop loop = loopOf[block];
        return loop != null && loop.header() == block ? loop : null;
    }

    /** Whether a block is in a loop or in one inside it. */
    public boolean contains(Loop loop, int block) {
        Loop inner = loopOf[block];
        return inner != null && inner.isInside(loop);
    }

    /** Whether there is a cycle with several entries. */
    public boolean isIrreducible() {
        return irreducible;
    }

    /** Whether an edge goes backward in depth-first order to a block that does not dominate its source: a cycle with several entries. */
    public boolean isIrreducibleTarget(int block) {
        return retreatingTarget[block];
    }

    /** The block outside that is the only one to enter the loop and goes nowhere else; -1 when there is none. */
    public int preheader(Loop loop) {
        int found = -1;
        for (int source : graph.distinctPredecessors(loop.header())) {
            if (!contains(loop, source)) {
                if (found >= 0) {
                    return -1;
                }
                found = source;
            }
        }
        return found >= 0 && graph.distinctSuccessors(found).size() == 1 ? found : -1;
    }

    /** The edges out of a loop: pairs of a block inside and a block outside, in layout order, each pair once. */
    public List<Exit> exits(Loop loop) {
        List<Exit> exits = new ArrayList<>();
        for (int block : loop.blocks()) {
            for (int target : graph.distinctSuccessors(block)) {
                if (!contains(loop, target)) {
                    exits.add(new Exit(block, target));
                }
            }
        }
        return exits;
    }

    /**
     * An edge out of a loop.
     *
     * @param from the exiting block
     * @param to the exit block
     */
    public record Exit(int from, int to) {}

    @Override
    public String toString() {
        return "loops "
                + Arrays.toString(innermostFirst.stream().mapToInt(Loop::header).toArray());
    }
}
