package dev.jci.ir;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code %cs = catchswitch within none [label %handler] unwind to caller} (LangRef, "catchswitch"). */
public final class CatchSwitch extends Instruction implements Terminator, ExceptionPad {
    private final boolean unwindsToBlock;

    /**
     * @param parentPad the pad it stands in, or token {@code none}
     * @param handlers the blocks that begin with a {@code catchpad}
     * @param unwindDestination where unwinding goes on; null for the caller
     */
    public CatchSwitch(Value parentPad, List<BasicBlock> handlers, @Nullable BasicBlock unwindDestination) {
        super(SpecialType.TOKEN, operands(parentPad, handlers, unwindDestination));
        this.unwindsToBlock = unwindDestination != null;
    }

    /** The pad it stands in, or token {@code none}. */
    public Value parentPad() {
        return operand(0);
    }

    /** Whether there is an unwind destination rather than {@code unwind to caller}. */
    public boolean unwindsToBlock() {
        return unwindsToBlock;
    }

    /** Where unwinding goes on when no handler takes it; null for the caller. */
    public @Nullable BasicBlock unwindDestination() {
        return unwindsToBlock ? (BasicBlock) operand(operandCount() - 1) : null;
    }

    /** The handlers in order. */
    public List<BasicBlock> handlers() {
        List<BasicBlock> all = successors();
        return unwindsToBlock ? all.subList(0, all.size() - 1) : all;
    }

    private static Value[] operands(
            Value parentPad, List<BasicBlock> handlers, @Nullable BasicBlock unwindDestination) {
        List<Value> operands = new ArrayList<>();
        operands.add(parentPad);
        operands.addAll(handlers);
        if (unwindDestination != null) {
            operands.add(unwindDestination);
        }
        return operands.toArray(Value[]::new);
    }

    @Override
    public Instruction asInstruction() {
        return this;
    }

    @Override
    public String opcode() {
        return "catchswitch";
    }
}
