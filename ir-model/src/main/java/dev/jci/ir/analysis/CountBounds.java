package dev.jci.ir.analysis;

import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Call;
import dev.jci.ir.Cast;
import dev.jci.ir.CastOpcode;
import dev.jci.ir.CondBr;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Function;
import dev.jci.ir.ICmp;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Value;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How often a loop can run at most whose count is computed at run time. Loops for the iterations that unrolled ones leave over compare with
 * {@code and %n, 7} or the like, behind a branch or {@code llvm.assume} that excludes zero. What is known of a value comes from how it is
 * computed, and from what comparisons with constants must have given on the way to the loop.
 */
public final class CountBounds {
    /** How many blocks up the dominator tree comparisons are looked for, and how many instructions before the end of each. */
    private static final int NEAR = 8;

    private static final int DEEPEST_EXPRESSION = 4;

    private final DominatorTree dominators;
    private final ControlFlowGraph graph;

    /** Unsigned numbers that fit a {@code long}; the greatest of them stands for what does not. */
    private record Range(long low, long high) {
        static final Range ALL = new Range(0, Long.MAX_VALUE);

        static Range upTo(long high) {
            return new Range(0, high);
        }

        Range and(Range other) {
            return new Range(Math.max(low, other.low), Math.min(high, other.high));
        }

        boolean isKnown() {
            return high != Long.MAX_VALUE && low <= high;
        }
    }

    private CountBounds(DominatorTree dominators) {
        this.dominators = dominators;
        this.graph = dominators.graph();
    }

    /**
     * The greatest count, if one is known. It holds also where the loop is left before its first comparison: what the count is computed from
     * is not poison then either.
     *
     * @param count the count of a loop
     * @param preheader the preheader of the loop
     */
    public static OptionalLong greatest(TripCount.Symbolic count, int preheader, DominatorTree dominators) {
        CountBounds bounds = new CountBounds(dominators);
        Range first = plus(bounds.at(count.first().value(), preheader), count.first());
        Range bound = bounds.at(count.bound(), preheader);
        if (!first.isKnown() || !bound.isKnown()) {
            return OptionalLong.empty();
        }
        Range from = count.isIncreasing() ? first : bound;
        Range to = count.isIncreasing() ? bound : first;
        long distance = Math.max(0, to.high - from.low);
        return switch (count.formula()) {
            case ONCE -> OptionalLong.of(1);
            case DISTANCE -> from.high <= to.low ? OptionalLong.of(distance / count.stepSize()) : OptionalLong.empty();
            case CEILING -> OptionalLong.of(distance == 0 ? 0 : (distance - 1) / count.stepSize() + 1);
            case FLOOR -> OptionalLong.of(distance / count.stepSize() + 1);
        };
    }

    private static Range plus(Range value, TripCount.Start start) {
        boolean keeps =
                start.conversion() == TripCount.Conversion.NONE || start.conversion() == TripCount.Conversion.ZEXT;
        boolean small = value.high <= Integer.MAX_VALUE && Math.abs(start.offset()) <= Integer.MAX_VALUE;
        boolean fits = keeps && small && value.isKnown() && value.low + start.offset() >= 0;
        return fits ? new Range(value.low + start.offset(), value.high + start.offset()) : Range.ALL;
    }

    /** What is known of a value at the end of a block. */
    private Range at(Value value, int block) {
        if (value instanceof ConstantInt constant) {
            return exactly(constant);
        }
        Range known = Range.ALL;
        boolean compared = false;
        int below = -1;
        int at = block;
        for (int steps = 0; steps < NEAR && at >= 0; steps++) {
            Range branched = below < 0 ? null : decided(value, at, below);
            Range assumed = assumed(value, graph.block(at).last());
            compared |= branched != null || assumed != null;
            known = known.and(branched == null ? Range.ALL : branched).and(assumed == null ? Range.ALL : assumed);
            below = at;
            at = dominators.immediateDominator(at);
        }
        // What a comparison decides about that the program depends on is not poison.
        return compared ? known.and(computed(value, 0)) : Range.ALL;
    }

