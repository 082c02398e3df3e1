package dev.jci.grammar;

import dev.jci.ir.AggregateTypes;
import dev.jci.ir.ArrayType;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.BlockAddress;
import dev.jci.ir.CastOpcode;
import dev.jci.ir.CastTypes;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantAggregate;
import dev.jci.ir.ConstantDataString;
import dev.jci.ir.ConstantExpr;
import dev.jci.ir.ConstantFP;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.ConstantPtrAuth;
import dev.jci.ir.ConstantSplat;
import dev.jci.ir.FCmpPredicate;
import dev.jci.ir.Flags;
import dev.jci.ir.FloatingPointType;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.GlobalReference;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.IntegerType;
import dev.jci.ir.LanguageChanges;
import dev.jci.ir.LanguageVersion;
import dev.jci.ir.NamedStruct;
import dev.jci.ir.PointerType;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.SpecialType;
import dev.jci.ir.StructType;
import dev.jci.ir.TargetExtType;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import dev.jci.ir.VectorType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds constants, and checks them against the type that stands before them as LLVM's parser does. */
final class ValueBuilder {
    private static final int SMALLEST = -128;
    private static final int LARGEST = 1023;
    private static final int PTRTOADDR = 22;

    /** Which brackets an aggregate was written in. */
    enum Shape {
        ARRAY,
        STRUCT,
        PACKED,
        VECTOR
    }

    private final Source source;
    private final TypeBuilder types;
    private final Globals globals;
    private final LanguageVersion version;
    private final FlagWords flagWords;
    private final Map<Type, Map<SimpleConstant.Kind, SimpleConstant>> simple = new HashMap<>();
    private final Map<Integer, ConstantInt[]> small = new HashMap<>();
    private final IdentityHashMap<Flags, Map<String, Flags>> longerFlags = new IdentityHashMap<>();

    private @Nullable Function reading;

    // The getelementptr expression being read. They nest, so the state of the outer one is kept aside.
    private final List<ElementPointerState> elementPointers = new ArrayList<>();

    private static final class ElementPointerState {
        private Flags flags = Flags.NONE;
        private @Nullable String inRange;
        private int inRangeIndex = -1;
        private Type pointerType = PointerType.OPAQUE;
        private final List<Constant> operands = new ArrayList<>();
    }

    ValueBuilder(Source source, TypeBuilder types, Globals globals, LanguageVersion version) {
        this.source = source;
        this.types = types;
        this.globals = globals;
        this.version = version;
        this.flagWords = new FlagWords(version);
    }

    /** Says whose body is read now. */
    void reading(Function function) {
        reading = function;
    }

    FlagWords flagWords() {
        return flagWords;
    }

    private void requireFlags(String opcode, Flags words, int position) {
        if (!flagWords.fit(opcode, words)) {
            throw new IrSyntaxError("expected '(' in constantexpr", position);
        }
    }

    /** Checks that the LLVM that reads the text has constant expressions of that opcode. */
    void requireExpression(String opcode, int position) {
        if (version.isAtLeast(LanguageChanges.constantExpressionGone(opcode))) {
            throw new IrSyntaxError(opcode + " constexprs are no longer supported", position);
        }
        if (opcode.equals("ptrtoaddr") && version.isBefore(PTRTOADDR)) {
            throw new IrSyntaxError("expected value token", position);
        }
    }

    Value global(@Nullable Type type, String name, boolean number, int position) {
        GlobalValue global = globals.find(name, number, position);
        if (type == null) {
            return global;
        }
        if (!(type instanceof PointerType pointer)) {
            throw new IrSyntaxError("global variable reference must have pointer type", position);
        }
        globals.refer(global, pointer, position);
        return global;
    }

    ConstantInt integer(Type type, ParserBase parser) {
        if (!(type instanceof IntegerType integer)) {
            throw new IrSyntaxError("integer constant must have integer type", parser.start());
        }
        int start = parser.start();
        int end = parser.end();
        if (end - start > 18) {
            return ConstantInt.of(integer, source.largeNumber(start, end));
        }
        long value = source.number(start, end);
        return value >= SMALLEST && value <= LARGEST ? small(integer, (int) value) : ConstantInt.of(integer, value);
    }

