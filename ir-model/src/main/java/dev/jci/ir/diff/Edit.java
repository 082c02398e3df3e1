package dev.jci.ir.diff;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.DebugRecord;
import dev.jci.ir.Instruction;
import org.jspecify.annotations.Nullable;

/**
 * A line of a body that is only in one of two functions.
 *
 * @param isRemoval whether it is only in the first function; else it is only in the second
 * @param block the block that the line is in
 * @param instruction the instruction, or the one that the debug record stands before; null for the label of the block
 * @param debugRecord the debug record, null when the line is none
 */
public record Edit(
        boolean isRemoval,
        BasicBlock block,
        @Nullable Instruction instruction,
        @Nullable DebugRecord debugRecord) {
    /** Where the line stands in the source, an offset; -1 when unknown. */
    public int position() {
        if (debugRecord != null) {
            return debugRecord.position();
        }
        return instruction == null ? block.position() : instruction.position();
    }

    @Override
    public String toString() {
        if (debugRecord != null) {
            return "#dbg_" + debugRecord.kind();
        }
        return instruction == null ? block + ":" : instruction.toString();
    }
}
