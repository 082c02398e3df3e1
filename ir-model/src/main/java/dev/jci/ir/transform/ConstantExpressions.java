package dev.jci.ir.transform;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Cast;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantAggregate;
import dev.jci.ir.ConstantExpr;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.ConstantSplat;
import dev.jci.ir.ExtractElement;
import dev.jci.ir.ExtractValue;
import dev.jci.ir.FCmp;
import dev.jci.ir.FCmpPredicate;
import dev.jci.ir.FNeg;
import dev.jci.ir.Flags;
import dev.jci.ir.GetElementPtr;
import dev.jci.ir.ICmp;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.InsertElement;
import dev.jci.ir.InsertValue;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Select;
import dev.jci.ir.ShuffleVector;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.Value;
import dev.jci.ir.VectorType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Constants that hold unwanted expressions: found, computed, and written as instructions. */
final class ConstantExpressions {
    private final Predicate<ConstantExpr> unwanted;
    private final IdentityHashMap<Constant, Boolean> concerns = new IdentityHashMap<>();

    ConstantExpressions(Predicate<ConstantExpr> unwanted) {
        this.unwanted = unwanted;
    }

    /** Whether an unwanted expression is in the constant. */
    boolean concerns(Constant constant) {
        return switch (constant) {
            case ConstantExpr expression -> {
                Boolean known = concerns.get(expression);
                if (known == null) {
                    known = unwanted.test(expression) || any(expression.operands());
                    concerns.put(expression, known);
                }
                yield known;
            }
            case ConstantAggregate aggregate -> any(aggregate.elements());
            case ConstantSplat splat -> concerns(splat.element());
            default -> false;
        };
    }

    private boolean any(List<Constant> constants) {
        for (Constant constant : constants) {
            if (concerns(constant)) {
                return true;
            }
        }
        return false;
    }

    /** The constant with all expressions computed that stand around or in unwanted ones and that can be. */
    Constant computed(Constant constant) {
        if (!concerns(constant)) {
            return constant;
        }
        return switch (constant) {
            case ConstantExpr expression -> {
                ConstantExpr simpler = with(expression, computed(expression.operands()));
                Constant value = ConstantFolding.fold(simpler);
                yield value != null ? value : simpler;
            }
            case ConstantAggregate aggregate -> new ConstantAggregate(aggregate.type(), computed(aggregate.elements()));
            case ConstantSplat splat -> new ConstantSplat(splat.type(), computed(splat.element()));
            default -> constant;
        };
    }

    /** Operands of unwanted expressions are computed even when they are wanted themselves. */
    private List<Constant> computed(List<Constant> constants) {
        List<Constant> computed = new ArrayList<>(constants.size());
        for (Constant constant : constants) {
            Constant value = computed(constant);
            Constant folded = value instanceof ConstantExpr expression ? ConstantFolding.fold(expression) : null;
            computed.add(folded != null ? folded : value);
        }
        return computed;
    }

    private static ConstantExpr with(ConstantExpr expression, List<Constant> operands) {
        return switch (expression) {
            case ConstantExpr.Binary it ->
                new ConstantExpr.Binary(it.opcode(), it.flags(), operands.get(0), operands.get(1));
            case ConstantExpr.Negate it -> new ConstantExpr.Negate(operands.get(0));
            case ConstantExpr.Conversion it ->
                new ConstantExpr.Conversion(it.opcode(), it.flags(), operands.get(0), it.type());
            case ConstantExpr.ElementPointer it ->
                new ConstantExpr.ElementPointer(
                        it.flags(), it.inRange(), it.inRangeIndex(), it.sourceElementType(), operands, it.type());
            case ConstantExpr.Compare it ->
                new ConstantExpr.Compare(
                        it.floatingPoint(), it.predicate(), operands.get(0), operands.get(1), it.type());
            case ConstantExpr.Other it -> new ConstantExpr.Other(it.opcode(), operands, it.type());
            case ConstantExpr.AggregateAccess it ->
                new ConstantExpr.AggregateAccess(
                        operands.get(0), it.element() == null ? null : operands.get(1), it.indices(), it.type());
        };
    }

    /** Whether instructions for the constant may trap: a division by what is not known to be a harmless number. */
    boolean mayTrap(Constant constant) {
        return switch (constant) {
            case ConstantExpr.Binary binary
            when isDivision(binary.opcode()) -> !isHarmless(binary.right()) || mayTrap(binary.left());
            case ConstantExpr expression -> expression.operands().stream().anyMatch(this::mayTrap);
            case ConstantAggregate aggregate -> aggregate.elements().stream().anyMatch(this::mayTrap);
            case ConstantSplat splat -> mayTrap(splat.element());
            default -> false;
        };
    }

    private static boolean isDivision(BinaryOpcode opcode) {
        return switch (opcode) {
            case UDIV, SDIV, UREM, SREM -> true;
            default -> false;
        };
    }

