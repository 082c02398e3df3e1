package dev.jci.grammar;

import dev.jci.ir.Argument;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.DIArgList;
import dev.jci.ir.DebugRecord;
import dev.jci.ir.ForwardReference;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.LanguageVersion;
import dev.jci.ir.Metadata;
import dev.jci.ir.MetadataAsValue;
import dev.jci.ir.PointerType;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import dev.jci.ir.ValueAsMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The local values of the function being read, by name and by number. A value used before it is defined is a {@link ForwardReference}
 * until the end of the function, when all of them are replaced.
 */
final class LocalValues {
    /** The first LLVM that takes numbers with gaps between them. */
    static final int NUMBERS_LEFT_OUT = 19;

    private final Function function;
    private final Map<String, BasicBlock> blocks;
    private final Map<String, Value> named = new HashMap<>();
    private final Map<Integer, Value> numbered = new HashMap<>();
    private final Map<String, ForwardReference> forward = new HashMap<>();
    private final List<Instruction> unfinished = new ArrayList<>();
    private final List<DebugRecord> unfinishedRecords = new ArrayList<>();
    private final boolean exact;
    private final boolean typed;
    private boolean sawForward;
    private int nextNumber;

    LocalValues(
            Function function,
            Map<String, BasicBlock> blocks,
            Map<String, Argument> names,
            Map<Integer, Argument> numbers,
            LanguageVersion version) {
        this.function = function;
        this.blocks = blocks;
        this.typed = !version.isAtLeast(TypeBuilder.OPAQUE_ONLY);
        this.exact = version.isBefore(NUMBERS_LEFT_OUT);
        named.putAll(names);
        numbered.putAll(numbers);
        // Numbers may be left out: (i32 %named, ptr %5) is followed by %6.
        numbers.keySet().forEach(number -> nextNumber = Math.max(nextNumber, number + 1));
    }

    Value find(Type type, String name, boolean number, int position) {
        Value value = number ? numbered.get(parse(name, position)) : named.get(name);
        if (value == null) {
            BasicBlock block = blocks.get(number ? name : "%" + name);
            if (block != null) {
                value = block;
            }
        }
        if (value == null) {
            return forward(type, name, number, position);
        }
        requireType(value.type(), type, name, position);
        return value;
    }

    private void requireType(Type actual, Type expected, String name, int position) {
        if (actual != expected && !actual.equals(expected) && !isTaken(actual, expected)) {
            throw new IrSyntaxError(
                    "'%" + name + "' defined with type '" + actual + "' but expected '" + expected + "'", position);
        }
    }

    /**
     * Whether pointers of that type are taken all the same: a callee whose type is not known yet is asked for as {@code ptr}, also where
     * pointers are typed, and LLVM 16 does not look at what they point to.
     */
    private boolean isTaken(Type actual, Type expected) {
        return expected instanceof PointerType wanted
                && actual instanceof PointerType pointer
                && pointer.addressSpace() == wanted.addressSpace()
                && (!typed || (wanted.isOpaque() && !pointer.isOpaque()));
    }

    private ForwardReference forward(Type type, String name, boolean number, int position) {
        if (!type.isFirstClass()) {
            throw new IrSyntaxError("invalid use of a non-first-class type", position);
        }
        sawForward = true;
        ForwardReference reference = forward.get(number ? name : "%" + name);
        if (reference == null) {
            reference = new ForwardReference(type, name, position);
            forward.put(number ? name : "%" + name, reference);
        } else {
            requireType(reference.type(), type, name, position);
        }
        return reference;
    }

    static int parse(String digits, int position) {
        if (digits.length() > 9) {
            throw new IrSyntaxError("invalid value number (too large)", position);
        }
        return Integer.parseInt(digits);
    }

    /** Gives an instruction the name or number that it was written with; empty for none written. */
    void define(Instruction instruction, @Nullable String name, boolean number, int position) {
        if (sawForward) {
            unfinished.add(instruction);
            sawForward = false;
        }
        if (!instruction.hasResult()) {
            if (name != null) {
                throw new IrSyntaxError("instructions returning void cannot have a name", position);
            }
            return;
        }
        if (name == null || number) {
            defineNumber(instruction, name, position);
            return;
        }
        if (named.put(name, instruction) != null || isDefinedBlock(name)) {
            throw new IrSyntaxError("multiple definition of local value named '" + name + "'", position);
        }
        checkForward("%" + name, instruction, position);
        instruction.setName(name);
    }

    private boolean isDefinedBlock(String name) {
        BasicBlock block = blocks.get("%" + name);
        return block != null && block.parent() != null;
    }

