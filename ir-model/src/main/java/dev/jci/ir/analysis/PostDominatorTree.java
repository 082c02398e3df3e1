package dev.jci.ir.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The post-dominator tree of the reachable part of a control-flow graph: a block post-dominates another one when every path from that
 * one to the end of the function goes through it.
 *
 * <p>All ways to leave the function ({@code ret}, {@code resume}, {@code unreachable}, {@code cleanupret} and {@code catchswitch} that
 * unwind to the caller) lead to one virtual exit, the root. A cycle without a way out would have no end; one block of it, the one that a
 * depth-first search finishes first, is joined to the exit as if it could leave there.
 */
public final class PostDominatorTree {
    private final ControlFlowGraph graph;
    private final TreeNumbering tree;
    private final int[] exits;

    private PostDominatorTree(ControlFlowGraph graph) {
        this.graph = graph;
        int n = graph.size();
        this.exits = exits(graph);
        List<int[]> reversed = new ArrayList<>();
        for (int exit : exits) {
            reversed.add(new int[] {n, exit});
        }
        for (int block = 0; block < n; block++) {
            for (int i = 0; graph.isReachable(block) && i < graph.successorCount(block); i++) {
                reversed.add(new int[] {graph.successor(block, i), block});
            }
        }
        int[] from = reversed.stream().mapToInt(edge -> edge[0]).toArray();
        int[] to = reversed.stream().mapToInt(edge -> edge[1]).toArray();
        Adjacency backwards = Adjacency.ofEdges(n + 1, from, to);
        this.tree = new TreeNumbering(ImmediateDominators.of(backwards, backwards.reversed(), n), n);
    }

    /** The post-dominator tree of that graph, in O(E log V). */
    public static PostDominatorTree of(ControlFlowGraph graph) {
        return new PostDominatorTree(graph);
    }

    private static int[] exits(ControlFlowGraph graph) {
        List<Integer> exits = new ArrayList<>();
        boolean[] ends = new boolean[graph.size()];
        int[] stack = new int[graph.size()];
        int[] order = graph.reversePostOrder();
        for (int block : order) {
            if (graph.successorCount(block) == 0) {
                exits.add(block);
                flood(graph, block, ends, stack);
            }
        }
        // Who is first in post-order among those that reach no exit reaches only its own cycle: one exit for each such
        // cycle.
        for (int i = order.length - 1; i >= 0; i--) {
            if (!ends[order[i]]) {
                exits.add(order[i]);
                flood(graph, order[i], ends, stack);
            }
        }
        return exits.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void flood(ControlFlowGraph graph, int start, boolean[] ends, int[] stack) {
        int height = 0;
        stack[height++] = start;
        ends[start] = true;
        while (height > 0) {
            int block = stack[--height];
            for (int i = 0; i < graph.predecessorCount(block); i++) {
                int predecessor = graph.predecessor(block, i);
                if (!ends[predecessor] && graph.isReachable(predecessor)) {
                    ends[predecessor] = true;
                    stack[height++] = predecessor;
                }
            }
        }
    }

    /** The graph that the tree was made of. */
    public ControlFlowGraph graph() {
        return graph;
    }

    /** The blocks joined to the virtual exit: first those that leave the function, then one for each cycle without a way out. */
    public int[] exits() {
        return exits.clone();
    }

    /** The number that stands for the virtual exit: one more than the last block. */
    public int virtualExit() {
        return graph.size();
    }

    /** The closest block that strictly post-dominates that one; {@link #virtualExit} when only the end does; -1 for unreachable blocks. */
    public int immediatePostDominator(int block) {
        return tree.parent(block);
    }

    /** The blocks that have that one, or the virtual exit, as their immediate post-dominator, ascending; a new array. */
    public int[] children(int block) {
        return tree.children(block);
    }

    /** Whether every path from {@code b} to the end goes through {@code a}; a block post-dominates itself. Constant time. */
    public boolean postDominates(int a, int b) {
        return a == b || tree.isAncestor(a, b);
    }

    /** The closest block that post-dominates both, possibly the virtual exit; both reachable. */
    public int nearestCommonPostDominator(int a, int b) {
        return tree.commonAncestor(a, b);
    }

    /** The tree, one block a line, indented by depth, for tests and debugging. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        Arrays.stream(tree.preorder())
                .forEach(block -> text.append("  ".repeat(tree.depth(block)))
                        .append(block == virtualExit() ? "exit" : graph.block(block))
                        .append('\n'));
        return text.toString();
    }
}
