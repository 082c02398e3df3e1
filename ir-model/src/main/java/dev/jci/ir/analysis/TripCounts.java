package dev.jci.ir.analysis;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Cast;
import dev.jci.ir.CastOpcode;
import dev.jci.ir.CondBr;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantExpr;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.DataLayout;
import dev.jci.ir.GetElementPtr;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.ICmp;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Phi;
import dev.jci.ir.PointerType;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.Value;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds how often the back edge of a loop is taken, from the comparisons that decide about leaving it: the part of LLVM's ScalarEvolution
 * that concerns induction variables with a constant step.
 *
 * <p>An exit counts when its block runs in every iteration (it dominates all latches) and its branch compares an induction variable, with
 * constants added and perhaps extended or truncated, to a value from outside the loop. With k the number of back edges taken so far, what is
 * compared is {@code x(k) = first + k * step} modulo a power of two. The loop is left at the least k for which x(k) lies in the values that
 * the predicate does not let pass, which are an interval on the ring of integers; with constants {@link ModularHit} solves that exactly,
 * wrapping or not. With a bound known only at run time a division gives k if x cannot wrap on its way to the bound: because the step is 1,
 * because the bound is far enough from the end of the range, because the step is a power of two that the distance is a multiple of, or because
 * {@code nuw}, {@code nsw} or {@code inbounds} make the comparison poison if it did, and to branch on poison is undefined behaviour.
 */
public final class TripCounts {
    private static final int DEEPEST_EXPRESSION = 32;

    private final Loop loop;
    private final DominatorTree dominators;
    private final DataLayout layout;
    private final ControlFlowGraph graph;

    private TripCounts(Loop loop, DominatorTree dominators, DataLayout layout) {
        this.loop = loop;
        this.dominators = dominators;
        this.layout = layout;
        this.graph = loop.forest().graph();
    }

    /**
     * How often the back edge is taken. With one exiting block the count of that exit is exact. With several it is exact when all are
     * constants, and then their least; otherwise the least constant, or else the count of the exit at a latch, or else of any exit, is
     * an upper bound.
     */
    public static TripCount of(Loop loop, DominatorTree dominators, DataLayout layout) {
        TripCounts counts = new TripCounts(loop, dominators, layout);
        TripCount best = new TripCount.Unknown();
        boolean single = loop.exitingBlockCount() == 1;
        boolean allConstant = true;
        for (int exiting : loop.exitingBlocks()) {
            TripCount count = counts.at(exiting, single);
            allConstant &= count instanceof TripCount.Known;
            best = counts.better(best, count, loop.latches().contains(exiting));
        }
        return allConstant && best instanceof TripCount.Known least
                ? new TripCount.Known(least.backedgeTaken(), true)
                : best;
    }

    /**
     * How often the back edge would be taken if the loop were left through that block only; exact when it is the only exiting block.
     *
     * @param loop the loop
     * @param exiting one of its exiting blocks
     * @param dominators the dominators of its graph
     * @param layout for the width of pointers and the size of what they point to
     */
    public static TripCount ofExit(Loop loop, int exiting, DominatorTree dominators, DataLayout layout) {
        return new TripCounts(loop, dominators, layout).at(exiting, loop.exitingBlockCount() == 1);
    }

    private TripCount better(TripCount best, TripCount other, boolean atLatch) {
        return switch (other) {
            case TripCount.Known known ->
                best instanceof TripCount.Known least
                                && Long.compareUnsigned(least.backedgeTaken(), known.backedgeTaken()) <= 0
                        ? best
                        : other;
            case TripCount.Symbolic symbolic ->
                best instanceof TripCount.Unknown || (atLatch && best instanceof TripCount.Symbolic) ? other : best;
            case TripCount.Unknown unknown -> best;
        };
    }

