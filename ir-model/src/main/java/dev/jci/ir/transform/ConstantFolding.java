package dev.jci.ir.transform;

import dev.jci.ir.AggregateTypes;
import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.CastOpcode;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantAggregate;
import dev.jci.ir.ConstantExpr;
import dev.jci.ir.ConstantFP;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.ConstantSplat;
import dev.jci.ir.FloatingPointType;
import dev.jci.ir.IntegerType;
import dev.jci.ir.PointerType;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.Type;
import dev.jci.ir.VectorType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes constant expressions whose value follows from LangRef alone: arithmetic, conversions, comparisons and choices between known
 * numbers. Nothing that needs the target is computed: no sizes, no addresses.
 *
 * <p>An operation whose result is poison, such as a shift by too much, is not computed; neither is one that traps.
 */
final class ConstantFolding {
    private ConstantFolding() {}

    /**
     * The value of an expression.
     *
     * @param expression an expression whose operands have been computed as far as they can be
     * @return the value; null when it is not known
     */
    static @Nullable Constant fold(ConstantExpr expression) {
        return switch (expression) {
            case ConstantExpr.AggregateAccess access -> aggregateAccess(access);
            case ConstantExpr.Other other -> other.opcode() == ConstantExpr.Other.Opcode.SELECT ? select(other) : null;
            case ConstantExpr.ElementPointer pointer -> null;
            case ConstantExpr.Conversion conversion
            when conversion.opcode() == CastOpcode.BITCAST && conversion.type() instanceof VectorType -> null;
            case ConstantExpr.Conversion conversion -> elementwise(conversion);
            case ConstantExpr.Binary binary -> elementwise(binary);
            case ConstantExpr.Negate negate -> elementwise(negate);
            case ConstantExpr.Compare compare -> elementwise(compare);
        };
    }

    /** The elements of a constant vector, structure or array; null when it is not given element by element. */
    static @Nullable List<Constant> elements(Constant constant) {
        return switch (constant) {
            case ConstantAggregate aggregate -> aggregate.elements();
            case ConstantSplat splat
            when !splat.type().scalable() && splat.type().length() <= Short.MAX_VALUE ->
                java.util.Collections.nCopies((int) splat.type().length(), splat.element());
            case SimpleConstant simple
            when simple.kind() == SimpleConstant.Kind.ZERO
                    && simple.type() instanceof VectorType vector
                    && !vector.scalable()
                    && vector.length() <= Short.MAX_VALUE ->
                java.util.Collections.nCopies((int) vector.length(), zero(vector.element()));
            default -> null;
        };
    }

    private static Constant zero(Type type) {
        return switch (type) {
            case IntegerType integer -> ConstantInt.of(integer, 0);
            case FloatingPointType floating -> new ConstantFP(floating, 0, 0);
            case PointerType pointer -> SimpleConstant.nullPointer(pointer);
            default -> SimpleConstant.zero(type);
        };
    }

    private static Constant plain(Constant constant) {
        return constant instanceof SimpleConstant simple && simple.kind() == SimpleConstant.Kind.ZERO
                ? zero(simple.type())
                : constant;
    }

    private static @Nullable Constant elementwise(ConstantExpr expression) {
        List<Constant> operands = expression.operands();
        if (!(expression.type() instanceof VectorType type)) {
            return scalar(
                    expression, operands.stream().map(ConstantFolding::plain).toList());
        }
        List<List<Constant>> columns = new ArrayList<>();
        for (Constant operand : operands) {
            List<Constant> elements = elements(operand);
            if (elements == null) {
                return null;
            }
            columns.add(elements);
        }
        List<Constant> results = new ArrayList<>();
        for (int i = 0; i < type.length(); i++) {
            int place = i;
            List<Constant> row =
                    columns.stream().map(column -> plain(column.get(place))).toList();
            Constant result = scalar(expression, row);
            if (result == null) {
                return null;
            }
            results.add(result);
        }
        return new ConstantAggregate(type, results);
    }

