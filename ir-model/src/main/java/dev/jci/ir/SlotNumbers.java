package dev.jci.ir;

import java.util.IdentityHashMap;

/**
 * The numbers that LLVM gives to the unnamed values of one function: arguments, blocks and results in order of their appearance
 * (LangRef, "Identifiers").
 */
public final class SlotNumbers {
    private final IdentityHashMap<Value, Integer> numbers = new IdentityHashMap<>();

    private SlotNumbers() {}

    /** Numbers the unnamed values of a function as it is now. */
    public static SlotNumbers of(Function function) {
        SlotNumbers slots = new SlotNumbers();
        for (Argument argument : function.arguments()) {
            if (argument.name() == null) {
                slots.add(argument);
            }
        }
        for (BasicBlock block : function.blocks()) {
            if (block.name() == null) {
                slots.add(block);
            }
            for (Instruction instruction : block.instructions()) {
                if (instruction.name() == null && instruction.hasResult()) {
                    slots.add(instruction);
                }
            }
        }
        return slots;
    }

    private void add(Value value) {
        numbers.put(value, numbers.size());
    }

    /**
     * The number of an unnamed value.
     *
     * @throws IllegalArgumentException when the value is named or not of this function
     */
    public int of(Value value) {
        Integer number = numbers.get(value);
        if (number == null) {
            throw new IllegalArgumentException("not an unnamed value of this function: " + value);
        }
        return number;
    }

    /** Whether the value has a number here. */
    public boolean has(Value value) {
        return numbers.containsKey(value);
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
        return numbers.containsKey(value) ? "%" + numbers.get(value) : "%<badref>";
    }
}
