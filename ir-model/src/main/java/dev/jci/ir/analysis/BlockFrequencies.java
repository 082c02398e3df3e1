package dev.jci.ir.analysis;

import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How often each block runs for one run of the function, by the branch probabilities (Wu and Larus 1994). The entry has 1; a loop
 * multiplies what enters its header by one over the probability of leaving it, at most {@value #MOST_ITERATIONS}, and is left as often as
 * it is entered. Irreducible cycles count as if their retreating edges were not taken.
 */
public final class BlockFrequencies {
    /** The most iterations that a loop is taken to have in the mean. */
    public static final double MOST_ITERATIONS = 4096;

    private final ControlFlowGraph graph;
    private final BranchProbabilities probabilities;
    private final LoopForest loops;

    /** How often each block runs: while its innermost loop is looked at for each iteration of that, at the end for the function. */
    private final double[] frequency;

    /** By loop how often it is entered for each iteration of the loop around it. */
    private final double[] entered;

    /** By loop how often its header runs for each time that it is entered. */
    private final double[] iterations;

    /** By loop where it is left to. */
    private final Exits[] exits;

    /** Where a loop goes, and how often for each iteration. */
    private static final class Exits {
        private int[] targets = new int[2];
        private double[] flows = new double[2];
        private int count;
        private double sum;

        void add(int target, double flow) {
            if (count == targets.length) {
                targets = Arrays.copyOf(targets, 2 * count);
                flows = Arrays.copyOf(flows, 2 * count);
            }
            targets[count] = target;
            flows[count++] = flow;
            sum += flow;
        }
    }

    private BlockFrequencies(BranchProbabilities probabilities, LoopForest loops) {
        this.graph = probabilities.graph();
        this.probabilities = probabilities;
        this.loops = loops;
        this.frequency = new double[graph.size()];
        int count = loops.loops().size();
        this.entered = new double[count];
        this.iterations = new double[count];
        this.exits = new Exits[count];
        int[][] nodes = nodes();
        for (Loop loop : loops.innermostFirst()) {
            exits[loop.index()] = new Exits();
            double back = spread(loop, loop.header(), nodes[loop.index()]);
            iterations[loop.index()] = Math.min(MOST_ITERATIONS, 1 / Math.max(1 - back, 1 / MOST_ITERATIONS));
        }
        if (graph.reachableCount() > 0) {
            spread(null, graph.inOrder(0), nodes[count]);
        }
        multiply();
    }

    /**
     * The frequencies of the blocks; in time of the edges, those that leave several loops once for each.
     *
     * @param probabilities the probabilities of the edges
     * @param loops the loops of the same graph
     */
    public static BlockFrequencies of(BranchProbabilities probabilities, LoopForest loops) {
        return new BlockFrequencies(probabilities, loops);
    }

    /** By loop, and at the end for the function, its blocks in reverse post-order; of a loop inside it only the header. */
    private int[][] nodes() {
        int[] sizes = new int[loops.loops().size() + 1];
        for (int place = 0; place < graph.reachableCount(); place++) {
            forEachAround(graph.inOrder(place), index -> sizes[index]++);
        }
        int[][] nodes = new int[sizes.length][];
        Arrays.setAll(nodes, index -> new int[sizes[index]]);
        int[] next = new int[sizes.length];
        for (int place = 0; place < graph.reachableCount(); place++) {
            int block = graph.inOrder(place);
            forEachAround(block, index -> nodes[index][next[index]++] = block);
        }
        return nodes;
    }

    /** The loops that a block is a node of, by number. */
    private void forEachAround(int block, IntConsumer action) {
        Loop loop = loops.loopOf(block);
        action.accept(indexOf(loop));
        if (loop != null && loop.header() == block) {
            action.accept(indexOf(loop.parent()));
        }
    }

    private int indexOf(@Nullable Loop loop) {
        return loop == null ? loops.loops().size() : loop.index();
    }

    /** Spreads 1 from the first block of a loop, or of the function, and gives what comes back to it. */
    private double spread(@Nullable Loop around, int first, int[] nodes) {
        double back = 0;
        frequency[first] = 1;
        Loop whole = loops.headedBy(first);
        if (whole != null && whole != around) {
            entered[whole.index()] = 1;
        }
        for (int node : nodes) {
            Loop inner = loops.headedBy(node);
            if (inner != null && inner != around) {
                Exits left = exits[inner.index()];
                double each = left.sum > 0 ? entered[inner.index()] / left.sum : 0;
                for (int i = 0; i < left.count; i++) {
                    back += flow(around, first, node, left.targets[i], left.flows[i] * each);
                }
                continue;
            }
            for (int edge = 0; edge < graph.successorCount(node); edge++) {
                int target = graph.successor(node, edge);
                back += flow(around, first, node, target, frequency[node] * probabilities.of(node, edge));
            }
        }
        return back;
    }

    /** Lets some of a node go to a block, and gives what of it comes back to the first block. */
    private double flow(@Nullable Loop around, int first, int node, int target, double flow) {
        if (around != null && !around.contains(target)) {
            exits[around.index()].add(target, flow);
            return 0;
        }
        if (target == first) {
            return flow;
        }
        if (graph.placeOf(target) > graph.placeOf(node)) {
            Loop inner = loops.headedBy(target);
            if (inner == null) {
                frequency[target] += flow;
            } else {
                entered[inner.index()] += flow;
            }
        }
        return 0;
    }

    /** From iterations of the loops to runs of the function. */
    private void multiply() {
        double[] runs = new double[iterations.length];
        for (Loop loop : loops.loops()) {
            Loop parent = loop.parent();
            double around = parent == null ? 1 : runs[parent.index()];
            runs[loop.index()] = around * entered[loop.index()] * iterations[loop.index()];
        }
        for (int block = 0; block < frequency.length; block++) {
            Loop loop = loops.loopOf(block);
            if (loop != null) {
                frequency[block] *= runs[loop.index()];
            }
        }
    }

    /** How often the block runs for one run of the function; 0 for an unreachable one. */
    public double of(int block) {
        return frequency[block];
    }

    /** How often the loop is entered for one run of the function. */
    public double entering(Loop loop) {
        return frequency[loop.header()] / iterations[loop.index()];
    }
}
