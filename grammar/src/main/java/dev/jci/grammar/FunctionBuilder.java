package dev.jci.grammar;

import dev.jci.ir.AggregateTypes;
import dev.jci.ir.Alloca;
import dev.jci.ir.AtomicOrdering;
import dev.jci.ir.AtomicRMW;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Br;
import dev.jci.ir.Cast;
import dev.jci.ir.CastOpcode;
import dev.jci.ir.CatchPad;
import dev.jci.ir.CatchRet;
import dev.jci.ir.CatchSwitch;
import dev.jci.ir.CleanupPad;
import dev.jci.ir.CleanupRet;
import dev.jci.ir.CmpXchg;
import dev.jci.ir.CondBr;
import dev.jci.ir.Constant;
import dev.jci.ir.DebugRecord;
import dev.jci.ir.ExtractElement;
import dev.jci.ir.ExtractValue;
import dev.jci.ir.FCmp;
import dev.jci.ir.FCmpPredicate;
import dev.jci.ir.FNeg;
import dev.jci.ir.Fence;
import dev.jci.ir.Flags;
import dev.jci.ir.Freeze;
import dev.jci.ir.Function;
import dev.jci.ir.GetElementPtr;
import dev.jci.ir.ICmp;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.InsertElement;
import dev.jci.ir.InsertValue;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.LandingPad;
import dev.jci.ir.Load;
import dev.jci.ir.Metadata;
import dev.jci.ir.Phi;
import dev.jci.ir.PointerType;
import dev.jci.ir.Resume;
import dev.jci.ir.Ret;
import dev.jci.ir.Select;
import dev.jci.ir.ShuffleVector;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Store;
import dev.jci.ir.Switch;
import dev.jci.ir.Terminator;
import dev.jci.ir.Type;
import dev.jci.ir.Unreachable;
import dev.jci.ir.VAArg;
import dev.jci.ir.Value;
import dev.jci.ir.VectorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Builds the body of one function, instruction by instruction. What belongs to calls is in {@link CallBuilder}. */
final class FunctionBuilder extends CallBuilder {
    private final Function function;
    private @Nullable BasicBlock current;
    private List<DebugRecord> records = new ArrayList<>();
    private final List<Metadata> recordOperands = new ArrayList<>();
    private String recordKind = "";
    private int recordPosition;

    // The instruction being read.
    private @Nullable String resultName;
    private boolean resultNumbered;
    private int position;
    private @Nullable Instruction instruction;
    private int addressSpace;
    private @Nullable String syncScope;
    private @Nullable AtomicOrdering ordering;
    private final List<Integer> indices = new ArrayList<>();
    private final List<Value> values = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private final List<Switch.Case> cases = new ArrayList<>();
    private final List<Boolean> filters = new ArrayList<>();
    private Type type = SpecialType.VOID;
    private Flags flags = Flags.NONE;
    private @Nullable Value condition;
    private @Nullable BasicBlock target;
    private boolean cleanup;
    private @Nullable Value allocaCount;

    FunctionBuilder(
            ModuleBuilder module, TypeBuilder types, ValueBuilder constants, LocalValues locals, Function function) {
        super(module, types, constants, locals);
        this.function = function;
    }

    // --- Blocks, results, records

    void label(String name, boolean quoted, int at) {
        finishInstruction();
        if (current != null && !(current.last() instanceof Terminator)) {
            throw new IrSyntaxError("expected instruction opcode", at);
        }
        boolean number = !quoted && !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
        current = locals.beginBlock(name, number, at);
    }

    void result(String name, boolean number, int at) {
        finishInstruction();
        resultName = name;
        resultNumbered = number;
        position = at;
        beginBlockIfNeeded(at);
    }

    void noResult(int at) {
        finishInstruction();
        resultName = null;
        position = at;
        beginBlockIfNeeded(at);
    }

    private void beginBlockIfNeeded(int at) {
        if (current == null || current.last() instanceof Terminator) {
            current = locals.beginBlock(null, true, at);
        }
    }

    BasicBlock block(String name, boolean number, int at) {
        return locals.block(name, number, at);
    }

    Value local(Type expected, String name, boolean number, int at) {
        return locals.find(expected, name, number, at);
    }

    void beginRecord(String name, int at) {
        finishInstruction();
        if (!name.startsWith("dbg_")) {
            throw new IrSyntaxError("expected debug record type here", at);
        }
        beginBlockIfNeeded(at);
        recordKind = name.substring(4);
        recordPosition = at;
        recordOperands.clear();
    }

    void recordOperand(Metadata operand) {
        recordOperands.add(operand);
    }

    void endRecord() {
        DebugRecord debugRecord = new DebugRecord(recordKind, recordOperands);
        debugRecord.setPosition(recordPosition);
        locals.note(debugRecord);
        records.add(debugRecord);
    }