    private TripCount at(int exiting, boolean exact) {
        for (int latch : loop.latches()) {
            if (!dominators.dominates(exiting, latch)) {
                return new TripCount.Unknown();
            }
        }
        if (!(graph.block(exiting).last() instanceof CondBr branch) || !(branch.condition() instanceof ICmp compare)) {
            return new TripCount.Unknown();
        }
        boolean trueStays = loop.contains(graph.indexOf(branch.ifTrue()));
        if (trueStays == loop.contains(graph.indexOf(branch.ifFalse()))) {
            return new TripCount.Unknown();
        }
        ICmpPredicate predicate = trueStays ? compare.predicate() : Comparisons.negated(compare.predicate());
        TripCount count = compared(compare.left(), predicate, compare.right(), exact);
        return count instanceof TripCount.Unknown
                ? compared(compare.right(), Comparisons.swapped(predicate), compare.left(), exact)
                : count;
    }

    private TripCount compared(Value left, ICmpPredicate predicate, Value right, boolean exact) {
        TripCount narrow = narrowed(left, predicate, right, exact);
        if (!(narrow instanceof TripCount.Unknown) || !isInvariant(right)) {
            return narrow;
        }
        Affine affine = affine(left, 0);
        return affine == null ? new TripCount.Unknown() : solve(affine, predicate, right, exact);
    }

    /**
     * Takes equal extensions off both sides. Both kinds keep the unsigned order; {@code sext} keeps the signed one as well, and what {@code
     * zext} gives is not negative, so that signed and unsigned order agree.
     */
    private TripCount narrowed(Value left, ICmpPredicate predicate, Value right, boolean exact) {
        if (!(left instanceof Cast cast)
                || (cast.operation() != CastOpcode.ZEXT && cast.operation() != CastOpcode.SEXT)
                || !(cast.value().type() instanceof IntegerType from)
                || from.bits() > 63) {
            return new TripCount.Unknown();
        }
        boolean unsigned = cast.operation() == CastOpcode.ZEXT;
        Value bound = null;
        if (right instanceof Cast other
                && other.operation() == cast.operation()
                && other.value().type().equals(from)) {
            bound = other.value();
        } else if (right instanceof ConstantInt constant && constant.fitsLong()) {
            long value = constant.longValue();
            boolean fits = unsigned
                    ? value >= 0 && value >>> from.bits() == 0
                    : InductionVariable.signed(value, from.bits()) == value;
            bound = fits ? ConstantInt.of(from, value) : null;
        }
        if (bound == null) {
            return new TripCount.Unknown();
        }
        return compared(cast.value(), unsigned ? Comparisons.unsigned(predicate) : predicate, bound, exact);
    }

    private boolean isInvariant(Value value) {
        if (value instanceof Instruction instruction) {
            BasicBlock block = instruction.parent();
            return block != null && graph.contains(block) && !loop.contains(graph.indexOf(block));
        }
        return true;
    }

    /**
     * What is compared in iteration k: {@code conversion(start) + offset + k * step} modulo two to the {@code bits}.
     *
     * @param noUnsignedWrap whether it changes by exactly the step as an unsigned number, or else is poison
     * @param noSignedWrap whether it changes by exactly the step as a signed number, or else is poison
     */
    private record Affine(
            Value start,
            TripCount.Conversion conversion,
            InductionVariable.Offset offset,
            long step,
            int bits,
            boolean noUnsignedWrap,
            boolean noSignedWrap) {}

    private @Nullable Affine affine(Value value, int depth) {
        if (depth > DEEPEST_EXPRESSION) {
            return null;
        }
        return switch (value) {
            case Phi phi
            when phi.parent() == loop.headerBlock() -> {
                InductionVariable variable = InductionVariable.of(loop, phi, layout);
                yield variable == null
                        ? null
                        : new Affine(
                                variable.start(),
                                TripCount.Conversion.NONE,
                                InductionVariable.Offset.NONE,
                                variable.step(),
                                variable.bits(),
                                variable.noUnsignedWrap(),
                                variable.noSignedWrap());
            }
            case BinaryOperator sum -> shifted(sum, depth);
            case GetElementPtr pointer -> shifted(pointer, depth);
            case Cast cast -> converted(cast, depth);
            default -> null;
        };
    }

