package dev.jci.grammar;

import static java.util.Objects.requireNonNull;

import dev.jci.ir.Alloca;
import dev.jci.ir.AtomicOrdering;
import dev.jci.ir.AtomicRMW;
import dev.jci.ir.CmpXchg;
import dev.jci.ir.Fence;
import dev.jci.ir.Flags;
import dev.jci.ir.FloatingPointType;
import dev.jci.ir.GetElementPtr;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Load;
import dev.jci.ir.PointerType;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Store;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import dev.jci.ir.VectorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds what touches memory, and the clauses that only such instructions have (LangRef, "Memory Access and Addressing Operations"). */
final class MemoryBuilder {
    private static final long LARGEST_ALIGNMENT = 1L << 32;
    private static final Set<String> FLOATING_OPERATIONS =
            Set.of("fadd", "fsub", "fmax", "fmin", "fmaximum", "fminimum", "fmaximumnum", "fminimumnum");

    private final FunctionBuilder function;
    private int addressSpace;
    private @Nullable String syncScope;
    private @Nullable AtomicOrdering ordering;
    private int orderingPosition;
    private final List<Value> values = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private Type type = SpecialType.VOID;
    private Flags flags = Flags.NONE;
    private @Nullable Value allocaCount;
    private long alignment;

    MemoryBuilder(FunctionBuilder function) {
        this.function = function;
    }

    void align(long bytes) {
        if (bytes <= 0 || (bytes & (bytes - 1)) != 0) {
            throw function.error("alignment is not a power of two");
        }
        if (bytes > LARGEST_ALIGNMENT) {
            throw function.error("huge alignments are not supported yet");
        }
        switch (function.instruction()) {
            case Load load -> load.setAlignment(bytes);
            case Store store -> store.setAlignment(bytes);
            case CmpXchg cmpXchg -> cmpXchg.setAlignment(bytes);
            case AtomicRMW rmw -> rmw.setAlignment(bytes);
            case null -> alignment = bytes;
            default -> throw function.error("expected metadata after comma");
        }
    }

    void addressSpace(int space) {
        addressSpace = space;
    }

    void syncScope(String scope) {
        syncScope = scope;
        orderingPosition = function.lastStart();
    }

    void ordering(String word) {
        ordering = OperationWords.ORDERINGS.get(word);
        orderingPosition = function.lastStart();
    }

    /** Only an atomic access has an ordering. */
    private @Nullable AtomicOrdering orderingOf(Flags words) {
        if (words.has("atomic")) {
            return requireOrdering();
        }
        if (ordering != null || syncScope != null) {
            throw new IrSyntaxError("expected instruction opcode", orderingPosition);
        }
        return null;
    }

    private @Nullable AtomicOrdering takeOrdering() {
        AtomicOrdering taken = ordering;
        ordering = null;
        return taken;
    }

    private AtomicOrdering requireOrdering() {
        AtomicOrdering taken = takeOrdering();
        if (taken == null) {
            throw function.error("Expected ordering on atomic instruction");
        }
        return taken;
    }