    private ConstantInt small(IntegerType type, int value) {
        ConstantInt[] known = small.computeIfAbsent(type.bits(), bits -> new ConstantInt[LARGEST - SMALLEST + 1]);
        ConstantInt constant = known[value - SMALLEST];
        if (constant == null) {
            constant = ConstantInt.of(type, value);
            known[value - SMALLEST] = constant;
        }
        return constant;
    }

    ConstantInt hexInteger(Type type, String text, int position) {
        if (!(type instanceof IntegerType integer)) {
            throw new IrSyntaxError("integer constant must have integer type", position);
        }
        String digits = text.substring(3);
        byte[] bytes = HexFormat.of().parseHex(digits.length() % 2 == 0 ? digits : "0" + digits);
        BigInteger bits = new BigInteger(1, bytes);
        if (text.charAt(0) == 's' && bits.signum() > 0) {
            // LLVM takes the highest bit that is set for the sign.
            bits = bits.subtract(BigInteger.ONE.shiftLeft(bits.bitLength()));
        }
        return ConstantInt.of(integer, bits);
    }

    ConstantFP decimal(Type type, String text, int position) {
        return FloatingPointLiterals.decimal(floatingPoint(type, position), text);
    }

    ConstantFP hexadecimal(Type type, String text, int position) {
        return FloatingPointLiterals.hexadecimal(floatingPoint(type, position), text, position);
    }

    private static FloatingPointType floatingPoint(Type type, int position) {
        if (type instanceof FloatingPointType floating) {
            return floating;
        }
        throw new IrSyntaxError("floating point constant invalid for type", position);
    }

    ConstantInt bool(Type type, boolean value, int position) {
        if (!type.equals(IntegerType.I1)) {
            throw new IrSyntaxError(
                    "constant expression type mismatch: got type 'i1' but expected '" + type + "'", position);
        }
        return ConstantInt.of(value);
    }

    SimpleConstant simple(SimpleConstant.Kind kind, Type type, int position) {
        switch (kind) {
            case NULL -> {
                if (!(type instanceof PointerType)) {
                    throw new IrSyntaxError("null must be a pointer type", position);
                }
            }
            case UNDEF, POISON, ZERO -> {
                if (!type.isFirstClass()
                        || type == SpecialType.LABEL
                        || (type == SpecialType.TOKEN
                                && kind != SimpleConstant.Kind.POISON
                                && kind != SimpleConstant.Kind.UNDEF)) {
                    throw new IrSyntaxError("invalid type for " + what(kind) + " constant", position);
                }
            }
            case NONE -> {
                if (type != SpecialType.TOKEN && !(type instanceof TargetExtType)) {
                    throw new IrSyntaxError("invalid type for none constant", position);
                }
            }
        }
        return simple.computeIfAbsent(type, key -> new EnumMap<>(SimpleConstant.Kind.class))
                .computeIfAbsent(kind, key -> new SimpleConstant(key, type));
    }

    private static String what(SimpleConstant.Kind kind) {
        return kind == SimpleConstant.Kind.ZERO ? "null" : kind.keyword();
    }

    ConstantDataString characters(Type type, String bytes, int position) {
        ArrayType actual = (ArrayType) types.array(bytes.length(), IntegerType.I8, position);
        if (!actual.equals(type)) {
            throw new IrSyntaxError(
                    "constant expression type mismatch: got type '" + actual + "' but expected '" + type + "'",
                    position);
        }
        return new ConstantDataString(actual, bytes);
    }

    Constant aggregate(Type type, List<Constant> elements, Shape shape, int position) {
        switch (shape) {
            case ARRAY -> checkArray(type, elements, position);
            case VECTOR -> checkVector(type, elements, position);
            case STRUCT, PACKED -> checkStruct(type, elements, shape == Shape.PACKED, position);
        }
        return new ConstantAggregate(type, elements);
    }