    /** Before LLVM 19 numbers follow on one another; later they may leave some out. */
    static void requireNumber(int number, int next, boolean exact, String expected, int position) {
        if (number < next || (exact && number != next)) {
            throw new IrSyntaxError(expected + next + (exact ? "'" : "' or greater"), position);
        }
    }

    private void defineNumber(Instruction instruction, @Nullable String name, int position) {
        int number = name == null ? nextNumber : parse(name, position);
        requireNumber(number, nextNumber, exact, "instruction expected to be numbered '%", position);
        nextNumber = number + 1;
        numbered.put(number, instruction);
        checkForward(Integer.toString(number), instruction, position);
    }

    private void checkForward(String key, Value value, int position) {
        ForwardReference reference = forward.isEmpty() ? null : forward.get(key);
        if (reference != null && !reference.type().equals(value.type()) && !isTaken(value.type(), reference.type())) {
            throw new IrSyntaxError("instruction forward referenced with type '" + reference.type() + "'", position);
        }
    }

    /** The block of a label that something refers to. */
    BasicBlock block(String name, boolean number, int position) {
        String key = number ? name : "%" + name;
        BasicBlock block = blocks.get(key);
        if (block == null) {
            if (!forward.isEmpty() && forward.containsKey(key)) {
                throw new IrSyntaxError("'%" + name + "' is not a basic block", position);
            }
            Value other = number ? numbered.get(parse(name, position)) : named.get(name);
            if (other != null) {
                throw new IrSyntaxError("'%" + name + "' is not a basic block", position);
            }
            block = new BasicBlock(number ? null : name);
            block.setPosition(position);
            blocks.put(key, block);
        }
        return block;
    }

    /** The block that begins here; its label, or null when none is written. */
    BasicBlock beginBlock(@Nullable String label, boolean number, int position) {
        String key;
        if (label != null && !number) {
            key = "%" + label;
            if (named.containsKey(label)) {
                throw new IrSyntaxError("unable to create block named '" + label + "'", position);
            }
        } else {
            int value = label == null ? nextNumber : parse(label, position);
            requireNumber(value, nextNumber, exact, "label expected to be numbered '", position);
            nextNumber = value + 1;
            key = Integer.toString(value);
        }
        BasicBlock block = blocks.computeIfAbsent(key, k -> new BasicBlock(number ? null : label));
        if (block.parent() != null) {
            throw new IrSyntaxError("redefinition of label '" + label + "'", position);
        }
        block.setPosition(position);
        function.append(block);
        return block;
    }

    /** Notes a debug record that was built from what {@link #find} gave. */
    void note(DebugRecord record) {
        if (sawForward) {
            unfinishedRecords.add(record);
            sawForward = false;
        }
    }

    /** Replaces the stand-ins by what they stand for, and complains about what was never defined. */
    void finish() {
        for (Instruction instruction : unfinished) {
            for (int i = 0; i < instruction.operandCount(); i++) {
                Value operand = instruction.operand(i);
                if (operand instanceof ForwardReference || operand instanceof MetadataAsValue) {
                    instruction.setOperand(i, resolved(operand));
                }
            }
        }
        for (DebugRecord record : unfinishedRecords) {
            record.operands().replaceAll(this::resolved);
        }
        for (Map.Entry<String, BasicBlock> entry : blocks.entrySet()) {
            if (entry.getValue().parent() == null) {
                String key = entry.getKey();
                throw new IrSyntaxError(
                        "use of undefined value '" + (key.startsWith("%") ? key : "%" + key) + "'",
                        entry.getValue().position());
            }
        }
    }

    private Value resolved(Value operand) {
        return switch (operand) {
            case ForwardReference reference -> target(reference);
            case MetadataAsValue wrapper -> {
                Metadata resolved = resolved(wrapper.metadata());
                yield resolved == wrapper.metadata() ? wrapper : new MetadataAsValue(resolved);
            }
            default -> operand;
        };
    }

    private Metadata resolved(Metadata metadata) {
        return switch (metadata) {
            case ValueAsMetadata wrapped
            when wrapped.value() instanceof ForwardReference reference -> new ValueAsMetadata(target(reference));
            case DIArgList list ->
                new DIArgList(list.arguments().stream()
                        .map(argument -> (ValueAsMetadata) resolved(argument))
                        .toList());
            default -> metadata;
        };
    }

    private Value target(ForwardReference reference) {
        String name = reference.name();
        boolean number = Character.isDigit(name.charAt(0)) && forward.get(name) == reference;
        Value value = number ? numbered.get(Integer.parseInt(name)) : named.get(name);
        if (value == null) {
            value = blocks.get(number ? name : "%" + name);
        }
        if (value == null) {
            throw new IrSyntaxError("use of undefined value '%" + name + "'", reference.position());
        }
        return value;
    }
}
