package dev.jci.ir;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * An instruction (LangRef, "Instruction Reference"). Each kind is a final class of its own, so that a {@code switch} over the kinds
 * is checked by the compiler. What an instruction reads are its operands, successor blocks included.
 */
public abstract sealed class Instruction implements Value
        permits Alloca,
                AtomicRMW,
                BinaryOperator,
                Br,
                CallBase,
                Cast,
                CatchPad,
                CatchRet,
                CatchSwitch,
                CleanupPad,
                CleanupRet,
                CmpXchg,
                CondBr,
                ExtractElement,
                ExtractValue,
                FCmp,
                FNeg,
                Fence,
                Freeze,
                GetElementPtr,
                ICmp,
                IndirectBr,
                InsertElement,
                InsertValue,
                LandingPad,
                Load,
                Phi,
                Resume,
                Ret,
                Select,
                ShuffleVector,
                Store,
                Switch,
                Unreachable,
                VAArg {
    private Type type;
    private @Nullable String name;
    private Value[] operands;
    private @Nullable BasicBlock parent;

    @Nullable
    Instruction previous;

    @Nullable
    Instruction next;

    private List<MetadataAttachment> attachments = List.of();
    private List<DebugRecord> debugRecords = List.of();
    private int position = -1;

    /** The number that {@link SlotNumbers} last gave the value where it has no name; only a hint, -1 for none. */
    int slot = -1;

    /**
     * @param type the type of the result, {@link SpecialType#VOID} for none
     * @param operands the operands; the array is kept
     */
    Instruction(Type type, Value... operands) {
        this.type = type;
        this.operands = operands;
    }

    /** The type of the result, {@link SpecialType#VOID} when there is none. */
    @Override
    public Type type() {
        return type;
    }

    /** Gives the result another type, for edits that change the types of a whole module. Its uses are the caller's to change. */
    public void retype(Type type) {
        this.type = type;
    }

    /** Whether the instruction has a result that others can use. */
    public boolean hasResult() {
        return type != SpecialType.VOID;
    }

    /** The name of the result without {@code %}; null when there is no result or the printer is to number it. */
    public @Nullable String name() {
        return name;
    }

    /** Names the result. The caller sees to it that the name is free: {@link Function#freshName}. */
    public void setName(@Nullable String name) {
        if (parent != null && parent.parent() != null) {
            parent.parent().localRenamed(this.name, name);
        }
        this.name = name;
    }

    /** The number of operands. */
    public int operandCount() {
        return operands.length;
    }

    /** The operand at that place. */
    public Value operand(int index) {
        return operands[index];
    }

    /** Replaces the operand at that place. */
    public void setOperand(int index, Value value) {
        operands[index] = value;
    }

    /** The operands, a live view that replaces in place. */
    public List<Value> operands() {
        return new OperandList();
    }

    /** Replaces an operand wherever it stands among the operands, also inside metadata operands. */
    public void replaceOperand(Value from, Value to) {
        for (int i = 0; i < operands.length; i++) {
            operands[i] = MetadataValues.replace(operands[i], from, to);
        }
    }

    void setOperands(Value[] operands) {
        this.operands = operands;
    }

    Value[] operandArray() {
        return operands;
    }

    /** The block that holds the instruction, null before it has been added to one. */
    public @Nullable BasicBlock parent() {
        return parent;
    }

    void setParent(@Nullable BasicBlock parent) {
        this.parent = parent;
    }

    /** The instruction behind this one in its block, null for the last. */
    public @Nullable Instruction next() {
        return next;
    }

    /** The instruction before this one in its block, null for the first. */
    public @Nullable Instruction previous() {
        return previous;
    }

    /** Takes the instruction out of its block. */
    public void remove() {
        if (parent != null) {
            parent.remove(this);
        }
    }

    /** The metadata attached; immutable. */
    public List<MetadataAttachment> attachments() {
        return attachments;
    }

    /** Replaces the metadata attached. */
    public void setAttachments(List<MetadataAttachment> attachments) {
        this.attachments = List.copyOf(attachments);
    }

    /** The first node attached under that name, null when there is none. */
    public @Nullable MDNode attachment(String kind) {
        for (int i = 0; i < attachments.size(); i++) {
            if (attachments.get(i).kind().equals(kind)) {
                return attachments.get(i).node();
            }
        }
        return null;
    }

    /** Attaches a node in place of what was attached under that name. */
    public void attach(String kind, MDNode node) {
        List<MetadataAttachment> changed = new ArrayList<>(attachments);
        changed.removeIf(attachment -> attachment.kind().equals(kind));
        changed.add(new MetadataAttachment(kind, node));
        attachments = List.copyOf(changed);
    }

    /** Drops what is attached under that name. */
    public void detach(String kind) {
        if (attachment(kind) != null) {
            attachments = attachments.stream()
                    .filter(attachment -> !attachment.kind().equals(kind))
                    .toList();
        }
    }

    /** The location in the source program, {@code !dbg}; null when there is none. */
    public @Nullable MDNode debugLocation() {
        return attachment("dbg");
    }

    /** Gives this instruction the location of another one, when that has one. */
    public void setDebugLocationFrom(Instruction other) {
        MDNode location = other.debugLocation();
        if (location != null) {
            attach("dbg", location);
        }
    }

    /** The debug records that stand right before the instruction; immutable. */
    public List<DebugRecord> debugRecords() {
        return debugRecords;
    }

    /** Replaces the debug records that stand right before the instruction. */
    public void setDebugRecords(List<DebugRecord> debugRecords) {
        this.debugRecords = List.copyOf(debugRecords);
    }

    /** Where the instruction begins in the source, an offset; -1 when unknown. */
    public int position() {
        return position;
    }

    /** Notes where the instruction begins in the source. */
    public void setPosition(int position) {
        this.position = position;
    }

    /** The opcode as LLVM writes it. */
    public abstract String opcode();

    @Override
    public String toString() {
        return name == null ? opcode() : "%" + ByteString.quoteIfNeeded(name) + " = " + opcode();
    }

    private final class OperandList extends AbstractList<Value> implements RandomAccess {
        @Override
        public Value get(int index) {
            return operands[index];
        }

        @Override
        public Value set(int index, Value value) {
            Value old = operands[index];
            operands[index] = value;
            return old;
        }

        @Override
        public int size() {
            return operands.length;
        }

        @Override
        public Object[] toArray() {
            return Arrays.copyOf(operands, operands.length, Object[].class);
        }
    }
}
