package dev.jci.ir.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A natural loop: a header that dominates all blocks of the loop, and the blocks from which the header is reached again without leaving
 * the header's domain (LLVM, "LoopTerminology").
 */
public final class Loop {
    private final int header;
    private final List<Integer> latches;
    private final List<Integer> blocks;

    @Nullable
    Loop parent;

    private int depth = 1;

    Loop(int header, List<Integer> latches, List<Integer> blocks) {
        this.header = header;
        this.latches = List.copyOf(latches);
        this.blocks = List.copyOf(blocks);
    }

    void setDepth(int depth) {
        this.depth = depth;
    }

    /** The block that the loop is entered by. */
    public int header() {
        return header;
    }

    /** The blocks with an edge back to the header. */
    public List<Integer> latches() {
        return latches;
    }

    /** All blocks of the loop, those of inner loops included, in layout order. */
    public List<Integer> blocks() {
        return blocks;
    }

    /** The loop that this one is in, null for an outermost one. */
    public @Nullable Loop parent() {
        return parent;
    }

    /** 1 for an outermost loop, one more for each loop around it. */
    public int depth() {
        return depth;
    }

    /** Whether this loop is the other one or inside it. */
    public boolean isInside(Loop other) {
        for (Loop at = this; at != null; at = at.parent) {
            if (at == other) {
                return true;
            }
        }
        return false;
    }
}
