package dev.jci.grammar;

import static java.util.Objects.requireNonNull;

import dev.jci.ir.ArrayType;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Cast;
import dev.jci.ir.CastOpcode;
import dev.jci.ir.CastTypes;
import dev.jci.ir.FCmp;
import dev.jci.ir.FCmpPredicate;
import dev.jci.ir.FNeg;
import dev.jci.ir.Flags;
import dev.jci.ir.Freeze;
import dev.jci.ir.ICmp;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Phi;
import dev.jci.ir.Select;
import dev.jci.ir.SpecialType;
import dev.jci.ir.StructType;
import dev.jci.ir.Type;
import dev.jci.ir.VAArg;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** Builds arithmetic, comparisons, conversions and the operations that are nothing else (LangRef, "Binary Operations", "Conversion Operations", "Other Operations"). */
final class OperationBuilder {
    private final FunctionBuilder function;
    private final List<Value> values = new ArrayList<>();
    private final List<String> words = new ArrayList<>();
    private Type type = SpecialType.VOID;
    private Flags flags = Flags.NONE;

    OperationBuilder(FunctionBuilder function) {
        this.function = function;
    }

    void fneg(Flags words, Value value) {
        function.requireFlags("fneg", words);
        if (!value.type().isFloatingPointOrVector()) {
            throw function.error(0, "invalid operand type for instruction");
        }
        function.add(new FNeg(value, words));
    }

    void binary(String opcode, Flags words, Value left, Value right) {
        BinaryOpcode operation = requireNonNull(OperationWords.BINARY.get(opcode));
        function.requireFlags(opcode, words);
        boolean floating = switch (operation) {
            case FADD, FSUB, FMUL, FDIV, FREM -> true;
            default -> false;
        };
        Type operandType = left.type();
        if (floating ? !operandType.isFloatingPointOrVector() : !operandType.isIntegerOrVector()) {
            boolean logical =
                    operation == BinaryOpcode.AND || operation == BinaryOpcode.OR || operation == BinaryOpcode.XOR;
            throw function.error(
                    0,
                    logical
                            ? "instruction requires integer or integer vector operands"
                            : "invalid operand type for instruction");
        }
        function.add(new BinaryOperator(operation, words, left, right));
    }

    void cast(String opcode, Flags words, Value value, Type to) {
        CastOpcode operation = requireNonNull(OperationWords.CASTS.get(opcode));
        function.requireFlags(opcode, words);
        if (!CastTypes.isValid(operation, value.type(), to)) {
            throw function.error(0, "invalid cast opcode for cast from '" + value.type() + "' to '" + to + "'");
        }
        function.add(new Cast(operation, words, value, to));
    }

    void icmp(Value left, Value right) {
        ICmpPredicate predicate = words.isEmpty() ? null : OperationWords.ICMP.get(words.removeLast());
        Flags rest = takeWords();
        function.requireFlags("icmp", rest);
        if (!left.type().isIntegerOrVector() && !left.type().isPointerOrVector()) {
            throw function.error(0, "icmp requires integer operands");
        }
        if (predicate == null) {
            throw function.error("expected icmp predicate (e.g. 'eq')");
        }
        function.add(new ICmp(predicate, rest, left, right));
    }

    /** The words that are left before the operands, as flags. */
    private Flags takeWords() {
        Flags taken = Flags.NONE;
        for (String word : words) {
            taken = function.constants().flag(taken, word);
        }
        words.clear();
        return taken;
    }

    void beginCompare() {
        words.clear();
    }

    void compareWord(String word) {
        words.add(word);
    }

    void fcmp(Value left, Value right) {
        if (!left.type().isFloatingPointOrVector()) {
            throw function.error(0, "fcmp requires floating point operands");
        }
        FCmpPredicate predicate = words.isEmpty() ? null : OperationWords.FCMP.get(words.removeLast());
        Flags rest = takeWords();
        function.requireFlags("fcmp", rest);
        if (predicate == null) {
            throw function.error("expected fcmp predicate (e.g. 'oeq')");
        }
        function.add(new FCmp(predicate, rest, left, right));
    }

    void beginPhi(Flags words, Type phiType) {
        if (!phiType.isFirstClass()) {
            throw function.error(0, "phi node must have first class type");
        }
        function.requireFlags("phi", words);
        if (!words.isEmpty() && !takesFastMath(phiType)) {
            throw function.error(
                    "fast-math-flags specified for phi without floating-point scalar or vector return type");
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
        function.add(phi);
    }

    void select(Flags words, Value test, Value yes, Value no) {
        if (!test.type().scalar().equals(IntegerType.I1) || !sameValueType(yes, no)) {
            throw function.error(
                    0,
                    test.type().scalar().equals(IntegerType.I1)
                            ? "select values must have same type"
                            : "vector select condition element type must be i1");
        }
        function.requireFlags("select", words);
        if (!words.isEmpty() && !takesFastMath(yes.type())) {
            throw function.error(
                    "fast-math-flags specified for select without floating-point scalar or vector return type");
        }
        function.add(new Select(test, yes, no, words));
    }

    /** Floating point numbers, vectors of them, and arrays of either. */
    static boolean takesFastMath(Type type) {
        return switch (type) {
            case ArrayType array -> takesFastMath(array.element());
            case StructType struct -> struct.elements().stream().allMatch(OperationBuilder::takesFastMath);
            default -> type.isFloatingPointOrVector();
        };
    }

    private static boolean sameValueType(Value left, Value right) {
        return left.type().equals(right.type());
    }

    void freeze(Value value) {
        function.add(new Freeze(value));
    }

    void vaArg(Value list, Type to) {
        if (!to.isFirstClass()) {
            throw function.error(1, "va_arg requires operand with first class type");
        }
        function.add(new VAArg(list, to));
    }
}
