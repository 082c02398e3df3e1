package dev.jci.ir.analysis;

import java.util.Arrays;

/**
 * Immediate dominators of a flow graph: the algorithm of Lengauer and Tarjan (1979) in its simple form, with path compression, in
 * O(E log V) on every graph; both recursions of the original are loops here.
 */
final class ImmediateDominators {
    private final Adjacency successors;
    private final Adjacency predecessors;
    private final int[] number;
    private final int[] vertex;
    private final int[] parent;
    private final int[] semi;
    private final int[] ancestor;
    private final int[] label;
    private final int[] path;
    private int count;

    private ImmediateDominators(Adjacency successors, Adjacency predecessors) {
        int n = successors.nodeCount();
        this.successors = successors;
        this.predecessors = predecessors;
        this.number = filled(n);
        this.vertex = new int[n];
        this.parent = filled(n);
        this.semi = new int[n];
        this.ancestor = filled(n);
        this.label = new int[n];
        this.path = new int[n];
    }

    /** For each node its immediate dominator; -1 for the root and for nodes that the root does not reach. */
    static int[] of(Adjacency successors, Adjacency predecessors, int root) {
        ImmediateDominators solver = new ImmediateDominators(successors, predecessors);
        solver.numberFrom(root);
        return solver.solve();
    }

    private static int[] filled(int n) {
        int[] array = new int[n];
        Arrays.fill(array, -1);
        return array;
    }

    /** Numbers the nodes in preorder of a depth-first search; all later work is on these numbers. */
    private void numberFrom(int root) {
        int[] at = new int[number.length];
        int[] stack = new int[number.length];
        int depth = 0;
        stack[depth++] = root;
        number[root] = 0;
        vertex[count++] = root;
        while (depth > 0) {
            int node = stack[depth - 1];
            if (at[node] == successors.degree(node)) {
                depth--;
                continue;
            }
            int next = successors.target(node, at[node]++);
            if (number[next] < 0) {
                number[next] = count;
                parent[count] = number[node];
                vertex[count++] = next;
                stack[depth++] = next;
            }
        }
    }

    private int[] solve() {
        int[] dominator = filled(count);
        int[] bucket = filled(count);
        int[] bucketNext = filled(count);
        for (int v = 0; v < count; v++) {
            semi[v] = v;
            label[v] = v;
        }
        for (int w = count - 1; w > 0; w--) {
            int node = vertex[w];
            for (int i = 0; i < predecessors.degree(node); i++) {
                int v = number[predecessors.target(node, i)];
                if (v >= 0) {
                    semi[w] = Math.min(semi[w], semi[evaluate(v)]);
                }
            }
            bucketNext[w] = bucket[semi[w]];
            bucket[semi[w]] = w;
            ancestor[w] = parent[w];
            int p = parent[w];
            for (int v = bucket[p]; v >= 0; v = bucketNext[v]) {
                int u = evaluate(v);
                dominator[v] = semi[u] < semi[v] ? u : p;
            }
            bucket[p] = -1;
        }
        int[] result = filled(number.length);
        for (int w = 1; w < count; w++) {
            if (dominator[w] != semi[w]) {
                dominator[w] = dominator[dominator[w]];
            }
            result[vertex[w]] = vertex[dominator[w]];
        }
        return result;
    }

    /** The node of least semidominator on the forest path above v, v included, the root of the tree excluded. */
    private int evaluate(int v) {
        if (ancestor[v] < 0) {
            return label[v];
        }
        int length = 0;
        for (int at = v; ancestor[ancestor[at]] >= 0; at = ancestor[at]) {
            path[length++] = at;
        }
        while (length > 0) {
            int at = path[--length];
            int above = ancestor[at];
            if (semi[label[above]] < semi[label[at]]) {
                label[at] = label[above];
            }
            ancestor[at] = ancestor[above];
        }
        return label[v];
    }
}
