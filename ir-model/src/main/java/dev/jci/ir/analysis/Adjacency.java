package dev.jci.ir.analysis;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/** A directed graph over the nodes 0 to n-1 in two arrays: the edges of a node stand next to each other. */
final class Adjacency {
    private final int[] start;
    private final int[] target;

    /**
     * @param start for each node where its edges begin in {@code target}, and the number of edges at the end
     * @param target where each edge goes
     */
    Adjacency(int[] start, int[] target) {
        this.start = start;
        this.target = target;
    }

    /**
     * The graph with that edge from {@code from[i]} to {@code to[i]} for each i, but for those that come from -1; edges of a node keep their
     * order.
     */
    static Adjacency ofEdges(int nodes, int[] from, int[] to) {
        int[] start = new int[nodes + 1];
        for (int node : from) {
            if (node >= 0) {
                start[node + 1]++;
            }
        }
        for (int i = 0; i < nodes; i++) {
            start[i + 1] += start[i];
        }
        int[] fill = start.clone();
        int[] target = new int[start[nodes]];
        for (int i = 0; i < from.length; i++) {
            if (from[i] >= 0) {
                target[fill[from[i]]++] = to[i];
            }
        }
        return new Adjacency(start, target);
    }

    /** The graph with an edge to each node from its parent; -1 stands for no parent. */
    static Adjacency ofParents(int[] parent) {
        int[] nodes = new int[parent.length];
        Arrays.setAll(nodes, node -> node);
        return ofEdges(parent.length, parent, nodes);
    }

    int nodeCount() {
        return start.length - 1;
    }

    int edgeCount() {
        return target.length;
    }

    int degree(int node) {
        return start[node + 1] - start[node];
    }

    int target(int node, int number) {
        return target[start[node] + number];
    }

    int[] targets(int node) {
        return Arrays.copyOfRange(target, start[node], start[node + 1]);
    }

    /** Where the edges of a node go, as a list that is made of the table when it is read. */
    List<Integer> targetList(int node) {
        return new TargetList(target, start[node], degree(node));
    }

    /** The same graph with one edge for those from one node to another one, the first of them. */
    Adjacency withoutParallelEdges() {
        int[] begin = new int[start.length];
        int[] kept = new int[target.length];
        int[] lastSource = new int[nodeCount()];
        Arrays.fill(lastSource, -1);
        int next = 0;
        for (int node = 0; node < nodeCount(); node++) {
            for (int edge = start[node]; edge < start[node + 1]; edge++) {
                if (lastSource[target[edge]] != node) {
                    lastSource[target[edge]] = node;
                    kept[next++] = target[edge];
                }
            }
            begin[node + 1] = next;
        }
        return next == target.length ? this : new Adjacency(begin, Arrays.copyOf(kept, next));
    }

    int edgeIndex(int node, int number) {
        return start[node] + number;
    }

    Adjacency reversed() {
        int[] from = new int[target.length];
        for (int node = 0; node < nodeCount(); node++) {
            Arrays.fill(from, start[node], start[node + 1], node);
        }
        return ofEdges(nodeCount(), target, from);
    }

    /** The nodes that the root reaches, in reverse post-order of a depth-first search that takes edges in order. */
    int[] reversePostOrder(int root) {
        int[] order = new int[nodeCount()];
        int place = order.length;
        int[] stack = new int[nodeCount()];
        int[] at = new int[nodeCount()];
        boolean[] seen = new boolean[nodeCount()];
        int depth = 0;
        stack[depth++] = root;
        seen[root] = true;
        while (depth > 0) {
            int node = stack[depth - 1];
            if (at[node] == degree(node)) {
                depth--;
                order[--place] = node;
                continue;
            }
            int next = target(node, at[node]++);
            if (!seen[next]) {
                seen[next] = true;
                stack[depth++] = next;
            }
        }
        return Arrays.copyOfRange(order, place, order.length);
    }

    /**
     * The strongly connected components, each ascending, a component behind all those that it reaches (Tarjan 1972, with a stack of its
     * own instead of recursion).
     */
    List<int[]> components() {
        int n = nodeCount();
        List<int[]> components = new ArrayList<>();
        int[] number = new int[n];
        int[] low = new int[n];
        int[] at = new int[n];
        int[] path = new int[n];
        int[] open = new int[n];
        boolean[] isOpen = new boolean[n];
        int openCount = 0;
        int next = 0;
        for (int root = 0; root < n; root++) {
            int depth = 0;
            if (number[root] == 0) {
                path[depth++] = root;
            }
            while (depth > 0) {
                int node = path[depth - 1];
                if (number[node] == 0) {
                    number[node] = low[node] = ++next;
                    open[openCount++] = node;
                    isOpen[node] = true;
                }
                if (at[node] < degree(node)) {
                    int other = target(node, at[node]++);
                    if (number[other] == 0) {
                        path[depth++] = other;
                    } else if (isOpen[other]) {
                        low[node] = Math.min(low[node], number[other]);
                    }
                    continue;
                }
                depth--;
                if (depth > 0) {
                    low[path[depth - 1]] = Math.min(low[path[depth - 1]], low[node]);
                }
                if (low[node] == number[node]) {
                    int bottom = openCount;
                    do {
                        isOpen[open[--bottom]] = false;
                    } while (open[bottom] != node);
                    int[] component = Arrays.copyOfRange(open, bottom, openCount);
                    Arrays.sort(component);
                    components.add(component);
                    openCount = bottom;
                }
            }
        }
        return components;
    }

    /** A range of the table. */
    private static final class TargetList extends AbstractList<Integer> implements RandomAccess {
        private final int[] target;
        private final int from;
        private final int size;

        TargetList(int[] target, int from, int size) {
            this.target = target;
            this.from = from;
            this.size = size;
        }

        @Override
        public Integer get(int index) {
            if (index < 0 || index >= size) {
                throw new IndexOutOfBoundsException(index);
            }
            return target[from + index];
        }

        @Override
        public int size() {
            return size;
        }
    }
}
