package dev.jci.ir.analysis;

import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Call;
import dev.jci.ir.Cast;
import dev.jci.ir.CastOpcode;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Select;
import dev.jci.ir.Value;
import java.util.List;

/**
 * How many of the lowest bits of an integer are zero for certain, from how it is computed: the multiples of a power of two that loops are unrolled
 * to, {@code and %n, -4}, and what is made of them.
 */
final class TrailingZeros {
    private static final int DEEPEST_EXPRESSION = 6;
    private static final int ALL = 64;
    private static final List<String> CHOICES = List.of("llvm.smin", "llvm.smax", "llvm.umin", "llvm.umax");

    private TrailingZeros() {}

    /** The number of them, at most 64; 0 when nothing is known. Poison has as many as one likes. */
    static int of(Value value) {
        return of(value, 0);
    }

    private static int of(Value value, int depth) {
        if (depth > DEEPEST_EXPRESSION || !(value.type() instanceof IntegerType)) {
            return 0;
        }
        return switch (value) {
            case ConstantInt constant ->
                constant.isZero() ? ALL : Math.min(ALL, constant.value().getLowestSetBit());
            case BinaryOperator binary -> of(binary, depth + 1);
            case Cast cast when keepsLowBits(cast.operation()) -> of(cast.value(), depth + 1);
            case Select choice -> Math.min(of(choice.ifTrue(), depth + 1), of(choice.ifFalse(), depth + 1));
            case Call call
            when CHOICES.stream().anyMatch(call::isIntrinsic) ->
                Math.min(of(call.argument(0), depth + 1), of(call.argument(1), depth + 1));
            default -> 0;
        };
    }

    private static int of(BinaryOperator binary, int depth) {
        int left = of(binary.left(), depth);
        int right = of(binary.right(), depth);
        return switch (binary.operation()) {
            case AND -> Math.max(left, right);
            case OR, XOR, ADD, SUB -> Math.min(left, right);
            case MUL -> Math.min(ALL, left + right);
            case SHL ->
                binary.right() instanceof ConstantInt by && by.fitsLong() && by.longValue() >= 0
                        ? (int) Math.min(ALL, left + Math.min(ALL, by.longValue()))
                        : left;
            default -> 0;
        };
    }

    private static boolean keepsLowBits(CastOpcode operation) {
        return operation == CastOpcode.ZEXT || operation == CastOpcode.SEXT || operation == CastOpcode.TRUNC;
    }
}
