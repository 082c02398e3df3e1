package dev.jci.ir.analysis;

import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.CastOpcode;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.DataLayout;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.IntegerType;
import dev.jci.ir.IrBuilder;
import dev.jci.ir.PointerType;
import dev.jci.ir.Value;

/**
 * How often the back edge of a loop is taken for one entry of the loop, so one less than how often the header runs.
 *
 * <p>{@link #isExact} tells what may be done with it. An exact count holds whenever the loop is left through its exit edges; the loop
 * may still be cut short by what ends the function inside it (an exception, a call that does not return). A count that is not exact is
 * an upper bound: another exit may be taken earlier.
 */
public sealed interface TripCount {
    /** Whether the count is exact, not only an upper bound; false when unknown. */
    boolean isExact();

    /**
     * A count known now.
     *
     * @param backedgeTaken how often the back edge is taken, an unsigned number
     * @param isExact whether it is exact
     */
    record Known(long backedgeTaken, boolean isExact) implements TripCount {}

    /**
     * A count that can be computed before the loop, as {@link #emit} does.
     *
     * <p>With {@code d} the distance from the first compared value to the bound, as an unsigned number of {@code bits} bits, it is by formula
     *
     * <ul>
     *   <li>{@code DISTANCE}: {@code d / stepSize};
     *   <li>{@code CEILING}: {@code first <predicate> bound ? (d - 1) / stepSize + 1 : 0};
     *   <li>{@code FLOOR}: {@code first <predicate> bound ? d / stepSize + 1 : 0};
     *   <li>{@code ONCE}: {@code first == bound ? 1 : 0}.
     * </ul>
     *
     * <p>No intermediate result wraps, except where the program would have undefined behaviour in the loop.
     *
     * @param first what is compared in the first iteration
     * @param bound what it is compared with; defined outside the loop
     * @param predicate under which the loop goes on
     * @param stepSize how much the compared value changes in an iteration; positive
     * @param isIncreasing whether it grows
     * @param bits the width of the compared values
     * @param formula how the count follows from them
     * @param isExact whether the count is exact
     */
    record Symbolic(
            Start first,
            Value bound,
            ICmpPredicate predicate,
            long stepSize,
            boolean isIncreasing,
            int bits,
            Formula formula,
            boolean isExact)
            implements TripCount {
        /**
         * Adds the instructions that compute the count, an integer of {@link #bits} bits, where the builder stands: anywhere that the preheader
         * dominates, and best in the preheader. Values that might be poison or undefined are frozen first, so that the count may be branched
         * on even when the loop is left before its first comparison.
         */
        public Value emit(IrBuilder at) {
            IntegerType type = IntegerType.of(bits);
            Value from = first.emit(at, type);
            Value to = asInteger(at, bound, type);
            Value zero = ConstantInt.of(type, 0);
            Value one = ConstantInt.of(type, 1);
            if (formula == Formula.ONCE) {
                return at.select(at.icmp(ICmpPredicate.EQ, from, to), one, zero);
            }
            Value distance = isIncreasing ? at.sub(to, from) : at.sub(from, to);
            if (formula == Formula.DISTANCE) {
                return divided(at, distance, type);
            }
            Value count = formula == Formula.CEILING && stepSize == 1
                    ? distance
                    : at.add(divided(at, formula == Formula.CEILING ? at.sub(distance, one) : distance, type), one);
            return at.select(at.icmp(predicate, from, to), count, zero);
        }

        private Value divided(IrBuilder at, Value dividend, IntegerType type) {
            if (stepSize == 1) {
                return dividend;
            }
            return Long.bitCount(stepSize) == 1
                    ? at.lshr(dividend, ConstantInt.of(type, Long.numberOfTrailingZeros(stepSize)))
                    : at.binary(BinaryOpcode.UDIV, dividend, ConstantInt.of(type, stepSize));
        }
    }

    /** Nothing is known: the loop may run for ever, or be left for reasons that are no arithmetic. */
    record Unknown() implements TripCount {
        @Override
        public boolean isExact() {
            return false;
        }
    }

    /** How a symbolic count follows from first value, bound and step; see {@link Symbolic}. */
    enum Formula {
        /** For {@code ne}: the steps between the values. */
        DISTANCE,
        /** For {@code lt} and {@code gt}: the steps until the bound is reached or passed. */
        CEILING,
        /** For {@code le} and {@code ge}: the steps until the bound is passed. */
        FLOOR,
        /** For {@code eq}: the values are equal at most once. */
        ONCE
    }

    /**
     * The value that is compared in the first iteration: {@code conversion(value) + offset}, wrapping around at the compared width.
     *
     * @param value the start of the induction variable
     * @param conversion to the compared width
     * @param offset what is added after the conversion
     */
    record Start(Value value, Conversion conversion, long offset) {
        Value emit(IrBuilder at, IntegerType type) {
            Value converted = switch (conversion) {
                case NONE -> asInteger(at, value, type);
                case TRUNC -> at.cast(CastOpcode.TRUNC, frozen(at, value), type);
                case ZEXT -> at.cast(CastOpcode.ZEXT, frozen(at, value), type);
                case SEXT -> at.cast(CastOpcode.SEXT, frozen(at, value), type);
            };
            if (converted instanceof ConstantInt constant && constant.fitsLong()) {
                return ConstantInt.of(type, InductionVariable.signed(constant.longValue() + offset, type.bits()));
            }
            return offset == 0 ? converted : at.add(converted, ConstantInt.of(type, offset));
        }
    }

    /** How the start of an induction variable becomes a value of the compared width. */
    enum Conversion {
        /** It has that width. */
        NONE,
        /** It is wider; its upper bits are dropped. */
        TRUNC,
        /** It is narrower and taken as unsigned. */
        ZEXT,
        /** It is narrower and taken as signed. */
        SEXT
    }

    private static Value frozen(IrBuilder at, Value value) {
        return value instanceof ConstantInt ? value : at.freeze(value);
    }

    private static Value asInteger(IrBuilder at, Value value, IntegerType type) {
        Value frozen = value instanceof Constant ? value : at.freeze(value);
        return value.type() instanceof PointerType ? at.ptrtoint(frozen, type) : frozen;
    }

    /** How often the loop's back edge is taken, from all its exits: {@link TripCounts#of}. */
    static TripCount of(Loop loop, DominatorTree dominators, DataLayout layout) {
        return TripCounts.of(loop, dominators, layout);
    }
}
