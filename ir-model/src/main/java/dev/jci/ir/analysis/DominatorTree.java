package dev.jci.ir.analysis;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Instruction;
import java.util.Arrays;
import java.util.BitSet;
import java.util.PriorityQueue;

/**
 * The dominator tree of a control-flow graph: a block dominates another one when every path from the entry to that one goes through
 * it (LangRef, "Well-Formedness"; Lengauer and Tarjan 1979).
 *
 * <p>As in LLVM an unreachable block is dominated by every block, and dominates only unreachable ones.
 */
public final class DominatorTree {
    private final ControlFlowGraph graph;
    private final TreeNumbering tree;

    private DominatorTree(ControlFlowGraph graph) {
        this.graph = graph;
        if (graph.size() == 0) {
            this.tree = new TreeNumbering(new int[0]);
        } else {
            int[] parent = ImmediateDominators.of(graph.successorTable(), graph.predecessorTable(), 0);
            this.tree = new TreeNumbering(parent, 0);
        }
    }

    /** The dominator tree of that graph, in O(E log V). */
    public static DominatorTree of(ControlFlowGraph graph) {
        return new DominatorTree(graph);
    }

    /** The graph that the tree was made of. */
    public ControlFlowGraph graph() {
        return graph;
    }

    /** The closest block that strictly dominates that one; -1 for the entry and for unreachable blocks. */
    public int immediateDominator(int block) {
        return tree.parent(block);
    }

    /** The blocks that have that one as their immediate dominator, ascending; a new array. */
    public int[] children(int block) {
        return tree.children(block);
    }

    /** How many blocks strictly dominate that one; 0 for the entry and for unreachable blocks. */
    public int depth(int block) {
        return tree.depth(block);
    }

    /** The reachable blocks, each behind its immediate dominator; a new array. */
    public int[] preorder() {
        return tree.preorder().clone();
    }

    /** The blocks that the given one dominates, itself first, each behind its immediate dominator; empty for an unreachable one. */
    public int[] dominated(int block) {
        return tree.subtree(block);
    }

    /** Whether every path from the entry to {@code b} goes through {@code a}; a block dominates itself. Constant time. */
    public boolean dominates(int a, int b) {
        return a == b || !tree.contains(b) || tree.isAncestor(a, b);
    }

    /** {@link #dominates(int, int)} between different blocks. */
    public boolean strictlyDominates(int a, int b) {
        return a != b && dominates(a, b);
    }

    /** {@link #dominates(int, int)} by block instead of by index. */
    public boolean dominates(BasicBlock a, BasicBlock b) {
        return dominates(graph.indexOf(a), graph.indexOf(b));
    }

    /**
     * Whether the edge dominates the block: every path to the block takes this very edge. False for an edge that has a parallel one.
     */
    public boolean dominates(Edge edge, int block) {
        if (!tree.contains(block)) {
            return true;
        }
        if (!dominates(edge.to(), block)) {
            return false;
        }
        int entering = 0;
        for (int i = 0; i < graph.predecessorCount(edge.to()); i++) {
            int predecessor = graph.predecessor(edge.to(), i);
            if (predecessor == edge.from()) {
                entering++;
            } else if (!dominates(edge.to(), predecessor)) {
                return false;
            }
        }
        return entering == 1;
    }

    /**
     * Whether the first instruction runs before the second on every path to the second; both in blocks of the graph. Takes time in
     * the distance when they share a block. An instruction does not dominate itself.
     */
    public boolean dominates(Instruction a, Instruction b) {
        BasicBlock blockOfA = a.parent();
        BasicBlock blockOfB = b.parent();
        if (blockOfA == null || blockOfB == null) {
            throw new IllegalArgumentException("the instruction is in no block");
        }
        if (blockOfA != blockOfB) {
            return dominates(blockOfA, blockOfB);
        }
        Instruction at = a.next();
        while (at != null && at != b) {
            at = at.next();
        }
        return at == b;
    }

    /** The deepest block that dominates both; both reachable. */
    public int nearestCommonDominator(int a, int b) {
        return tree.commonAncestor(a, b);
    }

    /**
     * The dominance frontier: the blocks that the given one does not strictly dominate, but a predecessor of which it dominates; ascending
     * (Cytron and others 1991). Takes time in the dominated blocks.
     */
    public int[] dominanceFrontier(int block) {
        BitSet frontier = new BitSet();
        for (int below : tree.subtree(block)) {
            for (int i = 0; i < graph.successorCount(below); i++) {
                int successor = graph.successor(below, i);
                if (!strictlyDominates(block, successor)) {
                    frontier.set(successor);
                }
            }
        }
        return frontier.stream().toArray();
    }

    /**
     * The iterated dominance frontier: where phis are needed for a value that is defined in each of the given blocks; ascending
     * (Sreedhar and Gao 1995). Each block is looked at once, whatever the number of definitions.
     */
    public int[] iteratedDominanceFrontier(int... definitions) {
        BitSet frontier = new BitSet();
        BitSet visited = new BitSet();
        BitSet isDefinition = new BitSet();
        PriorityQueue<Long> deepestFirst = new PriorityQueue<>();
        for (int definition : definitions) {
            if (tree.contains(definition) && !isDefinition.get(definition)) {
                isDefinition.set(definition);
                deepestFirst.add(key(definition));
            }
        }
        int[] stack = new int[graph.size()];
        while (!deepestFirst.isEmpty()) {
            int root = (int) (deepestFirst.remove() & 0xffffffffL);
            int height = 0;
            stack[height++] = root;
            visited.set(root);
            while (height > 0) {
                int node = stack[--height];
                for (int i = 0; i < graph.successorCount(node); i++) {
                    int successor = graph.successor(node, i);
                    boolean crosses = tree.parent(successor) != node && depth(successor) <= depth(root);
                    if (crosses && !frontier.get(successor)) {
                        frontier.set(successor);
                        if (!isDefinition.get(successor)) {
                            deepestFirst.add(key(successor));
                        }
                    }
                }
                for (int child : tree.children(node)) {
                    if (!visited.get(child)) {
                        visited.set(child);
                        stack[height++] = child;
                    }
                }
            }
        }
        return frontier.stream().toArray();
    }

    /** Orders deeper blocks first, then by index. */
    private long key(int block) {
        return ((long) (graph.size() - depth(block)) << 32) | block;
    }

    /** The tree, one block a line, indented by depth, for tests and debugging. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        Arrays.stream(tree.preorder())
                .forEach(block -> text.append("  ".repeat(depth(block)))
                        .append(graph.block(block))
                        .append('\n'));
        return text.toString();
    }
}