    @Override
    void add(Instruction made) {
        made.setPosition(position);
        if (!records.isEmpty()) {
            made.setDebugRecords(records);
            records = new ArrayList<>();
        }
        if (current != null) {
            locals.define(made, resultName, resultNumbered, position);
            current.append(made);
        }
        instruction = made;
    }

    private void finishInstruction() {
        if (instruction != null) {
            instruction.setAttachments(attachments().take());
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
    }

    // --- Clauses behind an instruction

    void align(long bytes) {
        if (bytes <= 0 || (bytes & (bytes - 1)) != 0) {
            throw new IrSyntaxError("alignment is not a power of two", position);
        }
        switch (instruction) {
            case Load load -> load.setAlignment(bytes);
            case Store store -> store.setAlignment(bytes);
            case CmpXchg cmpXchg -> cmpXchg.setAlignment(bytes);
            case AtomicRMW rmw -> rmw.setAlignment(bytes);
            case null -> alignment = bytes;
            default -> throw new IrSyntaxError("expected metadata after comma", position);
        }
    }

    private long alignment;

    void addressSpace(int space) {
        addressSpace = space;
    }

    void syncScope(String scope) {
        syncScope = scope;
    }

    void ordering(String word) {
        ordering = AtomicOrdering.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private @Nullable AtomicOrdering takeOrdering() {
        AtomicOrdering taken = ordering;
        ordering = null;
        return taken;
    }

    private AtomicOrdering requireOrdering() {
        AtomicOrdering taken = takeOrdering();
        if (taken == null) {
            throw new IrSyntaxError("Expected ordering on atomic instruction", position);
        }
        return taken;
    }

    private @Nullable String takeScope() {
        String taken = syncScope;
        syncScope = null;
        return taken;
    }

    // --- Terminators

    void endRet() {
        if (instruction == null) {
            add(new Ret(null));
        }
    }

    void ret(Value value) {
        add(new Ret(value));
    }

    void br(BasicBlock to) {
        add(new Br(to));
    }

    void condBr(Value test, BasicBlock yes, BasicBlock no) {
        if (!test.type().equals(IntegerType.I1)) {
            throw new IrSyntaxError("branch condition must have 'i1' type", position);
        }
        add(new CondBr(test, yes, no));
    }

    void beginSwitch(Value value, BasicBlock defaultTarget) {
        if (!(value.type() instanceof IntegerType)) {
            throw new IrSyntaxError("switch condition must have integer type", position);
        }
        condition = value;
        target = defaultTarget;
        cases.clear();
    }

    void switchCase(Value value, BasicBlock to, int at) {
        if (!(value instanceof Constant constant)) {
            throw new IrSyntaxError("case value is not a constant integer", at);
        }
        cases.add(new Switch.Case(constant, to));
    }

    void endSwitch() {
        if (condition != null && target != null) {
            add(new Switch(condition, target, cases));
        }
    }

    void indirectBr(Value address, List<BasicBlock> targets) {
        if (!(address.type() instanceof PointerType)) {
            throw new IrSyntaxError("indirectbr address must have pointer type", position);
        }
        add(new IndirectBr(address, targets));
    }

    void resume(Value value) {
        add(new Resume(value));
    }

    void catchSwitch(Value pad, List<BasicBlock> handlers, @Nullable BasicBlock unwind) {
        add(new CatchSwitch(pad, handlers, unwind));
    }

    void catchRet(Value pad, BasicBlock to) {
        add(new CatchRet(pad, to));
    }

    void cleanupRet(Value pad, @Nullable BasicBlock unwind) {
        add(new CleanupRet(pad, unwind));
    }

    void unreachable() {
        add(new Unreachable());
    }

    // --- Operations

    void fneg(Flags words, Value value) {
        if (!value.type().isFloatingPointOrVector()) {
            throw new IrSyntaxError("invalid operand type for instruction", position);
        }
        add(new FNeg(value, words));
    }

    void binary(String opcode, Flags words, Value left, Value right) {
        BinaryOpcode operation = BinaryOpcode.valueOf(opcode.toUpperCase(Locale.ROOT));
        boolean floating = switch (operation) {
            case FADD, FSUB, FMUL, FDIV, FREM -> true;
            default -> false;
        };
        Type operandType = left.type();
        if (floating ? !operandType.isFloatingPointOrVector() : !operandType.isIntegerOrVector()) {
            boolean logical =
                    operation == BinaryOpcode.AND || operation == BinaryOpcode.OR || operation == BinaryOpcode.XOR;
            throw new IrSyntaxError(
                    logical
                            ? "instruction requires integer or integer vector operands"
                            : "invalid operand type for instruction",
                    position);
        }
        add(new BinaryOperator(operation, words, left, right));
    }

    void extractElement(Value vector, Value index) {
        requireVector(vector, "invalid extractelement operands");
        add(new ExtractElement(vector, index));
    }

    private void requireVector(Value vector, String message) {
        if (!(vector.type() instanceof VectorType)) {
            throw new IrSyntaxError(message, position);
        }
    }

    void insertElement(Value vector, Value element, Value index) {
        requireVector(vector, "invalid insertelement operands");
        if (!vector.type().scalar().equals(element.type())) {
            throw new IrSyntaxError("invalid insertelement operands", position);
        }
        add(new InsertElement(vector, element, index));
    }

    void shuffleVector(Value first, Value second, Value mask) {
        requireVector(first, "invalid shufflevector operands");
        requireVector(mask, "invalid shufflevector operands");
        if (!first.type().equals(second.type())) {
            throw new IrSyntaxError("invalid shufflevector operands", position);
        }
        add(new ShuffleVector(first, second, mask));
    }

    void beginIndices() {
        indices.clear();
        values.clear();
        flags = Flags.NONE;
    }

    void index(int index) {
        indices.add(index);
    }

    void extractValue(Value aggregate) {
        requireIndices(aggregate, "extractvalue");
        add(new ExtractValue(aggregate, List.copyOf(indices)));
    }

    private Type requireIndices(Value aggregate, String what) {
        if (indices.isEmpty()) {
            throw new IrSyntaxError("expected ',' as start of index list", position);
        }
        try {
            return AggregateTypes.at(aggregate.type(), indices);
        } catch (IllegalArgumentException exception) {
            throw new IrSyntaxError("invalid indices for " + what, position);
        }
    }

    void insertValue(Value aggregate, Value element) {
        Type reached = requireIndices(aggregate, "insertvalue");
        if (!reached.equals(element.type())) {
            throw new IrSyntaxError(
                    "insertvalue operand and field disagree in type: '" + element.type() + "' instead of '" + reached
                            + "'",
                    position);
        }
        add(new InsertValue(aggregate, element, List.copyOf(indices)));
    }

    // --- Memory

    void allocaWord(String word) {
        words.add(word);
    }

    void beginAlloca(Type allocated) {
        type = allocated;
        addressSpace = 0;
        alignment = 0;
        allocaCount = null;
    }

    void allocaCount(Value count) {
        if (!(count.type() instanceof IntegerType)) {
            throw new IrSyntaxError("element count must have integer type", position);
        }
        allocaCount = count;
    }

    void alloca() {
        if (!type.isFirstClass() || type == SpecialType.LABEL || type == SpecialType.METADATA) {
            throw new IrSyntaxError("invalid type for alloca", position);
        }
        boolean inAlloca = words.contains("inalloca");
        boolean swiftError = words.contains("swifterror");
        words.clear();
        add(new Alloca(pointerTo(type, addressSpace), type, allocaCount, inAlloca, swiftError, alignment));
    }

    void load(Flags words, Type loaded, Value pointer) {
        if (!(pointer.type() instanceof PointerType)) {
            throw new IrSyntaxError("load operand must be a pointer to a first class type", position);
        }
        boolean atomic = words.has("atomic");
        AtomicOrdering order = atomic ? requireOrdering() : takeOrdering();
        add(new Load(loaded, pointer, words.has("volatile"), order, takeScope(), 0));
    }

    void store(Flags words, Value value, Value pointer) {
        if (!(pointer.type() instanceof PointerType)) {
            throw new IrSyntaxError("store operand must be a pointer", position);
        }
        boolean atomic = words.has("atomic");
        AtomicOrdering order = atomic ? requireOrdering() : takeOrdering();
        add(new Store(value, pointer, words.has("volatile"), order, takeScope(), 0));
    }

    void fence() {
        add(new Fence(requireOrdering(), takeScope()));
    }

    void cmpXchg(Flags words, Value pointer, Value expected, Value replacement, String failure) {
        if (!expected.type().equals(replacement.type())) {
            throw new IrSyntaxError("compare value and new value type do not match", position);
        }
        AtomicOrdering success = requireOrdering();
        AtomicOrdering failureOrdering = AtomicOrdering.valueOf(failure.toUpperCase(Locale.ROOT));
        add(new CmpXchg(
                pointer,
                expected,
                replacement,
                words.has("weak"),
                words.has("volatile"),
                takeScope(),
                success,
                failureOrdering,
                0));
    }

    void beginAtomic() {
        words.clear();
    }

    void atomicWord(String word) {
        words.add(word);
    }

    void atomicRmw(Value pointer, Value value) {
        boolean isVolatile = words.remove("volatile");
        String operation = words.isEmpty() ? "" : words.get(0);
        words.clear();
        AtomicOrdering order = requireOrdering();
        add(new AtomicRMW(pointer, value, operation, isVolatile, takeScope(), order, 0));
    }

    void elementFlag(String word) {
        flags = constants.flag(flags, word);
    }

    void elementType(Type source, Value pointer) {
        type = source;
        values.add(pointer);
        if (!pointer.type().isPointerOrVector()) {
            throw new IrSyntaxError("base of getelementptr must be a pointer", position);
        }
    }

    void elementIndex(Value index) {
        values.add(index);
    }

    void getElementPtr() {
        for (int i = 1; i < values.size(); i++) {
            if (!values.get(i).type().isIntegerOrVector()) {
                throw new IrSyntaxError("getelementptr index must be an integer", position);
            }
        }
        Type result = ElementPointers.resultType(types, type, values.get(0).type(), values, position);
        List<Value> offsets = List.copyOf(values.subList(1, values.size()));
        add(new GetElementPtr(result, flags, type, values.get(0), offsets));
        values.clear();
    }

    // --- Conversions and the rest

    void cast(String opcode, Flags words, Value value, Type to) {
        add(new Cast(CastOpcode.valueOf(opcode.toUpperCase(Locale.ROOT)), words, value, to));
    }

    void icmp(Flags words, Value left, Value right) {
        List<String> given = words.words();
        String predicate = given.isEmpty() ? "" : given.get(given.size() - 1);
        Flags rest = given.size() < 2 ? Flags.NONE : new Flags(given.subList(0, given.size() - 1));
        if (!left.type().isIntegerOrVector() && !left.type().isPointerOrVector()) {
            throw new IrSyntaxError("icmp requires integer operands", position);
        }
        try {
            add(new ICmp(ICmpPredicate.valueOf(predicate.toUpperCase(Locale.ROOT)), rest, left, right));
        } catch (IllegalArgumentException exception) {
            throw new IrSyntaxError("expected icmp predicate (e.g. 'eq')", position);
        }
    }

    void beginCompare() {
        words.clear();
    }

    void compareWord(String word) {
        words.add(word);
    }

    void fcmp(Value left, Value right) {
        if (!left.type().isFloatingPointOrVector()) {
            throw new IrSyntaxError("fcmp requires floating point operands", position);
        }
        String predicate = words.isEmpty() ? "" : words.remove(words.size() - 1);
        Flags rest = words.isEmpty() ? Flags.NONE : new Flags(words);
        words.clear();
        try {
            add(new FCmp(FCmpPredicate.valueOf(predicate.toUpperCase(Locale.ROOT)), rest, left, right));
        } catch (IllegalArgumentException exception) {
            throw new IrSyntaxError("expected fcmp predicate (e.g. 'oeq')", position);
        }
    }

    void beginPhi(Flags words, Type phiType) {
        if (!phiType.isFirstClass()) {
            throw new IrSyntaxError("phi node must have first class type", position);
        }
        flags = words;
        type = phiType;
        values.clear();
    }

    void incoming(Value value, BasicBlock from) {
        values.add(value);
        values.add(from);
    }

    void endPhi() {
        Phi phi = new Phi(type, flags);
        phi.setIncoming(values.toArray(Value[]::new));
        values.clear();
        add(phi);
    }

    void select(Flags words, Value test, Value yes, Value no) {
        if (!test.type().scalar().equals(IntegerType.I1) || !sameValueType(yes, no)) {
            throw new IrSyntaxError(
                    test.type().scalar().equals(IntegerType.I1)
                            ? "select values must have same type"
                            : "vector select condition element type must be i1",
                    position);
        }
        add(new Select(test, yes, no, words));
    }

    private static boolean sameValueType(Value left, Value right) {
        return left.type().equals(right.type());
    }

    void freeze(Value value) {
        add(new Freeze(value));
    }

    void vaArg(Value list, Type to) {
        if (!to.isFirstClass()) {
            throw new IrSyntaxError("va_arg requires operand with first class type", position);
        }
        add(new VAArg(list, to));
    }

    void beginLandingPad(Type padType) {
        type = padType;
        values.clear();
        filters.clear();
        cleanup = false;
    }

    void cleanup() {
        cleanup = true;
    }

    void landingClause(Value value, boolean filter) {
        values.add(value);
        filters.add(filter);
    }

    void landingPad() {
        add(new LandingPad(type, cleanup, List.copyOf(values), List.copyOf(filters)));
        values.clear();
    }

    void catchPad(Value pad, List<Value> arguments) {
        add(new CatchPad(pad, arguments));
    }

    void cleanupPad(Value pad, List<Value> arguments) {
        add(new CleanupPad(pad, arguments));
    }
}
