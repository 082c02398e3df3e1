package dev.jci.ir.analysis;

import java.util.Arrays;

/**
 * Which block dominates which (Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm"). Unreachable blocks are dominated by
 * everything, as in LLVM.
 */
public final class DominatorTree {
    private static final int NONE = -1;

    private final ControlFlowGraph graph;
    private final int[] immediate;
    private final int[] entered;
    private final int[] left;

    private DominatorTree(ControlFlowGraph graph) {
        this.graph = graph;
        this.immediate = new int[graph.size()];
        this.entered = new int[graph.size()];
        this.left = new int[graph.size()];
        compute();
        number();
    }

    /** The dominators of a function. */
    public static DominatorTree of(ControlFlowGraph graph) {
        return new DominatorTree(graph);
    }

    private void compute() {
        Arrays.fill(immediate, NONE);
        if (graph.size() == 0) {
            return;
        }
        immediate[0] = 0;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int place = 1; place < graph.reachableCount(); place++) {
                int block = graph.inOrder(place);
                int candidate = NONE;
                for (int i = 0; i < graph.predecessorCount(block); i++) {
                    int predecessor = graph.predecessor(block, i);
                    if (immediate[predecessor] != NONE) {
                        candidate = candidate == NONE ? predecessor : meet(candidate, predecessor);
                    }
                }
                if (immediate[block] != candidate) {
                    immediate[block] = candidate;
                    changed = true;
                }
            }
        }
    }

    private int meet(int first, int second) {
        int one = first;
        int two = second;
        while (one != two) {
            while (graph.placeOf(one) > graph.placeOf(two)) {
                one = immediate[one];
            }
            while (graph.placeOf(two) > graph.placeOf(one)) {
                two = immediate[two];
            }
        }
        return one;
    }

    /** Numbers the tree so that dominance is containment of intervals. */
    private void number() {
        int count = graph.size();
        int[] firstChild = new int[count];
        int[] sibling = new int[count];
        Arrays.fill(firstChild, NONE);
        Arrays.fill(sibling, NONE);
        Arrays.fill(entered, NONE);
        for (int place = graph.reachableCount() - 1; place > 0; place--) {
            int block = graph.inOrder(place);
            sibling[block] = firstChild[immediate[block]];
            firstChild[immediate[block]] = block;
        }
        if (count == 0) {
            return;
        }
        int clock = 0;
        int block = 0;
        entered[0] = clock++;
        while (true) {
            int child = firstChild[block];
            if (child != NONE) {
                firstChild[block] = sibling[child];
                block = child;
                entered[block] = clock++;
            } else {
                left[block] = clock++;
                if (block == 0) {
                    return;
                }
                block = immediate[block];
            }
        }
    }

    /** The closest block that strictly dominates a block; -1 for the entry and for unreachable blocks. */
    public int immediateDominator(int block) {
        return block == 0 ? NONE : immediate[block];
    }

    /** Whether every path from the entry to the second block goes through the first; a block dominates itself. */
    public boolean dominates(int first, int second) {
        if (entered[second] == NONE) {
            return true;
        }
        return entered[first] != NONE && entered[first] <= entered[second] && left[second] <= left[first];
    }
}