    private static boolean isHarmless(Constant divisor) {
        if (divisor instanceof ConstantInt number) {
            return !number.isZero() && !(number.fitsLong() && number.longValue() == -1);
        }
        List<Constant> elements = ConstantFolding.elements(divisor);
        return elements != null && elements.stream().allMatch(ConstantExpressions::isHarmless);
    }

    /**
     * Writes a constant as instructions.
     *
     * @param constant the constant
     * @param place the instruction to put them before
     * @return the value of the constant there; the constant itself when nothing in it is unwanted
     */
    Value instructions(Constant constant, Instruction place) {
        if (!concerns(constant)) {
            return constant;
        }
        return switch (constant) {
            case ConstantExpr expression -> {
                List<Value> operands = new ArrayList<>();
                for (Constant operand : expression.operands()) {
                    operands.add(instructions(operand, place));
                }
                yield insert(instruction(expression, operands), place);
            }
            case ConstantAggregate aggregate -> aggregate(aggregate, place);
            case ConstantSplat splat -> splat(splat, place);
            default -> constant;
        };
    }

    private static Value insert(Instruction instruction, Instruction place) {
        BasicBlock block = place.parent();
        if (block == null) {
            throw new IllegalArgumentException("not in a block: " + place);
        }
        block.insertBefore(instruction, place);
        instruction.setDebugLocationFrom(place);
        instruction.setPosition(place.position());
        return instruction;
    }

    private static Instruction instruction(ConstantExpr expression, List<Value> operands) {
        Value first = operands.get(0);
        return switch (expression) {
            case ConstantExpr.Binary it -> new BinaryOperator(it.opcode(), it.flags(), first, operands.get(1));
            case ConstantExpr.Negate it -> new FNeg(first, Flags.NONE);
            case ConstantExpr.Conversion it -> new Cast(it.opcode(), it.flags(), first, it.type());
            case ConstantExpr.ElementPointer it ->
                new GetElementPtr(
                        it.type(), it.flags(), it.sourceElementType(), first, operands.subList(1, operands.size()));
            case ConstantExpr.Compare it
            when it.floatingPoint() ->
                new FCmp(
                        FCmpPredicate.valueOf(it.predicate().toUpperCase(Locale.ROOT)),
                        Flags.NONE,
                        first,
                        operands.get(1));
            case ConstantExpr.Compare it ->
                new ICmp(
                        ICmpPredicate.valueOf(it.predicate().toUpperCase(Locale.ROOT)),
                        Flags.NONE,
                        first,
                        operands.get(1));
            case ConstantExpr.AggregateAccess it when it.element() == null -> new ExtractValue(first, it.indices());
            case ConstantExpr.AggregateAccess it -> new InsertValue(first, operands.get(1), it.indices());
            case ConstantExpr.Other it ->
                switch (it.opcode()) {
                    case SELECT -> new Select(first, operands.get(1), operands.get(2), Flags.NONE);
                    case EXTRACTELEMENT -> new ExtractElement(first, operands.get(1));
                    case INSERTELEMENT -> new InsertElement(first, operands.get(1), operands.get(2));
                    case SHUFFLEVECTOR -> new ShuffleVector(first, operands.get(1), operands.get(2));
                };
        };
    }

    /** The elements without unwanted expressions stay a constant, into which the others are put. */
    private Value aggregate(ConstantAggregate aggregate, Instruction place) {
        List<Constant> kept = new ArrayList<>(aggregate.elements());
        kept.replaceAll(element -> concerns(element) ? SimpleConstant.poison(element.type()) : element);
        Value whole = new ConstantAggregate(aggregate.type(), kept);
        for (int i = 0; i < kept.size(); i++) {
            Constant element = aggregate.elements().get(i);
            if (concerns(element)) {
                Value value = instructions(element, place);
                whole = insert(
                        aggregate.type() instanceof VectorType
                                ? new InsertElement(whole, value, ConstantInt.i32(i))
                                : new InsertValue(whole, value, List.of(i)),
                        place);
            }
        }
        return whole;
    }

    private Value splat(ConstantSplat splat, Instruction place) {
        VectorType type = splat.type();
        Value value = instructions(splat.element(), place);
        Value one = insert(new InsertElement(SimpleConstant.poison(type), value, ConstantInt.i32(0)), place);
        Constant mask = SimpleConstant.zero(new VectorType(type.scalable(), type.length(), IntegerType.I32));
        return insert(new ShuffleVector(one, SimpleConstant.poison(type), mask), place);
    }

    /** A debugger is told nothing rather than something that cannot be written. */
    Constant forDebugger(Constant constant) {
        Constant computed = computed(constant);
        return concerns(computed) ? SimpleConstant.poison(constant.type()) : computed;
    }
}
