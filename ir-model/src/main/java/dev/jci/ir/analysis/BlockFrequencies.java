package dev.jci.ir.analysis;

import java.util.Arrays;
import java.util.List;

/**
 * How often each block runs for one run of the function, by the branch probabilities (Wu and Larus 1994). The entry has 1; a loop
 * multiplies what enters its header by one over the probability of leaving it, at most {@value #MOST_ITERATIONS}. Irreducible cycles
 * count as if their retreating edges were not taken.
 */
public final class BlockFrequencies {
    /** The most iterations that a loop is taken to have in the mean. */
    public static final double MOST_ITERATIONS = 4096;

    private final double[] frequency;

    private BlockFrequencies(double[] frequency) {
        this.frequency = frequency;
    }

    /**
     * The frequencies of the blocks; in time of the edges times the nesting depth of loops.
     *
     * @param probabilities the probabilities of the edges
     * @param loops the loops of the same graph
     */
    public static BlockFrequencies of(BranchProbabilities probabilities, LoopForest loops) {
        ControlFlowGraph graph = probabilities.graph();
        double[] scale = new double[graph.size()];
        double[] frequency = new double[graph.size()];
        for (Loop loop : loops.innermostFirst()) {
            double back = spread(probabilities, loops, loop, scale, frequency);
            scale[loop.header()] = Math.min(MOST_ITERATIONS, 1 / Math.max(1 - back, 1 / MOST_ITERATIONS));
        }
        Arrays.fill(frequency, 0);
        int[] order = graph.reversePostOrder();
        if (order.length > 0) {
            spreadFunction(probabilities, loops, order, scale, frequency);
        }
        return new BlockFrequencies(frequency);
    }

    /** Spreads 1 from the header over the loop, and gives what comes back to the header. */
    private static double spread(
            BranchProbabilities probabilities, LoopForest loops, Loop loop, double[] scale, double[] frequency) {
        int header = loop.header();
        List<Integer> blocks = loop.blocks();
        blocks.forEach(block -> frequency[block] = 0);
        frequency[header] = 1;
        double back = 0;
        ControlFlowGraph graph = probabilities.graph();
        for (int block : blocks) {
            if (block != header && loops.isHeader(block)) {
                frequency[block] *= scale[block];
            }
            for (int i = 0; i < graph.successorCount(block); i++) {
                int successor = graph.successor(block, i);
                double flow = frequency[block] * probabilities.of(block, i);
                if (successor == header) {
                    back += flow;
                } else if (loop.contains(successor) && !graph.isRetreating(block, successor)) {
                    frequency[successor] += flow;
                }
            }
        }
        return back;
    }

    private static void spreadFunction(
            BranchProbabilities probabilities, LoopForest loops, int[] order, double[] scale, double[] frequency) {
        ControlFlowGraph graph = probabilities.graph();
        frequency[order[0]] = 1;
        for (int block : order) {
            if (loops.isHeader(block)) {
                frequency[block] *= scale[block];
            }
            for (int i = 0; i < graph.successorCount(block); i++) {
                int successor = graph.successor(block, i);
                if (!graph.isRetreating(block, successor)) {
                    frequency[successor] += frequency[block] * probabilities.of(block, i);
                }
            }
        }
    }

    /** How often the block runs for one run of the function; 0 for an unreachable one. */
    public double of(int block) {
        return frequency[block];
    }
}