    private void checkArray(Type type, List<Constant> elements, int position) {
        Type element = elements.isEmpty() ? null : elements.get(0).type();
        if (!(type instanceof ArrayType array)) {
            throw new IrSyntaxError(
                    "constant expression type mismatch: got an array but expected '" + type + "'", position);
        }
        if (element == null
                ? array.length() != 0
                : array.length() != elements.size() || !sameType(element, array.element())) {
            throw new IrSyntaxError(
                    "constant expression type mismatch: got type '[" + elements.size() + " x "
                            + (element == null ? array.element() : element) + "]' but expected '" + type + "'",
                    position);
        }
        checkElements(elements, "array", position);
    }

    private static void checkElements(List<Constant> elements, String what, int position) {
        for (int i = 1; i < elements.size(); i++) {
            if (!sameType(elements.get(i).type(), elements.get(0).type())) {
                throw new IrSyntaxError(
                        what + " element #" + i + " is not of type '"
                                + elements.get(0).type() + "'",
                        position);
            }
        }
    }

    private void checkVector(Type type, List<Constant> elements, int position) {
        if (elements.isEmpty()) {
            throw new IrSyntaxError("constant vector must not be empty", position);
        }
        checkElements(elements, "vector", position);
        if (!(type instanceof VectorType vector)
                || vector.scalable()
                || vector.length() != elements.size()
                || !sameType(vector.element(), elements.get(0).type())) {
            throw new IrSyntaxError(
                    "constant expression type mismatch: got type '<" + elements.size() + " x "
                            + elements.get(0).type() + ">' but expected '" + type + "'",
                    position);
        }
    }

    private static void checkStruct(Type type, List<Constant> elements, boolean packed, int position) {
        StructType struct =
                type instanceof StructType literal ? literal : type instanceof NamedStruct named ? named.body() : null;
        if (struct == null) {
            throw new IrSyntaxError(
                    "constant expression type mismatch: got a structure but expected '" + type + "'", position);
        }
        if (struct.elements().size() != elements.size()) {
            throw new IrSyntaxError("initializer with struct type has wrong # elements", position);
        }
        if (struct.packed() != packed) {
            throw new IrSyntaxError("packed'ness of initializer and type don't match", position);
        }
        for (int i = 0; i < elements.size(); i++) {
            if (!sameType(elements.get(i).type(), struct.elements().get(i))) {
                throw new IrSyntaxError(
                        "element " + i + " of struct initializer doesn't match struct element type", position);
            }
        }
    }

    /** Types of globals are settled only when all headers are read, so pointers are not told apart here. */
    private static boolean sameType(Type left, Type right) {
        return left.equals(right) || (left instanceof PointerType && right instanceof PointerType);
    }

    InlineAsm inlineAsm(
            boolean called, Type type, List<String> words, String template, String constraints, int position) {
        if (!called) {
            throw new IrSyntaxError("invalid type for inline asm constraint string", position);
        }
        return new InlineAsm(
                type,
                template,
                constraints,
                words.contains("sideeffect"),
                words.contains("alignstack"),
                words.contains("inteldialect"),
                words.contains("unwind"));
    }

    /** A constant expression where a value of that type is expected. */
    Constant expect(Type type, Constant constant, int position) {
        boolean exact = constant instanceof ConstantExpr.Conversion || constant instanceof ConstantExpr.ElementPointer;
        if (exact ? !types.agrees(constant.type(), type) : !sameType(constant.type(), type)) {
            if (constant instanceof ConstantExpr.AggregateAccess insertion
                    && insertion.element() != null
                    && insertion.element().type().equals(type)) {
                // LLVM 14 gives an insertvalue expression that it cannot fold the type of the element.
                return new ConstantExpr.AggregateAccess(
                        insertion.aggregate(), insertion.element(), insertion.indices(), type);
            }
            throw new IrSyntaxError(
                    "constant expression type mismatch: got type '" + constant.type() + "' but expected '" + type + "'",
                    position);
        }
        return constant;
    }