    /** What the branch at the end of a block tells about a value on the only way from there to another block. */
    private @Nullable Range decided(Value value, int from, int to) {
        if (!(graph.block(from).last() instanceof CondBr branch)
                || !(branch.condition() instanceof ICmp compare)
                || compare.left() != value
                || branch.ifTrue() == branch.ifFalse()
                || graph.predecessorCount(to) != 1) {
            return null;
        }
        return branch.ifTrue() == graph.block(to)
                ? where(compare.predicate(), compare.right())
                : where(Comparisons.negated(compare.predicate()), compare.right());
    }

    /** What {@code llvm.assume} tells about a value in the last instructions of a block. */
    private static @Nullable Range assumed(Value value, @Nullable Instruction last) {
        Range known = null;
        Instruction at = last;
        for (int steps = 0; steps < NEAR && at != null; steps++) {
            Function callee = at instanceof Call call ? call.calledFunction() : null;
            if (callee != null
                    && "llvm.assume".equals(callee.name())
                    && ((Call) at).argument(0) instanceof ICmp compare
                    && compare.left() == value) {
                Range found = where(compare.predicate(), compare.right());
                known = known == null ? found : known.and(found);
            }
            at = at.previous();
        }
        return known;
    }

    /** The numbers that compare so with a constant. */
    private static Range where(ICmpPredicate predicate, Value right) {
        Range with = right instanceof ConstantInt constant ? exactly(constant) : Range.ALL;
        if (!with.isKnown()) {
            return Range.ALL;
        }
        long bound = with.low;
        return switch (predicate) {
            case EQ -> with;
            case NE -> bound == 0 ? new Range(1, Long.MAX_VALUE) : Range.ALL;
            case UGT -> new Range(bound + 1, Long.MAX_VALUE);
            case UGE -> new Range(bound, Long.MAX_VALUE);
            case ULT -> new Range(0, bound - 1);
            case ULE -> new Range(0, bound);
            // What is greater than it is not negative.
            case SGT -> new Range(bound + 1, Long.MAX_VALUE);
            case SGE -> new Range(bound, Long.MAX_VALUE);
            case SLT, SLE -> Range.ALL;
        };
    }

    /** What is known of a value from the instruction that computes it. */
    private static Range computed(Value value, int depth) {
        if (depth > DEEPEST_EXPRESSION) {
            return Range.ALL;
        }
        return switch (value) {
            case ConstantInt constant -> exactly(constant);
            case Cast cast
            when cast.operation() == CastOpcode.ZEXT && cast.value().type() instanceof IntegerType from ->
                computed(cast.value(), depth + 1)
                        .and(from.bits() < 63 ? Range.upTo((1L << from.bits()) - 1) : Range.ALL);
            case BinaryOperator operator -> computed(operator, depth);
            default -> Range.ALL;
        };
    }

    private static Range computed(BinaryOperator operator, int depth) {
        Range right = operator.right() instanceof ConstantInt constant ? exactly(constant) : Range.ALL;
        if (!right.isKnown()) {
            return Range.ALL;
        }
        long by = right.low;
        return switch (operator.operation()) {
            case AND -> Range.upTo(by).and(Range.upTo(computed(operator.left(), depth + 1).high));
            case UREM -> by > 0 ? Range.upTo(by - 1) : Range.ALL;
            case LSHR -> shifted(operator, by, depth);
            default -> Range.ALL;
        };
    }

    private static Range shifted(BinaryOperator operator, long by, int depth) {
        int bits = operator.type() instanceof IntegerType type ? type.bits() : Integer.MAX_VALUE;
        if (by >= bits || bits - by >= Long.SIZE - 1) {
            return Range.ALL;
        }
        long greatest = (1L << (bits - by)) - 1;
        Range shifted = computed(operator.left(), depth + 1);
        return Range.upTo(shifted.isKnown() ? Math.min(greatest, shifted.high >> Math.min(by, 63)) : greatest);
    }

    private static Range exactly(ConstantInt constant) {
        boolean known = constant.fitsLong() && constant.longValue() >= 0;
        return known ? new Range(constant.longValue(), constant.longValue()) : Range.ALL;
    }
}