    private static @Nullable Constant scalar(ConstantExpr expression, List<Constant> operands) {
        Constant first = operands.get(0);
        Constant second = operands.get(operands.size() - 1);
        return switch (expression) {
            case ConstantExpr.Binary binary
            when first instanceof ConstantInt left && second instanceof ConstantInt right ->
                integer(binary.opcode(), left, right);
            case ConstantExpr.Binary binary
            when first instanceof ConstantFP left && second instanceof ConstantFP right ->
                FloatingPointFolding.binary(binary.opcode(), left, right);
            case ConstantExpr.Negate negate
            when first instanceof ConstantFP value -> FloatingPointFolding.negate(value);
            case ConstantExpr.Compare compare
            when !compare.floatingPoint() && first instanceof ConstantInt left && second instanceof ConstantInt right ->
                ConstantInt.of(compare(compare.predicate(), left, right));
            case ConstantExpr.Compare compare
            when compare.floatingPoint() && first instanceof ConstantFP left && second instanceof ConstantFP right ->
                FloatingPointFolding.compare(compare.predicate(), left, right);
            case ConstantExpr.Compare compare
            when isNull(first) && isNull(second) ->
                switch (compare.predicate()) {
                    case "eq", "uge", "ule", "sge", "sle" -> ConstantInt.TRUE;
                    case "ne", "ugt", "ult", "sgt", "slt" -> ConstantInt.FALSE;
                    default -> null;
                };
            case ConstantExpr.Conversion conversion ->
                convert(conversion.opcode(), first, conversion.type().scalar());
            default -> null;
        };
    }

    private static boolean isNull(Constant constant) {
        return constant instanceof SimpleConstant simple && simple.kind() == SimpleConstant.Kind.NULL;
    }

    private static @Nullable Constant integer(BinaryOpcode opcode, ConstantInt left, ConstantInt right) {
        IntegerType type = left.type();
        BigInteger a = left.value();
        BigInteger b = right.value();
        BigInteger result = switch (opcode) {
            case ADD -> a.add(b);
            case SUB -> a.subtract(b);
            case MUL -> a.multiply(b);
            case AND -> a.and(b);
            case OR -> a.or(b);
            case XOR -> a.xor(b);
            case SDIV -> right.isZero() || overflows(left, b) ? null : a.divide(b);
            case SREM -> right.isZero() || overflows(left, b) ? null : a.remainder(b);
            case UDIV -> right.isZero() ? null : unsigned(left).divide(unsigned(right));
            case UREM -> right.isZero() ? null : unsigned(left).remainder(unsigned(right));
            case SHL -> tooMuch(right, type) ? null : a.shiftLeft(b.intValue());
            case ASHR -> tooMuch(right, type) ? null : a.shiftRight(b.intValue());
            case LSHR -> tooMuch(right, type) ? null : unsigned(left).shiftRight(b.intValue());
            case FADD, FSUB, FMUL, FDIV, FREM -> null;
        };
        return result == null ? null : ConstantInt.of(type, result);
    }

    /** Whether this is the division of the least number by -1. */
    private static boolean overflows(ConstantInt left, BigInteger divisor) {
        BigInteger least = BigInteger.ONE.shiftLeft(left.type().bits() - 1).negate();
        return divisor.equals(BigInteger.ONE.negate()) && left.value().equals(least);
    }

    private static boolean tooMuch(ConstantInt amount, IntegerType type) {
        return unsigned(amount).compareTo(BigInteger.valueOf(type.bits())) >= 0;
    }

    static BigInteger unsigned(ConstantInt value) {
        BigInteger signed = value.value();
        return signed.signum() < 0
                ? signed.add(BigInteger.ONE.shiftLeft(value.type().bits()))
                : signed;
    }

