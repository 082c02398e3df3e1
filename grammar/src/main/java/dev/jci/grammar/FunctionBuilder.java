package dev.jci.grammar;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.DebugRecord;
import dev.jci.ir.Flags;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.MDNode;
import dev.jci.ir.Metadata;
import dev.jci.ir.PointerType;
import dev.jci.ir.Terminator;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the body of one function: its blocks, the names of results, debug records; the builders beside it make the instructions. */
final class FunctionBuilder {
    private static final Set<String> RECORDS =
            Set.of("dbg_value", "dbg_declare", "dbg_assign", "dbg_label", "dbg_declare_value");

    final TerminatorBuilder terminators = new TerminatorBuilder(this);
    final ExceptionBuilder exceptions = new ExceptionBuilder(this);
    final OperationBuilder operations = new OperationBuilder(this);
    final AggregateBuilder aggregates = new AggregateBuilder(this);
    final MemoryBuilder memory = new MemoryBuilder(this);
    final CallBuilder calls;

    private final ModuleBuilder module;
    private final TypeBuilder types;
    private final ValueBuilder constants;
    private final LocalValues locals;
    private final Function function;
    private @Nullable BasicBlock current;
    private List<DebugRecord> records = new ArrayList<>();
    private final List<Metadata> recordOperands = new ArrayList<>();
    private String recordKind = "";
    private int recordPosition;
    private final Attachments attachments = new Attachments();

    // The instruction being read.
    private @Nullable String resultName;
    private int resultNumber = -1;
    private int position;
    private @Nullable Instruction instruction;

    FunctionBuilder(
            ModuleBuilder module, TypeBuilder types, ValueBuilder constants, LocalValues locals, Function function) {
        this.module = module;
        this.types = types;
        this.constants = constants;
        this.locals = locals;
        this.function = function;
        this.calls = new CallBuilder(this, module);
    }

    // --- What the builders of instructions need

    Function function() {
        return function;
    }

    TypeBuilder types() {
        return types;
    }

    ValueBuilder constants() {
        return constants;
    }

    Attachments attachments() {
        return attachments;
    }

    /** Where the token matched last begins. */
    int lastStart() {
        return module.lastStart();
    }

    /** Where the instruction being read begins. */
    int position() {
        return position;
    }

    /** The instruction made last, as long as its clauses are being read. */
    @Nullable
    Instruction instruction() {
        return instruction;
    }

    /** What is wrong with the instruction being read. */
    IrSyntaxError error(String message) {
        return new IrSyntaxError(message, position);
    }

    /** What is wrong with an operand of the instruction being read, or with its type. */
    IrSyntaxError error(int operand, String message) {
        return new IrSyntaxError(message, module.instructionText(position).operand(operand));
    }

    /** Checks the words between an opcode and its operands. */
    void requireFlags(String opcode, Flags flags) {
        if (!flags.isEmpty() && !constants.flagWords().fit(opcode, flags)) {
            int wrong = constants.flagWords().firstWrong(opcode, flags);
            throw new IrSyntaxError(
                    "expected type", module.instructionText(position).word(wrong));
        }
    }

    PointerType pointerTo(Type pointee, int space) {
        return module.typedPointers() ? types.pointer(pointee, space) : PointerType.opaque(space);
    }

    // --- Blocks, results, records

    /**
     * A label.
     *
     * @param name null for a number
     */
    void label(@Nullable String name, int number, int at) {
        finishInstruction();
        if (current != null && !(current.last() instanceof Terminator)) {
            throw new IrSyntaxError("expected instruction opcode", at);
        }
        current = locals.beginBlock(name, number, at);
    }

    /**
     * The result of the instruction that comes.
     *
     * @param name null for a number
     */
    void result(@Nullable String name, int number, int at) {
        finishInstruction();
        resultName = name;
        resultNumber = number;
        position = at;
        beginBlockIfNeeded(at);
    }

    void noResult(int at) {
        finishInstruction();
        resultName = null;
        resultNumber = -1;
        position = at;
        beginBlockIfNeeded(at);
    }

    private void beginBlockIfNeeded(int at) {
        if (current == null || current.last() instanceof Terminator) {
            current = locals.beginBlock(null, -1, at);
        }
    }

    BasicBlock block(@Nullable String name, int number, int at) {
        return locals.block(name, number, at);
    }

    Value local(Type expected, @Nullable String name, int number, int at) {
        return locals.find(expected, name, number, at);
    }

    void beginRecord(String name, int at) {
        finishInstruction();
        if (!RECORDS.contains(name)) {
            throw new IrSyntaxError("expected debug record type here", at);
        }
        beginBlockIfNeeded(at);
        module.debugInfo.noteRecord(at);
        recordKind = name.substring("dbg_".length());
        recordPosition = at;
        recordOperands.clear();
    }

    void recordOperand(Metadata operand, int at) {
        int index = recordOperands.size();
        boolean value =
                recordKind.equals("assign") ? index == 0 || index == 4 : index == 0 && !recordKind.equals("label");
        if (!value && !(operand instanceof MDNode)) {
            throw new IrSyntaxError("expected '!' here", at);
        }
        recordOperands.add(operand);
    }

    void endRecord() {
        DebugRecord debugRecord = new DebugRecord(recordKind, recordOperands);
        debugRecord.setPosition(recordPosition);
        locals.note(debugRecord);
        records.add(debugRecord);
    }

    /** Puts an instruction at the end of the current block. */
    void add(Instruction made) {
        made.setPosition(position);
        if (!records.isEmpty()) {
            made.setDebugRecords(records);
            records = new ArrayList<>();
        }
        if (current != null) {
            locals.define(made, resultName, resultNumber, position);
            current.append(made);
        }
        instruction = made;
    }

    private void finishInstruction() {
        if (instruction != null) {
            instruction.setAttachments(attachments.take());
            instruction = null;
        }
    }

    void end(int at) {
        finishInstruction();
        if (function.blockCount() == 0) {
            throw new IrSyntaxError("function body requires at least one basic block", at);
        }
        if (current != null && !(current.last() instanceof Terminator)) {
            throw new IrSyntaxError("expected instruction opcode", at);
        }
        locals.finish();
        module.useLists.endBody(function);
    }
}
