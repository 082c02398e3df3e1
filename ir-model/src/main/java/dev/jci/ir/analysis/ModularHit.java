package dev.jci.ir.analysis;

import java.math.BigInteger;
import java.util.Optional;

/** When a sequence that wraps around first hits an interval: the arithmetic behind exact trip counts. */
final class ModularHit {
    private ModularHit() {}

    /**
     * The least k with {@code (start + k * step) mod modulus} in the interval from {@code low} to {@code high}, which wraps around when
     * low is greater than high. In O(log modulus) steps, like Euclid's algorithm.
     *
     * @return k, empty when the sequence never hits
     */
    static Optional<BigInteger> first(
            BigInteger start, BigInteger step, BigInteger modulus, BigInteger low, BigInteger high) {
        BigInteger left = low.subtract(start).mod(modulus);
        BigInteger right = high.subtract(start).mod(modulus);
        if (left.signum() == 0 || left.compareTo(right) > 0) {
            return Optional.of(BigInteger.ZERO);
        }
        return multiple(step.mod(modulus), modulus, left, right);
    }

    /** The least k with {@code low <= k * step mod modulus <= high}, where {@code 0 < low <= high < modulus}. */
    private static Optional<BigInteger> multiple(BigInteger step, BigInteger modulus, BigInteger low, BigInteger high) {
        if (step.signum() == 0) {
            return Optional.empty();
        }
        BigInteger reached = low.add(step).subtract(BigInteger.ONE).divide(step);
        if (reached.multiply(step).compareTo(high) <= 0) {
            return Optional.of(reached);
        }
        // No multiple of the step lies in the interval itself: how often must the sequence wrap until one does?
        Optional<BigInteger> wraps = multiple(
                modulus.mod(step), step, high.negate().mod(step), low.negate().mod(step));
        return wraps.map(count -> low.add(modulus.multiply(count))
                .add(step)
                .subtract(BigInteger.ONE)
                .divide(step));
    }
}