    BlockAddress blockAddress(Type type, Value function, String name, boolean number, int position) {
        if (!(function instanceof Function target)) {
            throw new IrSyntaxError("expected function name in blockaddress", position);
        }
        if (!(type instanceof PointerType pointer)) {
            throw new IrSyntaxError("type of blockaddress must be a pointer", position);
        }
        globals.referToBlock(target, pointer, name, position);
        if (target != reading) {
            globals.requireOrder(target.toString()); // its body may be read at this moment
        }
        BasicBlock block = globals.block(target, name, number, position);
        return new BlockAddress(type, target, block);
    }

    GlobalReference globalReference(Type type, String word, String name, boolean number, int position) {
        GlobalReference.Kind kind =
                word.equals("no_cfi") ? GlobalReference.Kind.NO_CFI : GlobalReference.Kind.DSO_LOCAL_EQUIVALENT;
        return new GlobalReference(kind, (GlobalValue) global(type, name, number, position));
    }

    ConstantSplat splat(Type type, Constant element, int position) {
        if (!(type instanceof VectorType vector)) {
            throw new IrSyntaxError("vector constant must have vector type", position);
        }
        if (!sameType(vector.element(), element.type())) {
            throw new IrSyntaxError(
                    "constant expression type mismatch: got type '" + element.type() + "' but expected '"
                            + vector.element() + "'",
                    position);
        }
        return new ConstantSplat(vector, element);
    }

    ConstantPtrAuth ptrAuth(Type type, List<Constant> operands, int position) {
        if (operands.size() < 2 || operands.size() > 5) {
            throw new IrSyntaxError("constant ptrauth must have 2 to 5 operands", position);
        }
        if (!(operands.get(0).type() instanceof PointerType)) {
            throw new IrSyntaxError("constant ptrauth base pointer must be a pointer", position);
        }
        if (!isInteger(operands.get(1), 32)) {
            throw new IrSyntaxError("constant ptrauth key must be i32 constant", position);
        }
        for (Constant operand : operands.subList(2, operands.size())) {
            if (!(operand.type() instanceof PointerType) && !isInteger(operand, 64)) {
                throw new IrSyntaxError("constant ptrauth integer discriminator must be i64 constant", position);
            }
        }
        return new ConstantPtrAuth(type, operands);
    }

    private static boolean isInteger(Constant constant, int bits) {
        return constant.type().equals(IntegerType.of(bits))
                && (constant instanceof ConstantInt || constant instanceof SimpleConstant);
    }

    Constant constant(Value value, int position) {
        if (value instanceof Constant constant) {
            return constant;
        }
        throw new IrSyntaxError("expected a constant value", position);
    }

    ConstantExpr binary(String opcode, Flags words, List<Constant> operands, int position) {
        require(operands, 2, opcode, position);
        requireFlags(opcode, words, position);
        if (!sameType(operands.get(0).type(), operands.get(1).type())) {
            throw new IrSyntaxError("operands of constexpr must have same type", position);
        }
        return new ConstantExpr.Binary(
                BinaryOpcode.valueOf(opcode.toUpperCase(Locale.ROOT)), words, operands.get(0), operands.get(1));
    }

    private static void require(List<Constant> operands, int count, String opcode, int position) {
        if (operands.size() != count) {
            throw new IrSyntaxError("expected " + count + " operands in " + opcode + " expression", position);
        }
    }

    ConstantExpr negate(Constant operand) {
        return new ConstantExpr.Negate(operand);
    }

    /**
     * @param from the type written before the operand; that of a global may not be known yet
     */
    ConstantExpr conversion(String opcode, Flags words, Constant operand, Type from, Type type, int position) {
        CastOpcode operation = CastOpcode.valueOf(opcode.toUpperCase(Locale.ROOT));
        if (!words.isEmpty()) {
            throw new IrSyntaxError("expected '(' after constantexpr cast", position);
        }
        if (!CastTypes.isValid(operation, from, type)) {
            throw new IrSyntaxError("invalid cast opcode for cast from '" + from + "' to '" + type + "'", position);
        }
        return new ConstantExpr.Conversion(operation, words, operand, type);
    }

