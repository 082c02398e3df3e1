package dev.jci.ir.analysis;

import dev.jci.ir.ICmpPredicate;
import java.math.BigInteger;
import java.util.Optional;

/** The algebra of integer predicates (LangRef, "icmp"). */
final class Comparisons {
    private Comparisons() {}

    /** An interval of unsigned numbers; it wraps around when low is greater than high. */
    record Interval(BigInteger low, BigInteger high) {}

    /** The predicate that holds when the given one does not. */
    static ICmpPredicate negated(ICmpPredicate predicate) {
        return switch (predicate) {
            case EQ -> ICmpPredicate.NE;
            case NE -> ICmpPredicate.EQ;
            case UGT -> ICmpPredicate.ULE;
            case UGE -> ICmpPredicate.ULT;
            case ULT -> ICmpPredicate.UGE;
            case ULE -> ICmpPredicate.UGT;
            case SGT -> ICmpPredicate.SLE;
            case SGE -> ICmpPredicate.SLT;
            case SLT -> ICmpPredicate.SGE;
            case SLE -> ICmpPredicate.SGT;
        };
    }

    /** The predicate for exchanged operands. */
    static ICmpPredicate swapped(ICmpPredicate predicate) {
        return switch (predicate) {
            case EQ, NE -> predicate;
            case UGT -> ICmpPredicate.ULT;
            case UGE -> ICmpPredicate.ULE;
            case ULT -> ICmpPredicate.UGT;
            case ULE -> ICmpPredicate.UGE;
            case SGT -> ICmpPredicate.SLT;
            case SGE -> ICmpPredicate.SLE;
            case SLT -> ICmpPredicate.SGT;
            case SLE -> ICmpPredicate.SGE;
        };
    }

    /** The predicate on unsigned numbers that agrees with the given one where no sign bit is set. */
    static ICmpPredicate unsigned(ICmpPredicate predicate) {
        return switch (predicate) {
            case EQ, NE, UGT, UGE, ULT, ULE -> predicate;
            case SGT -> ICmpPredicate.UGT;
            case SGE -> ICmpPredicate.UGE;
            case SLT -> ICmpPredicate.ULT;
            case SLE -> ICmpPredicate.ULE;
        };
    }

    static boolean isSigned(ICmpPredicate predicate) {
        return unsigned(predicate) != predicate;
    }

    /**
     * The values x for which {@code x <predicate> bound} does not hold; empty when there is none.
     *
     * @param predicate the predicate
     * @param bound the bound as an unsigned number
     * @param bits the width
     */
    static Optional<Interval> failing(ICmpPredicate predicate, BigInteger bound, int bits) {
        BigInteger modulus = BigInteger.ONE.shiftLeft(bits);
        BigInteger signBit = modulus.shiftRight(1);
        BigInteger least = isSigned(predicate) ? signBit : BigInteger.ZERO;
        BigInteger greatest = least.subtract(BigInteger.ONE).mod(modulus);
        BigInteger above = bound.add(BigInteger.ONE).mod(modulus);
        BigInteger below = bound.subtract(BigInteger.ONE).mod(modulus);
        return switch (predicate) {
            case NE -> Optional.of(new Interval(bound, bound));
            case EQ -> Optional.of(new Interval(above, below));
            case ULT, SLT -> Optional.of(new Interval(bound, greatest));
            case UGT, SGT -> Optional.of(new Interval(least, bound));
            case ULE, SLE -> bound.equals(greatest) ? Optional.empty() : Optional.of(new Interval(above, greatest));
            case UGE, SGE -> bound.equals(least) ? Optional.empty() : Optional.of(new Interval(least, below));
        };
    }
}
