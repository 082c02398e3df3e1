package dev.jci.ir.analysis;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Function;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The blocks of a function and the edges between them. Blocks have dense indices in layout order; the entry has index 0. Parallel edges,
 * as a {@code switch} makes them, are kept.
 */
public final class ControlFlowGraph {
    private final Function function;
    private final BasicBlock[] blocks;
    private final IdentityHashMap<BasicBlock, Integer> indices;
    private final int[][] successors;
    private final int[][] predecessors;
    private final int[] reversePostOrder;
    private final int[] orderOf;

    private ControlFlowGraph(Function function) {
        this.function = function;
        this.blocks = new BasicBlock[function.blockCount()];
        this.indices = new IdentityHashMap<>(2 * blocks.length);
        int count = 0;
        for (BasicBlock block : function.blocks()) {
            indices.put(block, count);
            blocks[count++] = block;
        }
        this.successors = new int[count][];
        for (int i = 0; i < count; i++) {
            List<BasicBlock> targets = blocks[i].terminator().successors();
            successors[i] = new int[targets.size()];
            for (int j = 0; j < targets.size(); j++) {
                successors[i][j] = indices.get(targets.get(j));
            }
        }
        this.predecessors = invert(successors);
        this.orderOf = new int[count];
        this.reversePostOrder = order();
    }

    /**
     * The graph of a function as it is now.
     *
     * @throws IllegalStateException when a block has no terminator
     */
    public static ControlFlowGraph of(Function function) {
        return new ControlFlowGraph(function);
    }

    private static int[][] invert(int[][] edges) {
        int[] counts = new int[edges.length];
        for (int[] targets : edges) {
            for (int target : targets) {
                counts[target]++;
            }
        }
        int[][] inverted = new int[edges.length][];
        for (int i = 0; i < edges.length; i++) {
            inverted[i] = new int[counts[i]];
        }
        for (int i = edges.length - 1; i >= 0; i--) {
            for (int j = edges[i].length - 1; j >= 0; j--) {
                int target = edges[i][j];
                inverted[target][--counts[target]] = i;
            }
        }
        return inverted;
    }

    private int[] order() {
        int count = blocks.length;
        int[] postOrder = new int[count];
        int[] stack = new int[count];
        int[] next = new int[count];
        boolean[] seen = new boolean[count];
        int finished = 0;
        int depth = 0;
        Arrays.fill(orderOf, -1);
        if (count > 0) {
            stack[depth++] = 0;
            seen[0] = true;
        }
        while (depth > 0) {
            int block = stack[depth - 1];
            if (next[block] < successors[block].length) {
                int target = successors[block][next[block]++];
                if (!seen[target]) {
                    seen[target] = true;
                    stack[depth++] = target;
                }
            } else {
                postOrder[finished++] = block;
                depth--;
            }
        }
        int[] reversed = new int[finished];
        for (int i = 0; i < finished; i++) {
            reversed[i] = postOrder[finished - 1 - i];
            orderOf[reversed[i]] = i;
        }
        return reversed;
    }

    /** The function. */
    public Function function() {
        return function;
    }

    /** The number of blocks, unreachable ones included. */
    public int size() {
        return blocks.length;
    }

    /** The block of that index. */
    public BasicBlock block(int index) {
        return blocks[index];
    }

    /** The index of a block of the function. */
    public int indexOf(BasicBlock block) {
        Integer index = indices.get(block);
        if (index == null) {
            throw new IllegalArgumentException("not a block of " + function);
        }
        return index;
    }

    /** The number of edges out of a block. */
    public int successorCount(int block) {
        return successors[block].length;
    }

    /** The target of an edge out of a block. */
    public int successor(int block, int edge) {
        return successors[block][edge];
    }

    /** The number of edges into a block. */
    public int predecessorCount(int block) {
        return predecessors[block].length;
    }

    /** The source of an edge into a block. */
    public int predecessor(int block, int edge) {
        return predecessors[block][edge];
    }

    /** The different targets of the edges out of a block, in order of the first edge. */
    public List<Integer> distinctSuccessors(int block) {
        return distinct(successors[block]);
    }

    /** The different sources of the edges into a block, by index. */
    public List<Integer> distinctPredecessors(int block) {
        return distinct(predecessors[block]);
    }

    private static List<Integer> distinct(int[] blocks) {
        List<Integer> distinct = new ArrayList<>(blocks.length);
        for (int block : blocks) {
            if (!distinct.contains(block)) {
                distinct.add(block);
            }
        }
        return distinct;
    }

    /** Whether the block can be reached from the entry. */
    public boolean isReachable(int block) {
        return orderOf[block] >= 0;
    }

    /** The number of blocks that can be reached from the entry. */
    public int reachableCount() {
        return reversePostOrder.length;
    }

    /** The block at a place in reverse post-order, 0 for the entry. */
    public int inOrder(int place) {
        return reversePostOrder[place];
    }

    /** The place of a block in reverse post-order, -1 when it cannot be reached. */
    public int placeOf(int block) {
        return orderOf[block];
    }
}
