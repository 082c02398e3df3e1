package dev.jci.ir;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Consumer;

/**
 * Who uses what inside one function, computed once. Edits made through the index keep it right; others do not. Uses inside metadata
 * operands and debug records are found too.
 */
public final class UseIndex {
    private final IdentityHashMap<Value, List<Use>> uses = new IdentityHashMap<>();

    private UseIndex() {}

    /** The uses of all values inside a function as it is now. */
    public static UseIndex of(Function function) {
        UseIndex index = new UseIndex();
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                index.add(instruction);
            }
        }
        return index;
    }

    /** Adds the uses that an instruction makes, for one that was inserted after the index was made. */
    public void add(Instruction instruction) {
        for (int i = 0; i < instruction.operandCount(); i++) {
            Value operand = instruction.operand(i);
            Use use = new Use(instruction, i);
            if (operand instanceof MetadataAsValue wrapper) {
                MetadataValues.forEach(wrapper.metadata(), value -> note(value, use));
            } else {
                note(operand, use);
            }
        }
        for (DebugRecord record : instruction.debugRecords()) {
            for (Metadata operand : record.operands()) {
                MetadataValues.forEach(operand, value -> note(value, new Use(instruction, -1)));
            }
        }
    }

    /** Hands over each value that an instruction uses, also inside metadata operands and debug records. */
    public static void forEachUsed(Instruction instruction, Consumer<Value> consumer) {
        for (int i = 0; i < instruction.operandCount(); i++) {
            Value operand = instruction.operand(i);
            if (operand instanceof MetadataAsValue wrapper) {
                MetadataValues.forEach(wrapper.metadata(), consumer);
            } else {
                consumer.accept(operand);
            }
        }
        for (DebugRecord record : instruction.debugRecords()) {
            for (Metadata operand : record.operands()) {
                MetadataValues.forEach(operand, consumer);
            }
        }
    }

    private void note(Value value, Use use) {
        uses.computeIfAbsent(value, key -> new ArrayList<>(2)).add(use);
    }

    /** The uses of a value, in order of appearance. */
    public List<Use> uses(Value value) {
        return List.copyOf(uses.getOrDefault(value, List.of()));
    }

    /** Whether the value is used at all. */
    public boolean isUsed(Value value) {
        return !uses.getOrDefault(value, List.of()).isEmpty();
    }

    /** Makes all users of one value use another instead; in time of the uses. */
    public void replaceAllUses(Value from, Value to) {
        List<Use> moved = uses.remove(from);
        if (moved == null || from == to) {
            return;
        }
        moved.forEach(use -> replace(use, from, to));
        uses.computeIfAbsent(to, key -> new ArrayList<>(moved.size())).addAll(moved);
    }

    /** Makes one user use another value instead; other uses stay. */
    public void replaceUse(Use use, Value from, Value to) {
        replace(use, from, to);
        uses.getOrDefault(from, new ArrayList<>()).remove(use);
        note(to, use);
    }

    private static void replace(Use use, Value from, Value to) {
        Instruction user = use.user();
        if (use.index() >= 0) {
            user.setOperand(use.index(), MetadataValues.replace(user.operand(use.index()), from, to));
            return;
        }
        for (DebugRecord record : user.debugRecords()) {
            record.operands().replaceAll(operand -> MetadataValues.replace(operand, from, to));
        }
    }
}
