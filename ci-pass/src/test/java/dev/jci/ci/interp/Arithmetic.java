package dev.jci.ci.interp;

import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.CastOpcode;
import dev.jci.ir.ICmpPredicate;

/** What the operations on integers compute. Integers of fewer than 64 bits are kept with zeros above. */
final class Arithmetic {
    private Arithmetic() {}

    /** The low bits of a number, zeros above. */
    static long unsigned(long value, int bits) {
        return bits >= 64 ? value : value & ((1L << bits) - 1);
    }

    /** The number that the low bits stand for as a signed integer. */
    static long signed(long value, int bits) {
        return bits >= 64 ? value : value << (64 - bits) >> (64 - bits);
    }

    static long binary(BinaryOpcode operation, long left, long right, int bits) {
        long result = switch (operation) {
            case ADD -> left + right;
            case SUB -> left - right;
            case MUL -> left * right;
            case UDIV -> Long.divideUnsigned(left, divisor(right));
            case UREM -> Long.remainderUnsigned(left, divisor(right));
            case SDIV -> signed(left, bits) / divisor(signed(right, bits));
            case SREM -> signed(left, bits) % divisor(signed(right, bits));
            case SHL -> Long.compareUnsigned(right, bits) >= 0 ? 0 : left << right;
            case LSHR -> Long.compareUnsigned(right, bits) >= 0 ? 0 : left >>> right;
            case ASHR -> signed(left, bits) >> Math.min(right < 0 ? 63 : right, 63);
            case AND -> left & right;
            case OR -> left | right;
            case XOR -> left ^ right;
            default -> throw new Trap("no floating point: " + operation.keyword());
        };
        return unsigned(result, bits);
    }

    private static long divisor(long value) {
        if (value == 0) {
            throw new Trap("division by zero");
        }
        return value;
    }

    static boolean compare(ICmpPredicate predicate, long left, long right, int bits) {
        int signed = Long.compare(signed(left, bits), signed(right, bits));
        int unsigned = Long.compareUnsigned(left, right);
        return switch (predicate) {
            case EQ -> left == right;
            case NE -> left != right;
            case UGT -> unsigned > 0;
            case UGE -> unsigned >= 0;
            case ULT -> unsigned < 0;
            case ULE -> unsigned <= 0;
            case SGT -> signed > 0;
            case SGE -> signed >= 0;
            case SLT -> signed < 0;
            case SLE -> signed <= 0;
        };
    }

    static long cast(CastOpcode operation, long value, int from, int to) {
        return switch (operation) {
            case SEXT -> unsigned(signed(value, from), to);
            case TRUNC, ZEXT, PTRTOINT, INTTOPTR, BITCAST -> unsigned(value, to);
            default -> throw new Trap("no such conversion: " + operation.keyword());
        };
    }
}
