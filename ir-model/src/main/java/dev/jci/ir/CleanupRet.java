package dev.jci.ir;

import org.jspecify.annotations.Nullable;

/** {@code cleanupret from %pad unwind to caller} (LangRef, "cleanupret"). */
public final class CleanupRet extends Instruction implements Terminator {

    /**
     * @param pad the cleanup pad that is left
     * @param unwindDestination where unwinding goes on; null for the caller
     */
    public CleanupRet(Value pad, @Nullable BasicBlock unwindDestination) {
        super(SpecialType.VOID, unwindDestination == null ? new Value[] {pad} : new Value[] {pad, unwindDestination});
    }

    /** The cleanup pad that is left. */
    public Value pad() {
        return operand(0);
    }

    /** Where unwinding goes on; null for the caller. */
    public @Nullable BasicBlock unwindDestination() {
        return operandCount() == 2 ? (BasicBlock) operand(1) : null;
    }

    @Override
    public Instruction asInstruction() {
        return this;
    }

    @Override
    public String opcode() {
        return "cleanupret";
    }
}
