package dev.jci.ir.transform;

import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Call;
import dev.jci.ir.Cast;
import dev.jci.ir.CastOpcode;
import dev.jci.ir.Flags;
import dev.jci.ir.Function;
import dev.jci.ir.ICmp;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.Instruction;
import dev.jci.ir.Module;
import java.util.List;

/**
 * Rewrites {@code llvm.ucmp} and {@code llvm.scmp} (LLVM 19 and later), which give -1, 0 or 1: one when the first argument is greater, less
 * one when it is less.
 */
public final class ThreeWayCompareLowering {
    private static final String UNSIGNED = "llvm.ucmp";
    private static final String SIGNED = "llvm.scmp";

    private ThreeWayCompareLowering() {}

    /**
     * Rewrites the calls in place and takes the declarations away.
     *
     * @param module the module
     * @param rewrites is told of each call
     */
    public static void lower(Module module, Rewrites rewrites) {
        InstructionReplacement.everywhere(
                module, ThreeWayCompareLowering::instead, "llvm.ucmp and llvm.scmp as comparisons", rewrites);
        for (Function function : List.copyOf(module.functions())) {
            String name = String.valueOf(function.name());
            if (name.startsWith(UNSIGNED + ".") || name.startsWith(SIGNED + ".")) {
                module.remove(function);
            }
        }
    }

    private static List<Instruction> instead(Instruction instruction) {
        if (!(instruction instanceof Call call) || !(call.isIntrinsic(UNSIGNED) || call.isIntrinsic(SIGNED))) {
            return List.of();
        }
        boolean signed = call.isIntrinsic(SIGNED);
        Instruction greater = compare(signed ? ICmpPredicate.SGT : ICmpPredicate.UGT, call);
        Instruction less = compare(signed ? ICmpPredicate.SLT : ICmpPredicate.ULT, call);
        Instruction one = new Cast(CastOpcode.ZEXT, Flags.NONE, greater, call.type());
        Instruction other = new Cast(CastOpcode.ZEXT, Flags.NONE, less, call.type());
        return List.of(greater, less, one, other, new BinaryOperator(BinaryOpcode.SUB, Flags.NONE, one, other));
    }

    private static Instruction compare(ICmpPredicate predicate, Call call) {
        return new ICmp(predicate, Flags.NONE, call.argument(0), call.argument(1));
    }
}
