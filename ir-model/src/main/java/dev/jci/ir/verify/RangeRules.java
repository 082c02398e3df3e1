package dev.jci.ir.verify;

import dev.jci.ir.Call;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Instruction;
import dev.jci.ir.Invoke;
import dev.jci.ir.Load;
import dev.jci.ir.MDNode;
import dev.jci.ir.Type;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The rules about ranges of integers: {@code !range} and what has the same form (LangRef, "'range' Metadata"). */
final class RangeRules {
    /** A half-open range of numbers of one width, which may wrap around. */
    private record Interval(BigInteger low, BigInteger high, int bits) {
        boolean contains(BigInteger value) {
            return low.compareTo(high) < 0
                    ? value.compareTo(low) >= 0 && value.compareTo(high) < 0
                    : value.compareTo(low) >= 0 || value.compareTo(high) < 0;
        }

        boolean overlaps(Interval other) {
            return contains(other.low) || other.contains(low);
        }

        boolean touches(Interval other) {
            return high.equals(other.low) || low.equals(other.high);
        }

        BigInteger signedLow() {
            return low.testBit(bits - 1) ? low.subtract(BigInteger.ONE.shiftLeft(bits)) : low;
        }
    }

    private final Findings findings;

    RangeRules(Findings findings) {
        this.findings = findings;
    }

    /** Checks {@code !range} on an instruction. */
    void check(Instruction at, MDNode range) {
        if (!(at instanceof Load) && !(at instanceof Call) && !(at instanceof Invoke)) {
            findings.error("Ranges are only for loads, calls and invokes!", at);
            return;
        }
        check(range, at.type().scalar(), false, at.position());
    }

    /**
     * Checks the node.
     *
     * @param range the node
     * @param type what the limits must be
     * @param full whether the range of everything is allowed
     * @param position where it is used
     */
    void check(MDNode range, Type type, boolean full, int position) {
        if (range.operandCount() % 2 != 0) {
            findings.error("Unfinished range!", position);
            return;
        }
        if (range.operandCount() == 0) {
            findings.error("It should have at least one range!", position);
            return;
        }
        Interval first = null;
        Interval last = null;
        for (int i = 0; i < range.operandCount(); i += 2) {
            String wrong = limits(range, i, type);
            if (wrong != null) {
                findings.error(wrong, position);
                return;
            }
            Interval current = interval(range, i);
            if (current.low.equals(current.high) && !(full && isEverything(current))) {
                findings.error("Range must not be empty!", position);
                return;
            }
            wrong = last == null ? null : disorder(current, last);
            if (wrong != null) {
                findings.error(wrong, position);
                return;
            }
            first = first == null ? current : first;
            last = current;
        }
        if (range.operandCount() > 4
                && first != null
                && last != null
                && (first.overlaps(last) || first.touches(last))) {
            findings.error(first.overlaps(last) ? "Intervals are overlapping" : "Intervals are contiguous", position);
        }
    }

    private static Interval interval(MDNode range, int index) {
        ConstantInt low = NodeOperands.integer(range, index);
        ConstantInt high = NodeOperands.integer(range, index + 1);
        if (low == null || high == null) {
            throw new IllegalArgumentException("no limits");
        }
        return new Interval(
                NodeOperands.unsigned(low),
                NodeOperands.unsigned(high),
                low.type().bits());
    }

    private static boolean isEverything(Interval interval) {
        return interval.low.bitCount() == interval.bits;
    }

    private static @Nullable String limits(MDNode range, int index, Type type) {
        ConstantInt low = NodeOperands.integer(range, index);
        ConstantInt high = NodeOperands.integer(range, index + 1);
        if (low == null) {
            return "The lower limit must be an integer!";
        }
        if (high == null) {
            return "The upper limit must be an integer!";
        }
        return low.type().equals(type) && high.type().equals(type) ? null : "Range types must match instruction type!";
    }

    private static @Nullable String disorder(Interval current, Interval last) {
        if (current.overlaps(last)) {
            return "Intervals are overlapping";
        }
        if (current.signedLow().compareTo(last.signedLow()) <= 0) {
            return "Intervals are not in order";
        }
        return current.touches(last) ? "Intervals are contiguous" : null;
    }
}
