package dev.jci.ir;

/**
 * The numbers that LLVM gives to the unnamed values of one function: arguments, blocks and results in order of their appearance
 * (LangRef, "Identifiers").
 */
public final class SlotNumbers {
    /** The values in a hash table by identity, and their numbers at the same places. */
    private Value[] values = new Value[64];

    private int[] numbers = new int[64];
    private int count;

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
            for (Instruction at = block.first(); at != null; at = at.next()) {
                if (at.name() == null && at.hasResult()) {
                    slots.add(at);
                }
            }
        }
        return slots;
    }

    private void add(Value value) {
        if (2 * count == values.length) {
            grow();
        }
        int place = place(value);
        values[place] = value;
        numbers[place] = count++;
    }

    /** Where the value stands, or where it would. */
    private int place(Value value) {
        int mask = values.length - 1;
        int hash = System.identityHashCode(value);
        int place = (hash ^ (hash >>> 16)) & mask;
        while (values[place] != null && values[place] != value) {
            place = (place + 1) & mask;
        }
        return place;
    }

    private void grow() {
        Value[] oldValues = values;
        int[] oldNumbers = numbers;
        values = new Value[2 * oldValues.length];
        numbers = new int[values.length];
        for (int i = 0; i < oldValues.length; i++) {
            if (oldValues[i] != null) {
                int place = place(oldValues[i]);
                values[place] = oldValues[i];
                numbers[place] = oldNumbers[i];
            }
        }
    }

    /**
     * The number of an unnamed value.
     *
     * @throws IllegalArgumentException when the value is named or not of this function
     */
    public int of(Value value) {
        int place = place(value);
        if (values[place] != value) {
            throw new IllegalArgumentException("not an unnamed value of this function: " + value);
        }
        return numbers[place];
    }

    /** Whether the value has a number here. */
    public boolean has(Value value) {
        return values[place(value)] == value;
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