    private @Nullable Affine shifted(Instruction link, int depth) {
        InductionVariable.Offset offset = InductionVariable.offset(link, layout);
        Affine base = offset == null ? null : affine(InductionVariable.base(link), depth + 1);
        if (base == null || offset == null) {
            return null;
        }
        InductionVariable.Offset sum = base.offset.plus(offset);
        return new Affine(
                base.start,
                base.conversion,
                sum,
                base.step,
                base.bits,
                base.noUnsignedWrap && sum.noUnsignedWrap(),
                base.noSignedWrap && sum.noSignedWrap());
    }

    private @Nullable Affine converted(Cast cast, int depth) {
        Affine base = cast.type() instanceof IntegerType ? affine(cast.value(), depth + 1) : null;
        if (base == null
                || !(cast.type() instanceof IntegerType to)
                || !(cast.value().type() instanceof IntegerType)
                || base.conversion != TripCount.Conversion.NONE
                || to.bits() > 64) {
            return null;
        }
        return switch (cast.operation()) {
            case TRUNC ->
                new Affine(
                        base.start,
                        TripCount.Conversion.TRUNC,
                        new InductionVariable.Offset(base.offset.amount(), false, false),
                        InductionVariable.signed(base.step, to.bits()),
                        to.bits(),
                        false,
                        false);
            // Unwrapped in the narrow type it is the same sequence in the wide one, where it is far from wrapping.
            case ZEXT -> base.noUnsignedWrap ? widened(base, TripCount.Conversion.ZEXT, to.bits()) : null;
            case SEXT -> base.noSignedWrap ? widened(base, TripCount.Conversion.SEXT, to.bits()) : null;
            default -> null;
        };
    }

    private static Affine widened(Affine base, TripCount.Conversion conversion, int bits) {
        return new Affine(base.start, conversion, base.offset, base.step, bits, true, true);
    }

    private TripCount solve(Affine affine, ICmpPredicate predicate, Value bound, boolean exact) {
        if (affine.bits < 1 || affine.step == 0) {
            return new TripCount.Unknown();
        }
        BigInteger start = constant(affine.start, affine);
        BigInteger limit = bound instanceof ConstantInt constant ? constant.value() : null;
        if (start != null && limit != null) {
            return solve(affine, start, predicate, limit, exact);
        }
        TripCount.Formula formula = formula(affine, predicate, bound, limit);
        if (formula == null || isOddConstant(bound) || isOddConstant(affine.start)) {
            return new TripCount.Unknown();
        }
        return new TripCount.Symbolic(
                new TripCount.Start(affine.start, affine.conversion, affine.offset.amount()),
                bound,
                predicate,
                Math.abs(affine.step),
                affine.step > 0,
                affine.bits,
                formula,
                exact);
    }

    /** Whether a constant may be another value at each use: there is {@code undef}, {@code poison} or something else not followed in it. */
    private static boolean isOddConstant(Value value) {
        if (!(value instanceof Constant root)) {
            return false;
        }
        Deque<Constant> work = new ArrayDeque<>();
        work.add(root);
        while (!work.isEmpty()) {
            switch (work.remove()) {
                case ConstantInt integer -> {}
                case GlobalValue global -> {}
                case SimpleConstant simple
                when simple.kind() == SimpleConstant.Kind.NULL && simple.type() instanceof PointerType -> {}
                case ConstantExpr.ElementPointer address -> work.addAll(address.operands());
                case ConstantExpr.Conversion cast -> work.add(cast.operand());
                default -> {
                    return true;
                }
            }
        }
        return false;
    }

