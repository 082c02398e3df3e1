package dev.jci.ci;

import dev.jci.ir.analysis.ControlFlowGraph;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntToDoubleFunction;

/** The edges of blocks that have very many, by where they go: of a large switch each target is asked for. */
final class LargeBranches {
    private static final int FEW_EDGES = 8;

    private final ControlFlowGraph graph;
    private final Map<Integer, long[]> sorted = new HashMap<>();

    LargeBranches(ControlFlowGraph graph) {
        this.graph = graph;
    }

    /** Whether it is worth to ask here. */
    boolean isLarge(int source) {
        return graph.successorCount(source) > FEW_EDGES;
    }

    /** Hands over the numbers of the edges from one block to another one, ascending. */
    void forEach(int source, int target, IntConsumer consumer) {
        long[] all = sorted.computeIfAbsent(source, this::sort);
        for (int i = first(all, target); i < all.length && all[i] >>> 32 == target; i++) {
            consumer.accept((int) all[i]);
        }
    }

    /** The sum of a number for each edge from one block to another one. */
    double sum(int source, int target, IntToDoubleFunction ofEdge) {
        long[] all = sorted.computeIfAbsent(source, this::sort);
        double sum = 0;
        for (int i = first(all, target); i < all.length && all[i] >>> 32 == target; i++) {
            sum += ofEdge.applyAsDouble((int) all[i]);
        }
        return sum;
    }

    private static int first(long[] all, int target) {
        int found = Arrays.binarySearch(all, (long) target << 32);
        return found < 0 ? -found - 1 : found;
    }

    private long[] sort(int source) {
        long[] all = new long[graph.successorCount(source)];
        for (int edge = 0; edge < all.length; edge++) {
            all[edge] = (long) graph.successor(source, edge) << 32 | edge;
        }
        Arrays.sort(all);
        return all;
    }
}
