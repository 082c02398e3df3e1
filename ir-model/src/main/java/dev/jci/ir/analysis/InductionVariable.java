package dev.jci.ir.analysis;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.DataLayout;
import dev.jci.ir.Flags;
import dev.jci.ir.GetElementPtr;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Phi;
import dev.jci.ir.PointerType;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A phi of a loop header that starts with a value and grows by a constant in each iteration: {start, +, step} in the words of LLVM's
 * ScalarEvolution. Integers of at most 64 bits, and pointers, whose step is in bytes.
 *
 * @param loop the loop
 * @param phi the phi in the header
 * @param start its value in the first iteration, defined outside the loop
 * @param next its value in the next iteration, defined in the loop
 * @param step what it grows by, negative when it shrinks
 * @param bits the width that it wraps around at
 * @param noUnsignedWrap whether, as an unsigned number, it always changes by exactly the step, or else is poison
 * @param noSignedWrap whether, as a signed number, it always changes by exactly the step, or else is poison
 */
public record InductionVariable(
        Loop loop,
        Phi phi,
        Value start,
        Instruction next,
        long step,
        int bits,
        boolean noUnsignedWrap,
        boolean noSignedWrap) {
    /** How many additions of constants may make up the step. */
    private static final int LONGEST_CHAIN = 64;

    /**
     * What a chain of additions of constants adds.
     *
     * @param amount the sum
     * @param noUnsignedWrap whether no addition wraps as unsigned, or else the result is poison
     * @param noSignedWrap whether no addition wraps as signed, or else the result is poison
     */
    record Offset(long amount, boolean noUnsignedWrap, boolean noSignedWrap) {
        static final Offset NONE = new Offset(0, true, true);

        Offset plus(Offset other) {
            long sum = amount + other.amount;
            boolean exact = ((amount ^ sum) & (other.amount ^ sum)) >= 0;
            return new Offset(
                    sum, exact && noUnsignedWrap && other.noUnsignedWrap, exact && noSignedWrap && other.noSignedWrap);
        }
    }

    /** The induction variables of the loop, in order of their phis; immutable. */
    public static List<InductionVariable> of(Loop loop, DataLayout layout) {
        List<InductionVariable> found = new ArrayList<>();
        for (Phi phi : loop.headerBlock().phis()) {
            InductionVariable variable = of(loop, phi, layout);
            if (variable != null) {
                found.add(variable);
            }
        }
        return List.copyOf(found);
    }

    /** The phi as an induction variable of the loop that it heads; null when it is none. */
    public static @Nullable InductionVariable of(Loop loop, Phi phi, DataLayout layout) {
        int bits = width(phi, layout);
        if (bits < 1 || bits > 64 || phi.parent() != loop.headerBlock()) {
            return null;
        }
        Value start = null;
        Value next = null;
        ControlFlowGraph graph = loop.forest().graph();
        for (int i = 0; i < phi.incomingCount(); i++) {
            BasicBlock from = phi.incomingBlock(i);
            if (!graph.contains(from)) {
                return null;
            }
            Value value = phi.incomingValue(i);
            if (loop.contains(graph.indexOf(from))) {
                if (next != null && next != value) {
                    return null;
                }
                next = value;
            } else {
                if (start != null && !start.equals(value)) {
                    return null;
                }
                start = value;
            }
        }
        if (start == null || !(next instanceof Instruction increment)) {
            return null;
        }
        return of(loop, phi, start, increment, bits, layout);
    }

    private static @Nullable InductionVariable of(
            Loop loop, Phi phi, Value start, Instruction next, int bits, DataLayout layout) {
        Offset total = Offset.NONE;
        Value at = next;
        for (int links = 0; at != phi; links++) {
            if (!(at instanceof Instruction link) || links == LONGEST_CHAIN) {
                return null;
            }
            Offset offset = offset(link, layout);
            if (offset == null) {
                return null;
            }
            total = total.plus(offset);
            at = base(link);
        }
        long step = signed(total.amount, bits);
        boolean exact = step == total.amount;
        return new InductionVariable(
                loop, phi, start, next, step, bits, exact && total.noUnsignedWrap, exact && total.noSignedWrap);
    }

    private static int width(Phi phi, DataLayout layout) {
        return switch (phi.type()) {
            case IntegerType integer -> integer.bits();
            case PointerType pointer ->
                layout.indexBits(pointer.addressSpace()) == layout.pointerBits(pointer.addressSpace())
                        ? layout.indexBits(pointer.addressSpace())
                        : -1;
            default -> -1;
        };
    }

    /** The lowest bits of a number as a signed number. */
    static long signed(long value, int bits) {
        return bits >= 64 ? value : value << (64 - bits) >> (64 - bits);
    }

    /** What an instruction adds a constant to, when {@link #offset} is not null. */
    static Value base(Instruction link) {
        return link instanceof BinaryOperator sum && sum.left() instanceof ConstantInt ? sum.right() : link.operand(0);
    }

    /** The constant that an addition, subtraction or address computation adds; null for any other instruction. */
    static @Nullable Offset offset(Instruction link, DataLayout layout) {
        return switch (link) {
            case BinaryOperator sum -> offset(sum);
            case GetElementPtr pointer -> offset(pointer, layout);
            default -> null;
        };
    }

    private static @Nullable Offset offset(BinaryOperator sum) {
        boolean commutes = switch (sum.operation()) {
            case ADD, OR -> true;
            default -> false;
        };
        Value other = commutes && sum.left() instanceof ConstantInt ? sum.left() : sum.right();
        if (!(other instanceof ConstantInt constant) || !constant.fitsLong()) {
            return null;
        }
        Flags flags = sum.flags();
        long amount = constant.longValue();
        return switch (sum.operation()) {
            // A negative constant with nuw is a huge one as unsigned: of no use here.
            case ADD -> new Offset(amount, flags.has("nuw") && amount >= 0, flags.has("nsw"));
            case SUB ->
                sum.left() instanceof ConstantInt
                        ? null
                        : new Offset(
                                -amount,
                                flags.has("nuw") && amount >= 0,
                                flags.has("nsw")
                                        && amount != minimum(constant.type().bits()));
            case OR -> flags.has("disjoint") && amount >= 0 ? new Offset(amount, true, true) : null;
            default -> null;
        };
    }

    private static long minimum(int bits) {
        return bits >= 64 ? Long.MIN_VALUE : -(1L << (bits - 1));
    }

    private static @Nullable Offset offset(GetElementPtr pointer, DataLayout layout) {
        OptionalLong bytes = layout.constantOffset(pointer);
        if (bytes.isEmpty() || !(pointer.type() instanceof PointerType)) {
            return null;
        }
        // inbounds and nusw: the unsigned address plus the signed offset does not wrap (LangRef, "getelementptr").
        Flags flags = pointer.flags();
        boolean stays = flags.has("inbounds") || flags.has("nusw") || (flags.has("nuw") && bytes.getAsLong() >= 0);
        return new Offset(bytes.getAsLong(), stays, false);
    }
}
