package dev.jci.bench;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.FunctionType;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.IntegerType;
import dev.jci.ir.IrBuilder;
import dev.jci.ir.Module;
import dev.jci.ir.PointerType;
import dev.jci.ir.Value;

/**
 * One function of conditions in a row, {@code if (x == a) return; if (x == b) *p = c;}, which all leave for the same block: three blocks for
 * a condition. The published pass needs four times the time for twice as many.
 */
final class ChainedConditions {
    private static final FunctionType SIGNATURE = FunctionType.of(IntegerType.I64, PointerType.OPAQUE, IntegerType.I64);
    private static final int DIFFERENT = 37;

    private ChainedConditions() {}

    /** A module of one function with that many conditions. */
    static Module of(int conditions) {
        Module module = new Module();
        module.setTargetTriple("x86_64-unknown-linux-gnu");
        IrBuilder.define(module, "chain", SIGNATURE, (function, at) -> {
            Value place = function.arguments().get(0);
            Value x = function.arguments().get(1);
            BasicBlock exit = at.newBlock("exit");
            for (int i = 0; i < conditions; i++) {
                BasicBlock second = at.newBlock("second");
                BasicBlock then = at.newBlock("then");
                BasicBlock next = at.newBlock("next");
                at.condBr(at.icmp(ICmpPredicate.EQ, x, ConstantInt.i64(DIFFERENT + i)), exit, second);
                at.moveTo(second);
                at.condBr(at.icmp(ICmpPredicate.EQ, x, ConstantInt.i64(i % DIFFERENT)), then, next);
                at.moveTo(then);
                at.store(ConstantInt.i64(i), place);
                at.br(next);
                at.moveTo(next);
            }
            at.br(exit);
            at.moveTo(exit);
            at.ret(x);
        });
        return module;
    }
}