    void beginElementPointer() {
        elementPointers.add(new ElementPointerState());
    }

    private ElementPointerState state() {
        return elementPointers.get(elementPointers.size() - 1);
    }

    void elementPointerFlag(String word) {
        state().flags = flag(state().flags, word);
    }

    void elementPointerRange(int from, int to) {
        state().inRange = source.spaced(from, to);
    }

    void inRangeIndex() {
        state().inRangeIndex = state().operands.size();
    }

    void index(Constant constant, Type type) {
        if (state().operands.isEmpty()) {
            state().pointerType = type;
        }
        state().operands.add(constant);
    }

    ConstantExpr elementPointer(Type sourceType, int position) {
        ElementPointerState state = elementPointers.remove(elementPointers.size() - 1);
        requireFlags("getelementptr", state.flags, position);
        if (state.operands.isEmpty() || !state.pointerType.isPointerOrVector()) {
            throw new IrSyntaxError("base of getelementptr must be a pointer", position);
        }
        Type result = ElementPointers.resultType(types, sourceType, state.pointerType, state.operands, position);
        return new ConstantExpr.ElementPointer(
                state.flags, state.inRange, state.inRangeIndex, sourceType, state.operands, result);
    }

    ConstantExpr compare(boolean floatingPoint, String predicate, List<Constant> operands, int position) {
        require(operands, 2, floatingPoint ? "fcmp" : "icmp", position);
        if (floatingPoint ? !FCmpPredicate.isKeyword(predicate) : !ICmpPredicate.isKeyword(predicate)) {
            throw new IrSyntaxError(
                    floatingPoint ? "expected fcmp predicate (e.g. 'oeq')" : "expected icmp predicate (e.g. 'eq')",
                    position);
        }
        Type result = AggregateTypes.comparisonResult(operands.get(0).type());
        return new ConstantExpr.Compare(floatingPoint, predicate, operands.get(0), operands.get(1), result);
    }

    ConstantExpr other(ConstantExpr.Other.Opcode opcode, List<Constant> operands, int position) {
        require(operands, opcode == ConstantExpr.Other.Opcode.EXTRACTELEMENT ? 2 : 3, opcode.keyword(), position);
        Type type = switch (opcode) {
            case SELECT -> operands.get(1).type();
            case EXTRACTELEMENT -> operands.get(0).type().scalar();
            case INSERTELEMENT -> operands.get(0).type();
            case SHUFFLEVECTOR ->
                shuffleType(operands.get(0).type(), operands.get(2).type());
        };
        return new ConstantExpr.Other(opcode, operands, type);
    }

    private static Type shuffleType(Type vector, Type mask) {
        return mask instanceof VectorType shape
                ? new VectorType(shape.scalable(), shape.length(), vector.scalar())
                : vector;
    }

    ConstantExpr aggregateAccess(Constant aggregate, @Nullable Constant element, List<Integer> indices, int position) {
        try {
            Type reached = AggregateTypes.at(aggregate.type(), indices);
            return new ConstantExpr.AggregateAccess(
                    aggregate, element, indices, element == null ? reached : aggregate.type());
        } catch (IllegalArgumentException exception) {
            throw new IrSyntaxError(
                    "invalid indices for " + (element == null ? "extractvalue" : "insertvalue"), position);
        }
    }

    /** The flags with one more word; equal flags are one object. */
    Flags flag(Flags before, String word) {
        Map<String, Flags> longer = longerFlags.computeIfAbsent(before, flags -> new HashMap<>());
        Flags known = longer.get(word);
        if (known == null) {
            List<String> words = new ArrayList<>(before.words());
            words.add(word);
            known = new Flags(words);
            longer.put(word, known);
        }
        return known;
    }

    /** The type of a pointer to a function of that type, as the module writes pointers. */
    PointerType pointerTo(FunctionType type, int space) {
        return globals.typedPointers() ? types.pointer(type, space) : PointerType.opaque(space);
    }
}
