package dev.jci.ir.analysis;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The control-flow graph of a function as it was when {@link #of} was called (LangRef, "Functions", "Terminator Instructions").
 *
 * <p>Blocks have dense indices in layout order, so that side tables are arrays; the entry is 0. A terminator that names a block twice
 * gives two parallel edges, as in LLVM; {@link #distinctSuccessors} and {@link #distinctPredecessors} drop the repetitions. An
 * edit of the function does not reach the graph: compute it again after a batch of edits.
 */
public final class ControlFlowGraph {
    private final Function function;
    private final BasicBlock[] blocks;
    private final Adjacency successors;
    private final Adjacency predecessors;
    private final Adjacency distinctSuccessors;
    private final Adjacency distinctPredecessors;
    private final int[] reversePostOrder;
    private final int[] placeOf;
    private final boolean cyclic;

    /** Only needed when the blocks have been numbered anew since, maybe by another thread. */
    private volatile @Nullable IdentityHashMap<BasicBlock, Integer> indices;

    private ControlFlowGraph(Function function) {
        this.function = function;
        this.blocks = function.layout();
        for (int i = 0; i < blocks.length; i++) {
            blocks[i].setNumber(i);
        }
        this.successors = successors();
        this.predecessors = successors.reversed();
        this.distinctSuccessors = successors.withoutParallelEdges();
        this.distinctPredecessors = predecessors.withoutParallelEdges();
        this.reversePostOrder = blocks.length == 0 ? new int[0] : successors.reversePostOrder(0);
        this.placeOf = new int[blocks.length];
        Arrays.fill(placeOf, -1);
        for (int i = 0; i < reversePostOrder.length; i++) {
            placeOf[reversePostOrder[i]] = i;
        }
        this.cyclic = hasRetreatingEdge();
    }

    private boolean hasRetreatingEdge() {
        for (int from : reversePostOrder) {
            for (int edge = 0; edge < successors.degree(from); edge++) {
                if (isRetreating(from, successors.target(from, edge))) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * The graph of that function; in time of its blocks and edges.
     *
     * @param function a function whose blocks all end in a terminator; one without blocks gives an empty graph
     * @throws IllegalStateException when a block has no terminator
     * @throws IllegalArgumentException when a terminator names a block of another function
     */
    public static ControlFlowGraph of(Function function) {
        return new ControlFlowGraph(function);
    }

    /** Looks at each terminator once: in a large function none is in a cache when it is come back to. */
    private Adjacency successors() {
        int[] start = new int[blocks.length + 1];
        int[] target = new int[2 * blocks.length];
        int next = 0;
        for (int i = 0; i < blocks.length; i++) {
            Instruction end = blocks[i].terminator().asInstruction();
            for (int k = 0; k < end.operandCount(); k++) {
                if (end.operand(k) instanceof BasicBlock successor) {
                    if (next == target.length) {
                        target = Arrays.copyOf(target, 2 * next);
                    }
                    target[next++] = indexOf(successor);
                }
            }
            start[i + 1] = next;
        }
        return new Adjacency(start, Arrays.copyOf(target, next));
    }

    /** The function that the graph was made of. */
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

    /**
     * The index of that block.
     *
     * @throws IllegalArgumentException when the block was not in the function
     */
    public int indexOf(BasicBlock block) {
        int index = find(block);
        if (index < 0) {
            throw new IllegalArgumentException("block " + block + " is not in " + function);
        }
        return index;
    }

    /** Whether the function had that block when the graph was made. */
    public boolean contains(BasicBlock block) {
        return find(block) >= 0;
    }

    private int find(BasicBlock block) {
        int hint = block.number();
        if (hint >= 0 && hint < blocks.length && blocks[hint] == block) {
            return hint;
        }
        IdentityHashMap<BasicBlock, Integer> known = indices;
        if (known == null) {
            known = new IdentityHashMap<>(blocks.length * 2);
            for (int i = 0; i < blocks.length; i++) {
                known.put(blocks[i], i);
            }
            indices = known;
        }
        return known.getOrDefault(block, -1);
    }

    /** The number of edges, parallel ones included. */
    public int edgeCount() {
        return successors.edgeCount();
    }

    /** How many edges leave that block, parallel ones included. */
    public int successorCount(int block) {
        return successors.degree(block);
    }

    /** Where the given edge of that block goes, edges counted in operand order of its terminator. */
    public int successor(int block, int number) {
        return successors.target(block, number);
    }

    /** Where the edges of that block go, in operand order, a block as often as there are edges to it; a new array. */
    public int[] successors(int block) {
        return successors.targets(block);
    }

    /** The blocks that edges of that block go to, each once, in order of the first edge. */
    public List<Integer> distinctSuccessors(int block) {
        return distinctSuccessors.targetList(block);
    }

    /** Whether there are edges out of that block, and all go to the same one; without looking at all of them where they do not. */
    public boolean hasOneSuccessor(int block) {
        for (int edge = 1; edge < successors.degree(block); edge++) {
            if (successors.target(block, edge) != successors.target(block, 0)) {
                return false;
            }
        }
        return successors.degree(block) > 0;
    }

    /** Whether there are edges into that block, and all come from the same one; without looking at all of them where they do not. */
    public boolean hasOnePredecessor(int block) {
        for (int edge = 1; edge < predecessors.degree(block); edge++) {
            if (predecessors.target(block, edge) != predecessors.target(block, 0)) {
                return false;
            }
        }
        return predecessors.degree(block) > 0;
    }

    /** How many edges enter that block, parallel ones and those from unreachable blocks included. */
    public int predecessorCount(int block) {
        return predecessors.degree(block);
    }

    /** Where the given edge into that block comes from, edges counted by block and operand order. */
    public int predecessor(int block, int number) {
        return predecessors.target(block, number);
    }

    /** Where the edges into that block come from, ascending, a block as often as it has edges; a new array. */
    public int[] predecessors(int block) {
        return predecessors.targets(block);
    }

    /** The blocks that have an edge to that block, each once, ascending. */
    public List<Integer> distinctPredecessors(int block) {
        return distinctPredecessors.targetList(block);
    }

    /** The given edge of that block. */
    public Edge edge(int block, int number) {
        return new Edge(edgeIndex(block, number), block, number, successor(block, number));
    }

    /** The dense number of an edge, for side tables: edges are numbered by block, then by operand order. */
    public int edgeIndex(int block, int number) {
        return successors.edgeIndex(block, number);
    }

    /** Whether control can reach the block from the entry. */
    public boolean isReachable(int block) {
        return placeOf[block] >= 0;
    }

    /** The reachable blocks so that each, back edges aside, stands behind its predecessors; a new array. */
    public int[] reversePostOrder() {
        return reversePostOrder.clone();
    }

    /** The number of blocks that control can reach from the entry. */
    public int reachableCount() {
        return reversePostOrder.length;
    }

    /** The block at a place in {@link #reversePostOrder}; the entry is at 0. */
    public int inOrder(int place) {
        return reversePostOrder[place];
    }

    /** The place of the block in {@link #reversePostOrder}, -1 for an unreachable one. */
    public int placeOf(int block) {
        return placeOf[block];
    }

    /** Whether control can come back to a block where it has been. */
    public boolean isCyclic() {
        return cyclic;
    }

    /** Whether an edge between these blocks closes a cycle of the depth-first search: it does not go forward in the order. */
    public boolean isRetreating(int from, int to) {
        return isReachable(from) && placeOf[to] <= placeOf[from];
    }

    Adjacency successorTable() {
        return successors;
    }

    Adjacency predecessorTable() {
        return predecessors;
    }
}
