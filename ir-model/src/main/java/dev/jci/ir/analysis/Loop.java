package dev.jci.ir.analysis;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.IndirectBr;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A natural loop (LLVM, "LLVM Loop Terminology"): a header that dominates all of it, and the blocks that reach an edge back to the header
 * without passing through it. Loops with one header are one loop. Blocks are indices of the {@link ControlFlowGraph}.
 */
public final class Loop {
    private final LoopForest forest;
    private final int index;
    private final int header;
    private final @Nullable Loop parent;
    private final int depth;
    private final int first;
    private final int end;
    final List<Loop> children = new ArrayList<>();

    Loop(LoopForest forest, int index, int header, @Nullable Loop parent, int first, int end) {
        this.forest = forest;
        this.index = index;
        this.header = header;
        this.parent = parent;
        this.depth = parent == null ? 1 : parent.depth + 1;
        this.first = first;
        this.end = end;
    }

    /** The forest of the loop. */
    public LoopForest forest() {
        return forest;
    }

    /** The dense number of the loop in {@link LoopForest#loops}. */
    public int index() {
        return index;
    }

    /** The block through which control enters the loop. */
    public int header() {
        return header;
    }

    /** The header as a block. */
    public BasicBlock headerBlock() {
        return forest.graph().block(header);
    }

    /** The innermost loop around this one, null for a top-level loop. */
    public @Nullable Loop parent() {
        return parent;
    }

    /** The loops directly inside this one, by header in reverse post-order; immutable. */
    public List<Loop> children() {
        return List.copyOf(children);
    }

    /** Whether no loop is inside this one. */
    public boolean isInnermost() {
        return children.isEmpty();
    }

    /** How many loops the header is in: 1 for a top-level loop. */
    public int depth() {
        return depth;
    }

    /** The number of blocks, those of inner loops included. */
    public int blockCount() {
        return end - first;
    }

    /** The blocks in reverse post-order, the header first, those of inner loops included. */
    public List<Integer> blocks() {
        int[] range = forest.range(first, end);
        List<Integer> blocks = new ArrayList<>(range.length);
        for (int block : range) {
            blocks.add(block);
        }
        return Collections.unmodifiableList(blocks);
    }

    /** Whether the block is in the loop or in a loop inside it. Constant time. */
    public boolean contains(int block) {
        int place = forest.place(block);
        return place >= first && place < end;
    }

    /** The blocks of the loop with an edge to the header, ascending, each once. */
    public List<Integer> latches() {
        List<Integer> latches = new ArrayList<>();
        for (int block : forest.graph().distinctPredecessors(header)) {
            if (contains(block)) {
                latches.add(block);
            }
        }
        return Collections.unmodifiableList(latches);
    }

    /** The latch, when there is exactly one. */
    public OptionalInt latch() {
        List<Integer> latches = latches();
        return latches.size() == 1 ? OptionalInt.of(latches.getFirst()) : OptionalInt.empty();
    }

    /** The reachable blocks outside the loop with an edge to the header, ascending, each once. */
    public List<Integer> entering() {
        ControlFlowGraph graph = forest.graph();
        List<Integer> entering = new ArrayList<>();
        for (int block : graph.distinctPredecessors(header)) {
            if (!contains(block) && graph.isReachable(block)) {
                entering.add(block);
            }
        }
        return Collections.unmodifiableList(entering);
    }

    /** The blocks outside the loop with an edge to the header, unreachable ones included, ascending, each once. */
    public List<Integer> outsidePredecessors() {
        return forest.graph().distinctPredecessors(header).stream()
                .filter(block -> !contains(block))
                .toList();
    }

    /** The only block outside the loop with an edge to the header, when there is exactly one. */
    public OptionalInt loopPredecessor() {
        List<Integer> entering = entering();
        return entering.size() == 1 ? OptionalInt.of(entering.getFirst()) : OptionalInt.empty();
    }

    /**
     * The preheader: the only block outside with an edge to the header, if the header is its only successor and code may stand before its
     * terminator's jump.
     */
    public OptionalInt preheader() {
        ControlFlowGraph graph = forest.graph();
        List<Integer> entering = entering();
        boolean isPreheader = entering.size() == 1
                && graph.successorCount(entering.getFirst()) == 1
                && !(graph.block(entering.getFirst()).last() instanceof IndirectBr);
        return isPreheader ? OptionalInt.of(entering.getFirst()) : OptionalInt.empty();
    }

    /** The blocks of the loop with an edge out of it, in reverse post-order. */
    public List<Integer> exitingBlocks() {
        List<Integer> exiting = new ArrayList<>();
        for (int block : forest.range(first, end)) {
            if (leaves(block)) {
                exiting.add(block);
            }
        }
        return Collections.unmodifiableList(exiting);
    }

    /** How many blocks of the loop have an edge out of it. */
    public int exitingBlockCount() {
        return forest.exitingBlocks(this);
    }

    /** Whether a block has an edge out of the loop. */
    boolean leaves(int block) {
        ControlFlowGraph graph = forest.graph();
        for (int edge = 0; edge < graph.successorCount(block); edge++) {
            if (!contains(graph.successor(block, edge))) {
                return true;
            }
        }
        return false;
    }

    /** The edges out of the loop, by exiting block in reverse post-order, then in operand order. */
    public List<Edge> exitEdges() {
        ControlFlowGraph graph = forest.graph();
        List<Edge> edges = new ArrayList<>();
        for (int block : blocks()) {
            for (int i = 0; i < graph.successorCount(block); i++) {
                if (!contains(graph.successor(block, i))) {
                    edges.add(graph.edge(block, i));
                }
            }
        }
        return edges;
    }

    /** The blocks outside the loop that an edge of the loop enters, each once, in order of the first such edge. */
    public List<Integer> exitBlocks() {
        return exitEdges().stream().map(Edge::to).distinct().toList();
    }

    /** Whether only blocks of the loop have edges to its exit blocks. */
    public boolean hasDedicatedExits() {
        for (int exit : exitBlocks()) {
            for (int predecessor : forest.graph().predecessors(exit)) {
                if (!contains(predecessor)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether this loop is the other one or inside it. */
    public boolean isInside(Loop other) {
        return other.contains(header);
    }

    /** Whether some block of the loop is in an irreducible region inside it or around it. */
    public boolean touchesIrreducible() {
        return forest.touchesIrreducible(this);
    }

    /** The loop as in {@code loop %header (depth 2, 5 blocks)}. */
    @Override
    public String toString() {
        return "loop " + headerBlock() + " (depth " + depth + ", " + blockCount() + " blocks)";
    }
}
