package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Cast;
import dev.jci.ir.CondBr;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.DataLayout;
import dev.jci.ir.Flags;
import dev.jci.ir.GetElementPtr;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.ICmp;
import dev.jci.ir.Instruction;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.Value;
import dev.jci.ir.analysis.InductionVariable;
import dev.jci.ir.analysis.Loop;
import org.jspecify.annotations.Nullable;

/**
 * The induction variable whose value in the next iteration tells at the latch how many iterations have been done.
 *
 * @param variable the induction variable
 * @param comparison what the branch at the latch depends on
 * @param isCompared whether the branch at the latch compares that value, so that it is not poison where the branch is defined
 */
record LoopCounter(InductionVariable variable, ICmp comparison, boolean isCompared) {
    private static final int DEEPEST_EXPRESSION = 8;

    /** Finds the one that the branch at the end of the latch compares; null when there is none that will do. */
    static @Nullable LoopCounter of(Loop loop, BasicBlock latch, DataLayout layout) {
        if (!(latch.last() instanceof CondBr branch) || !(branch.condition() instanceof ICmp compare)) {
            return null;
        }
        LoopCounter found = null;
        for (InductionVariable variable : InductionVariable.of(loop, layout)) {
            if (variable.step() == 0 || variable.step() == Long.MIN_VALUE || isOdd(variable.start())) {
                continue;
            }
            Instruction next = variable.next();
            if (comesFrom(compare, next)) {
                return new LoopCounter(variable, compare, true);
            }
            if (found == null && comesFrom(compare, variable.phi()) && hasOneStep(variable)) {
                found = new LoopCounter(variable, compare, false);
            }
        }
        return found;
    }

    /** Whether a constant may be another value at each use. */
    private static boolean isOdd(Value start) {
        return start instanceof Constant
                && !(start instanceof ConstantInt)
                && !(start instanceof GlobalValue)
                && !(start instanceof SimpleConstant simple && simple.kind() == SimpleConstant.Kind.NULL);
    }

    private static boolean comesFrom(ICmp compare, Instruction source) {
        return comesFrom(compare.left(), source, 0) || comesFrom(compare.right(), source, 0);
    }

    private static boolean comesFrom(Value value, Instruction source, int depth) {
        if (value == source) {
            return true;
        }
        if (depth == DEEPEST_EXPRESSION) {
            return false;
        }
        return switch (value) {
            case Cast cast -> comesFrom(cast.value(), source, depth + 1);
            case BinaryOperator sum when sum.right() instanceof ConstantInt -> comesFrom(sum.left(), source, depth + 1);
            case GetElementPtr address -> comesFrom(address.pointer(), source, depth + 1);
            default -> false;
        };
    }

    private static boolean hasOneStep(InductionVariable variable) {
        return switch (variable.next()) {
            case BinaryOperator sum -> sum.left() == variable.phi() || sum.right() == variable.phi();
            case GetElementPtr address -> address.pointer() == variable.phi();
            default -> false;
        };
    }

    /** Whether that many steps lead to a value that no smaller number of steps leads to. */
    boolean reaches(long iterations) {
        long size = Math.abs(variable.step());
        int free = Math.min(variable.bits(), 63) - Long.numberOfTrailingZeros(size);
        return free > 0 && iterations < 1L << Math.min(free, 62);
    }

    /**
     * Sees to it that the value in the next iteration may be branched on: where the program does not do so itself, it may be poison
     * behind the last iteration.
     */
    void define() {
        if (isCompared) {
            return;
        }
        switch (variable.next()) {
            case BinaryOperator sum -> sum.setFlags(Flags.NONE);
            case GetElementPtr address -> address.setFlags(Flags.NONE);
            default -> throw new IllegalStateException("not a step: " + variable.next());
        }
    }
}