    /** The first compared value when it is a constant. */
    private static @Nullable BigInteger constant(Value start, Affine affine) {
        if (!(start instanceof ConstantInt constant)) {
            return null;
        }
        BigInteger value = constant.value();
        if (affine.conversion == TripCount.Conversion.ZEXT) {
            value = value.mod(BigInteger.ONE.shiftLeft(constant.type().bits()));
        }
        return value.add(BigInteger.valueOf(affine.offset.amount()));
    }

    private static TripCount solve(
            Affine affine, BigInteger start, ICmpPredicate predicate, BigInteger bound, boolean exact) {
        BigInteger modulus = BigInteger.ONE.shiftLeft(affine.bits);
        Optional<Comparisons.Interval> leaving = Comparisons.failing(predicate, bound.mod(modulus), affine.bits);
        return leaving.flatMap(interval -> ModularHit.first(
                        start.mod(modulus), BigInteger.valueOf(affine.step), modulus, interval.low(), interval.high()))
                .<TripCount>map(count -> new TripCount.Known(count.longValue(), exact))
                .orElse(new TripCount.Unknown());
    }

    /**
     * How to compute the count at run time; null when the value might wrap on its way, or moves away from the bound.
     *
     * @param limit the value of the bound when it is a constant
     */
    private static TripCount.@Nullable Formula formula(
            Affine affine, ICmpPredicate predicate, Value bound, @Nullable BigInteger limit) {
        long size = Math.abs(affine.step);
        if (size < 0) {
            return null;
        }
        boolean up = affine.step > 0;
        boolean flagged = Comparisons.isSigned(predicate) ? affine.noSignedWrap : affine.noUnsignedWrap;
        return switch (predicate) {
            case EQ -> TripCount.Formula.ONCE;
            case NE -> {
                boolean unwrapped = size == 1 || affine.noSignedWrap || affine.noUnsignedWrap;
                yield unwrapped || isMet(affine, bound) ? TripCount.Formula.DISTANCE : null;
            }
            case ULT, SLT, UGT, SGT -> {
                boolean towards = up == (predicate == ICmpPredicate.ULT || predicate == ICmpPredicate.SLT);
                boolean safe = flagged || size == 1 || hasRoom(predicate, affine, limit, size - 1);
                yield towards && safe ? TripCount.Formula.CEILING : null;
            }
            case ULE, SLE, UGE, SGE -> {
                boolean towards = up == (predicate == ICmpPredicate.ULE || predicate == ICmpPredicate.SLE);
                yield towards && (flagged || hasRoom(predicate, affine, limit, size)) ? TripCount.Formula.FLOOR : null;
            }
        };
    }

    /**
     * Whether steps of a power of two lead to the bound, wrapping or not, because both it and the first value are multiples of the step.
     */
    private static boolean isMet(Affine affine, Value bound) {
        long size = Math.abs(affine.step);
        int zeros = Long.numberOfTrailingZeros(size);
        return Long.bitCount(size) == 1
                && (affine.offset.amount() & (size - 1)) == 0
                && TrailingZeros.of(affine.start) >= zeros
                && TrailingZeros.of(bound) >= zeros;
    }

    /** Whether one can go that far beyond a constant bound without wrapping. */
    private static boolean hasRoom(ICmpPredicate predicate, Affine affine, @Nullable BigInteger limit, long size) {
        if (limit == null) {
            return false;
        }
        int bits = affine.bits;
        BigInteger modulus = BigInteger.ONE.shiftLeft(bits);
        boolean signed = Comparisons.isSigned(predicate);
        BigInteger bound = signed ? limit : limit.mod(modulus);
        BigInteger greatest =
                signed ? modulus.shiftRight(1).subtract(BigInteger.ONE) : modulus.subtract(BigInteger.ONE);
        BigInteger least = signed ? modulus.shiftRight(1).negate() : BigInteger.ZERO;
        BigInteger room = affine.step > 0 ? greatest.subtract(bound) : bound.subtract(least);
        return room.compareTo(BigInteger.valueOf(size)) >= 0;
    }
}
