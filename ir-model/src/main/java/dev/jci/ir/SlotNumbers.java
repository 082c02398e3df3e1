package dev.jci.ir;

import java.util.Arrays;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that LLVM gives to the unnamed values of one function: arguments, blocks and results in order of their appearance
 * (LangRef, "Identifiers").
 *
 * <p>Each value keeps its number as a hint where to look for it here. A table by identity alone would cost more than anything else in
 * printing: the virtual machine would have to give each value a hash.
 */
public final class SlotNumbers {
    private Value[] values = new Value[16];
    private int count;

    /** Only needed when the values have been numbered anew since, maybe by another thread. */
    private volatile @Nullable IdentityHashMap<Value, Integer> numbers;

    private SlotNumbers() {}

    /** Numbers the unnamed values of a function as it is now. */
    public static SlotNumbers of(Function function) {
        SlotNumbers slots = new SlotNumbers();
        for (Argument argument : function.arguments()) {
            if (argument.name() == null) {
                argument.slot = slots.add(argument);
            }
        }
        for (BasicBlock block : function.blocks()) {
            if (block.name() == null) {
                block.slot = slots.add(block);
            }
            for (Instruction at = block.first(); at != null; at = at.next()) {
                if (at.name() == null && at.hasResult()) {
                    at.slot = slots.add(at);
                }
            }
        }
        return slots;
    }

    private int add(Value value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count] = value;
        return count++;
    }

    /** The number of a value, -1 for none. */
    private int find(Value value) {
        int hint = switch (value) {
            case Instruction instruction -> instruction.slot;
            case BasicBlock block -> block.slot;
            case Argument argument -> argument.slot;
            default -> -1;
        };
        if (hint < 0 || (hint < count && values[hint] == value)) {
            return hint;
        }
        IdentityHashMap<Value, Integer> known = numbers;
        if (known == null) {
            known = new IdentityHashMap<>(count * 2);
            for (int i = 0; i < count; i++) {
                known.put(values[i], i);
            }
            numbers = known;
        }
        return known.getOrDefault(value, -1);
    }

    /**
     * The number of an unnamed value.
     *
     * @throws IllegalArgumentException when the value is named or not of this function
     */
    public int of(Value value) {
        int number = find(value);
        if (number < 0) {
            throw new IllegalArgumentException("not an unnamed value of this function: " + value);
        }
        return number;
    }

    /** Whether the value has a number here. */
    public boolean has(Value value) {
        return find(value) >= 0;
    }

    /** A local value as LLVM writes it as an operand: {@code %name} or {@code %7}. */
    public String reference(Value value) {
        String name = switch (value) {
            case Argument argument -> argument.name();
            case BasicBlock block -> block.name();
            case Instruction instruction -> instruction.name();
            default -> throw new IllegalArgumentException("not a local value: " + value);
        };
        if (name != null) {
            return "%" + ByteString.quoteIfNeeded(name);
        }
        return has(value) ? "%" + of(value) : "%<badref>";
    }
}
