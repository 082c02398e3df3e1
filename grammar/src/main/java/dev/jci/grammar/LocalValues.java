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
    private final LocalBlocks blocks;
    private final Named<Value> named = new Named<>();
    private final Numbered<Value> numbered = new Numbered<>();
    private final Map<String, ForwardReference> forwardNamed = new HashMap<>(0);
    private final Numbered<ForwardReference> forwardNumbered = new Numbered<>();
    private final List<Instruction> unfinished = new ArrayList<>();
    private final List<DebugRecord> unfinishedRecords = new ArrayList<>();
    private final boolean exact;
    private final boolean typed;
    private boolean sawForward;
    private int nextNumber;

    LocalValues(
            Function function,
            LocalBlocks blocks,
            Map<String, Argument> names,
            Map<Integer, Argument> numbers,
            LanguageVersion version) {
        this.function = function;
        this.blocks = blocks;
        this.typed = !version.isAtLeast(TypeBuilder.OPAQUE_ONLY);
        this.exact = version.isBefore(NUMBERS_LEFT_OUT);
        names.forEach(named::put);
        // Numbers may be left out: (i32 %named, ptr %5) is followed by %6.
        numbers.forEach((number, argument) -> {
            numbered.put(number, argument);
            nextNumber = Math.max(nextNumber, number + 1);
        });
    }

    /**
     * The value of that name or number.
     *
     * @param type the type that it is used with
     * @param name its name, null for a number
     */
    Value find(Type type, @Nullable String name, int number, int position) {
        Value value = name != null ? named.get(name) : numbered.get(number);
        if (value == null) {
            value = blocks.find(name, number);
        }
        if (value == null) {
            return forward(type, name, number, position);
        }
        requireType(value.type(), type, name, number, position);
        return value;
    }

    private void requireType(Type actual, Type expected, @Nullable String name, int number, int position) {
        if (actual != expected && !actual.equals(expected) && !isTaken(actual, expected)) {
            throw new IrSyntaxError(
                    "'%" + written(name, number) + "' defined with type '" + actual + "' but expected '" + expected
                            + "'",
                    position);
        }
    }

    /** A name, or a number in its place. */
    static String written(@Nullable String name, int number) {
        return name != null ? name : Integer.toString(number);
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

    private ForwardReference forward(Type type, @Nullable String name, int number, int position) {
        if (!type.isFirstClass()) {
            throw new IrSyntaxError("invalid use of a non-first-class type", position);
        }
        sawForward = true;
        ForwardReference reference = findForward(name, number);
        if (reference == null) {
            reference = new ForwardReference(type, written(name, number), position);
            if (name != null) {
                forwardNamed.put(name, reference);
            } else {
                forwardNumbered.put(number, reference);
            }
        } else {
            requireType(reference.type(), type, name, number, position);
        }
        return reference;
    }

    private @Nullable ForwardReference findForward(@Nullable String name, int number) {
        return name != null ? forwardNamed.get(name) : forwardNumbered.get(number);
    }

    static int parse(String digits, int position) {
        if (digits.length() > 9) {
            throw new IrSyntaxError("invalid value number (too large)", position);
        }
        return Integer.parseInt(digits);
    }

    /**
     * Gives an instruction the name or number that it was written with.
     *
     * @param name null for a number, or when neither is written
     * @param number -1 when none is written
     */
    void define(Instruction instruction, @Nullable String name, int number, int position) {
        if (sawForward) {
            unfinished.add(instruction);
            sawForward = false;
        }
        if (!instruction.hasResult()) {
            if (name != null || number >= 0) {
                throw new IrSyntaxError("instructions returning void cannot have a name", position);
            }
            return;
        }
        if (name == null) {
            defineNumber(instruction, number, position);
            return;
        }
        if (named.put(name, instruction) != null || isDefinedBlock(name)) {
            throw new IrSyntaxError("multiple definition of local value named '" + name + "'", position);
        }
        checkForward(forwardNamed.get(name), instruction, position);
        instruction.setName(name);
    }

    private boolean isDefinedBlock(String name) {
        BasicBlock block = blocks.find(name, -1);
        return block != null && block.parent() != null;
    }

    /** Before LLVM 19 numbers follow on one another; later they may leave some out. */
    static void requireNumber(int number, int next, boolean exact, String expected, int position) {
        if (number < next || (exact && number != next)) {
            throw new IrSyntaxError(expected + next + (exact ? "'" : "' or greater"), position);
        }
    }

    private void defineNumber(Instruction instruction, int written, int position) {
        int number = written < 0 ? nextNumber : written;
        requireNumber(number, nextNumber, exact, "instruction expected to be numbered '%", position);
        nextNumber = number + 1;
        numbered.put(number, instruction);
        checkForward(forwardNumbered.get(number), instruction, position);
    }

    private void checkForward(@Nullable ForwardReference reference, Value value, int position) {
        if (reference != null && !reference.type().equals(value.type()) && !isTaken(value.type(), reference.type())) {
            throw new IrSyntaxError("instruction forward referenced with type '" + reference.type() + "'", position);
        }
    }

    /** The block of a label that something refers to; the number counts when there is no name. */
    BasicBlock block(@Nullable String name, int number, int position) {
        BasicBlock block = blocks.find(name, number);
        if (block == null) {
            Value other = name != null ? named.get(name) : numbered.get(number);
            if (other != null || findForward(name, number) != null) {
                throw new IrSyntaxError("'%" + written(name, number) + "' is not a basic block", position);
            }
            block = blocks.refer(name, number, position);
        }
        return block;
    }

    /**
     * The block that begins here.
     *
     * @param name its name; null for a number, or when no label is written
     * @param number -1 when none is written
     */
    BasicBlock beginBlock(@Nullable String name, int number, int position) {
        int value = number < 0 ? nextNumber : number;
        if (name == null) {
            requireNumber(value, nextNumber, exact, "label expected to be numbered '", position);
            nextNumber = value + 1;
        } else if (named.get(name) != null) {
            throw new IrSyntaxError("unable to create block named '" + name + "'", position);
        }
        BasicBlock block = blocks.begin(name, value);
        if (block.parent() != null) {
            throw new IrSyntaxError("redefinition of label '" + written(name, value) + "'", position);
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
        blocks.requireAll();
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
        if (forwardNamed.get(name) == reference) {
            return known(named.get(name), blocks.find(name, -1), reference);
        }
        int number = Integer.parseInt(name);
        return known(numbered.get(number), blocks.find(null, number), reference);
    }

    private static Value known(@Nullable Value value, @Nullable BasicBlock block, ForwardReference reference) {
        if (value != null) {
            return value;
        }
        if (block != null) {
            return block;
        }
        throw new IrSyntaxError("use of undefined value '%" + reference.name() + "'", reference.position());
    }
}
