package dev.jci.ir.analysis;

import java.util.List;

/**
 * A cycle of blocks that control can enter at more than one of them, so that none dominates the others.
 *
 * @param blocks the blocks of the cycle, ascending
 * @param entries those of them that have a predecessor outside the cycle, ascending
 * @param retreatingEdges the edges that a depth-first search finds to close it; without them, and without the back edges of natural
 *     loops, the blocks have no cycle
 */
public record IrreducibleRegion(List<Integer> blocks, List<Integer> entries, List<Edge> retreatingEdges) {
    /** Copies the lists. */
    public IrreducibleRegion {
        blocks = List.copyOf(blocks);
        entries = List.copyOf(entries);
        retreatingEdges = List.copyOf(retreatingEdges);
    }
}
