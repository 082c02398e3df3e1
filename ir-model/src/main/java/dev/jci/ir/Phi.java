package dev.jci.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code phi i32 [ 0, %entry ], [ %next, %loop ]} (LangRef, "phi"). */
public final class Phi extends Instruction {
    private Flags flags;
    // The last edge that was given another block: the predecessors of a block are mostly changed in order, and a phi
    // may have many.
    private int lastReplaced;

    /**
     * @param type the type of the value
     * @param flags the fast-math flags
     */
    public Phi(Type type, Flags flags) {
        super(type);
        this.flags = flags;
    }

    /** The flag words. */
    public Flags flags() {
        return flags;
    }

    /** Changes: the flag words. */
    public void setFlags(Flags flags) {
        this.flags = flags;
    }

    /** The number of incoming edges. */
    public int incomingCount() {
        return operandCount() / 2;
    }

    /** The value that comes in over an edge. */
    public Value incomingValue(int index) {
        return operand(2 * index);
    }

    /** The block that an edge comes from. */
    public BasicBlock incomingBlock(int index) {
        return (BasicBlock) operand(2 * index + 1);
    }

    /** The value that comes in from a block, null when there is no edge from it. */
    public @Nullable Value incomingFrom(BasicBlock block) {
        for (int i = 0; i < incomingCount(); i++) {
            if (incomingBlock(i) == block) {
                return incomingValue(i);
            }
        }
        return null;
    }

    /** Adds an edge. */
    public void addIncoming(Value value, BasicBlock block) {
        Value[] old = operandArray();
        Value[] grown = Arrays.copyOf(old, old.length + 2);
        grown[old.length] = value;
        grown[old.length + 1] = block;
        setOperands(grown);
    }

    /** Sets all edges at once; the array alternates values and blocks and is kept. */
    public void setIncoming(Value[] valuesAndBlocks) {
        setOperands(valuesAndBlocks);
    }

    /** Drops all edges from a block. */
    public void removeIncoming(BasicBlock block) {
        List<Value> kept = new ArrayList<>();
        for (int i = 0; i < incomingCount(); i++) {
            if (incomingBlock(i) != block) {
                kept.add(incomingValue(i));
                kept.add(incomingBlock(i));
            }
        }
        setOperands(kept.toArray(Value[]::new));
    }

    /**
     * Replaces the block of edges.
     *
     * @param most how many edges there are at most from the block that is replaced
     */
    void replaceIncoming(BasicBlock from, BasicBlock to, int most) {
        int start = lastReplaced;
        int left = most;
        for (int away = 0; left > 0 && (away <= start || start + away < incomingCount()); away++) {
            left -= replaceIncomingAt(start + away, from, to);
            left -= away == 0 ? 0 : replaceIncomingAt(start - away, from, to);
        }
    }

    private int replaceIncomingAt(int index, BasicBlock from, BasicBlock to) {
        if (index < 0 || index >= incomingCount() || incomingBlock(index) != from) {
            return 0;
        }
        setOperand(2 * index + 1, to);
        lastReplaced = index;
        return 1;
    }

    /** Replaces all edges from one block by a single edge from another. */
    void mergeIncoming(BasicBlock from, BasicBlock to) {
        Value value = incomingFrom(from);
        if (value != null) {
            removeIncoming(from);
            addIncoming(value, to);
        }
    }

    @Override
    public String opcode() {
        return "phi";
    }
}