    private static boolean compare(String predicate, ConstantInt left, ConstantInt right) {
        boolean isUnsigned = predicate.charAt(0) == 'u';
        int order = isUnsigned
                ? unsigned(left).compareTo(unsigned(right))
                : left.value().compareTo(right.value());
        return switch (predicate) {
            case "eq" -> order == 0;
            case "ne" -> order != 0;
            case "ugt", "sgt" -> order > 0;
            case "uge", "sge" -> order >= 0;
            case "ult", "slt" -> order < 0;
            case "ule", "sle" -> order <= 0;
            default -> throw new IllegalArgumentException("not a predicate: " + predicate);
        };
    }

    private static @Nullable Constant convert(CastOpcode opcode, Constant value, Type type) {
        if (value.type().equals(type) && opcode == CastOpcode.BITCAST) {
            return value;
        }
        return switch (value) {
            case ConstantInt integer ->
                switch (opcode) {
                    case TRUNC, SEXT -> ConstantInt.of((IntegerType) type, integer.value());
                    case ZEXT -> ConstantInt.of((IntegerType) type, unsigned(integer));
                    case SITOFP -> FloatingPointFolding.of(integer.value(), (FloatingPointType) type);
                    case UITOFP -> FloatingPointFolding.of(unsigned(integer), (FloatingPointType) type);
                    case BITCAST -> FloatingPointFolding.fromBits(unsigned(integer), type);
                    default -> null;
                };
            case ConstantFP floating ->
                switch (opcode) {
                    case FPTRUNC, FPEXT -> FloatingPointFolding.convert(floating, (FloatingPointType) type);
                    case FPTOSI -> FloatingPointFolding.toInteger(floating, (IntegerType) type, true);
                    case FPTOUI -> FloatingPointFolding.toInteger(floating, (IntegerType) type, false);
                    case BITCAST -> FloatingPointFolding.toBits(floating, type);
                    default -> null;
                };
            default -> null;
        };
    }

    private static @Nullable Constant select(ConstantExpr.Other select) {
        Constant condition = plain(select.operands().get(0));
        Constant ifTrue = select.operands().get(1);
        Constant ifFalse = select.operands().get(2);
        if (condition instanceof ConstantInt known) {
            return known.isZero() ? ifFalse : ifTrue;
        }
        List<Constant> conditions = elements(condition);
        List<Constant> left = elements(ifTrue);
        List<Constant> right = elements(ifFalse);
        if (conditions == null || left == null || right == null) {
            return null;
        }
        List<Constant> chosen = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            if (!(plain(conditions.get(i)) instanceof ConstantInt known)) {
                return null;
            }
            chosen.add(known.isZero() ? right.get(i) : left.get(i));
        }
        return new ConstantAggregate(select.type(), chosen);
    }

    private static @Nullable Constant aggregateAccess(ConstantExpr.AggregateAccess access) {
        Constant element = access.element();
        return element == null
                ? extract(access.aggregate(), access.indices())
                : insert(access.aggregate(), element, access.indices());
    }

    private static @Nullable Constant extract(Constant aggregate, List<Integer> indices) {
        if (indices.isEmpty()) {
            return aggregate;
        }
        return switch (aggregate) {
            case ConstantAggregate whole ->
                extract(whole.elements().get(indices.get(0)), indices.subList(1, indices.size()));
            case SimpleConstant simple ->
                plain(new SimpleConstant(simple.kind(), AggregateTypes.at(simple.type(), indices)));
            default -> null;
        };
    }

    private static @Nullable Constant insert(Constant aggregate, Constant element, List<Integer> indices) {
        if (indices.isEmpty()) {
            return element;
        }
        int index = indices.get(0);
        if (!(aggregate instanceof ConstantAggregate whole)) {
            return null;
        }
        Constant inner = insert(whole.elements().get(index), element, indices.subList(1, indices.size()));
        if (inner == null) {
            return null;
        }
        List<Constant> elements = new ArrayList<>(whole.elements());
        elements.set(index, inner);
        return new ConstantAggregate(whole.type(), elements);
    }
}
