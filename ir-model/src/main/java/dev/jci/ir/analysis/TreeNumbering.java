package dev.jci.ir.analysis;

import java.util.Arrays;

/** A forest given by parents, numbered by a depth-first walk, so that ancestry is two comparisons. */
final class TreeNumbering {
    private final Adjacency children;
    private final int[] parent;
    private final int[] enter;
    private final int[] leave;
    private final int[] depth;
    private final int[] preorder;

    /**
     * @param parent for each node its parent, -1 for none
     * @param roots the nodes to walk from; who is not below one of them is not in the forest
     */
    TreeNumbering(int[] parent, int... roots) {
        this.parent = parent;
        this.children = Adjacency.ofParents(parent);
        this.enter = new int[parent.length];
        this.leave = new int[parent.length];
        this.depth = new int[parent.length];
        Arrays.fill(enter, -1);
        int[] order = new int[parent.length];
        int clock = 0;
        int[] stack = new int[parent.length];
        int[] at = new int[parent.length];
        for (int root : roots) {
            int height = 0;
            stack[height++] = root;
            enter[root] = clock;
            order[clock++] = root;
            while (height > 0) {
                int node = stack[height - 1];
                if (at[node] == children.degree(node)) {
                    leave[node] = clock;
                    height--;
                    continue;
                }
                int child = children.target(node, at[node]++);
                depth[child] = depth[node] + 1;
                enter[child] = clock;
                order[clock++] = child;
                stack[height++] = child;
            }
        }
        this.preorder = clock == order.length ? order : Arrays.copyOf(order, clock);
    }

    boolean contains(int node) {
        return enter[node] >= 0;
    }

    /** Whether a is b or above it; false when one of them is not in the forest. */
    boolean isAncestor(int a, int b) {
        return enter[a] >= 0 && enter[a] <= enter[b] && enter[b] < leave[a];
    }

    int parent(int node) {
        return parent[node];
    }

    int depth(int node) {
        return depth[node];
    }

    int[] children(int node) {
        return children.targets(node);
    }

    int[] preorder() {
        return preorder;
    }

    /** The nodes below and including that one. */
    int[] subtree(int node) {
        return enter[node] < 0 ? new int[0] : Arrays.copyOfRange(preorder, enter[node], leave[node]);
    }

    /** The deepest common ancestor of two nodes of one tree. */
    int commonAncestor(int a, int b) {
        int at = a;
        while (!isAncestor(at, b)) {
            at = parent[at];
        }
        return at;
    }
}