    private @Nullable String takeScope() {
        String taken = syncScope;
        syncScope = null;
        return taken;
    }

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
            throw function.error(1, "element count must have integer type");
        }
        allocaCount = count;
    }

    void alloca() {
        if (!type.isFirstClass()
                || type == SpecialType.LABEL
                || type == SpecialType.METADATA
                || type == SpecialType.TOKEN
                || type == SpecialType.X86_AMX) {
            throw function.error(0, "invalid type for alloca");
        }
        requireSized(type, 0, "Cannot allocate unsized type");
        boolean inAlloca = words.contains("inalloca");
        boolean swiftError = words.contains("swifterror");
        words.clear();
        function.add(
                new Alloca(function.pointerTo(type, addressSpace), type, allocaCount, inAlloca, swiftError, alignment));
    }

    private void requireSized(Type accessed, int operand, String message) {
        boolean simple = accessed instanceof IntegerType || accessed instanceof PointerType;
        if (!simple && !function.types().isSized(accessed)) {
            throw function.error(operand, message);
        }
    }

    void load(Flags words, Type loaded, int typePosition, Value pointer) {
        function.requireFlags("load", words);
        if (!(pointer.type() instanceof PointerType)) {
            throw function.error(1, "load operand must be a pointer to a first class type");
        }
        function.types().requirePointee(loaded, pointer.type(), typePosition);
        requireSized(loaded, 0, "loading unsized types is not allowed");
        AtomicOrdering order = orderingOf(words);
        function.add(new Load(loaded, pointer, words.has("volatile"), order, takeScope(), 0));
    }

    private void requirePointee(Value value, Value pointer, int operand, String message) {
        if (function.types().strict()
                && pointer.type() instanceof PointerType to
                && !to.isOpaque()
                && !value.type().equals(to.pointee())) {
            throw function.error(operand, message);
        }
    }

    void store(Flags words, Value value, Value pointer) {
        function.requireFlags("store", words);
        if (!(pointer.type() instanceof PointerType)) {
            throw function.error(1, "store operand must be a pointer");
        }
        requirePointee(value, pointer, 0, "stored value and pointer type do not match");
        requireSized(value.type(), 0, "storing unsized types is not allowed");
        AtomicOrdering order = orderingOf(words);
        function.add(new Store(value, pointer, words.has("volatile"), order, takeScope(), 0));
    }

    void fence() {
        function.add(new Fence(requireOrdering(), takeScope()));
    }

    void cmpXchg(Flags words, Value pointer, Value expected, Value replacement, String failure) {
        function.requireFlags("cmpxchg", words);
        if (!expected.type().equals(replacement.type())) {
            throw function.error(2, "compare value and new value type do not match");
        }
        requirePointee(replacement, pointer, 2, "new value and pointer type do not match");
        AtomicOrdering success = requireOrdering();
        AtomicOrdering failureOrdering = requireNonNull(OperationWords.ORDERINGS.get(failure));
        function.add(new CmpXchg(
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
        requirePointee(value, pointer, 1, "atomicrmw value and pointer type do not match");
        checkAtomic(operation, value.type());
        AtomicOrdering order = requireOrdering();
        function.add(new AtomicRMW(pointer, value, operation, isVolatile, takeScope(), order, 0));
    }

    private void checkAtomic(String operation, Type operand) {
        if (operand instanceof VectorType vector && vector.scalable()) {
            throw function.error(1, "atomicrmw operand may not be scalable");
        }
        boolean floating = FLOATING_OPERATIONS.contains(operation);
        boolean fits = operation.equals("xchg")
                ? operand instanceof IntegerType
                        || operand instanceof FloatingPointType
                        || operand instanceof PointerType
                : floating ? operand.isFloatingPointOrVector() : operand instanceof IntegerType;
        if (!fits) {
            throw function.error(
                    1,
                    "atomicrmw " + operation + " operand must be "
                            + (operation.equals("xchg")
                                    ? "an integer, floating point, or pointer type"
                                    : floating ? "a floating point type" : "an integer"));
        }
        if (operand instanceof IntegerType integer && (integer.bits() < 8 || Integer.bitCount(integer.bits()) != 1)) {
            throw function.error(1, "atomicrmw operand must be power-of-two byte-sized integer");
        }
    }

    void beginElementPointer() {
        values.clear();
        flags = Flags.NONE;
    }

    void elementFlag(String word) {
        flags = function.constants().flag(flags, word);
    }

    void elementType(Type source, int typePosition, Value pointer) {
        function.types().requirePointee(source, pointer.type(), typePosition);
        function.requireFlags("getelementptr", flags);
        type = source;
        values.add(pointer);
        if (!pointer.type().isPointerOrVector()) {
            throw function.error(1, "base of getelementptr must be a pointer");
        }
    }

    private void checkVectorLengths() {
        VectorType first = null;
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).type() instanceof VectorType vector) {
                if (first != null && (vector.length() != first.length() || vector.scalable() != first.scalable())) {
                    throw function.error(i + 1, "getelementptr vector index has a wrong number of elements");
                }
                first = vector;
            }
        }
    }

    void elementIndex(Value index) {
        values.add(index);
    }

    void getElementPtr() {
        for (int i = 1; i < values.size(); i++) {
            if (!values.get(i).type().isIntegerOrVector()) {
                throw function.error(i + 1, "getelementptr index must be an integer");
            }
        }
        if (values.size() > 1
                && !(type instanceof IntegerType)
                && !function.types().isSized(type)) {
            throw function.error(1, "base element of getelementptr must be sized");
        }
        checkVectorLengths();
        Type result =
                ElementPointers.resultType(function.types(), type, values.get(0).type(), values, function.position());
        List<Value> offsets = List.copyOf(values.subList(1, values.size()));
        function.add(new GetElementPtr(result, flags, type, values.get(0), offsets));
        values.clear();
    }
}
