package dev.jci.bench;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.ConstantFP;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.FloatingPointType;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.IntegerType;
import dev.jci.ir.IrBuilder;
import dev.jci.ir.Linkage;
import dev.jci.ir.Module;
import dev.jci.ir.Phi;
import dev.jci.ir.PointerType;
import dev.jci.ir.Switch;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A module of any size with the shapes of ordinary code: loops counted and not, a switch in a loop, a nest of two loops on floating
 * point, an {@code if} whose arms differ, calls of other functions and of a library. It is the same whenever it is made.
 */
final class SyntheticModule {
    private static final FunctionType SIGNATURE = FunctionType.of(IntegerType.I64, PointerType.OPAQUE, IntegerType.I64);

    private final Module module = new Module();
    private final Function library;
    private long lines;

    private SyntheticModule() {
        module.setTargetTriple("x86_64-unknown-linux-gnu");
        library = module.declare("external", FunctionType.of(IntegerType.I64, IntegerType.I64));
    }

    /** A module that prints as about this many lines. */
    static Module ofLines(long wanted) {
        SyntheticModule made = new SyntheticModule();
        List<Function> functions = new ArrayList<>();
        while (made.lines < wanted) {
            Function function = made.function(functions);
            // Every third can only be called from here, so that the pass may leave its work to its callers.
            function.setLinkage(functions.size() % 3 == 0 ? Linkage.INTERNAL : Linkage.EXTERNAL);
            functions.add(function);
            made.lines += lines(function);
        }
        return made.module;
    }

    private static long lines(Function function) {
        long lines = 2;
        for (BasicBlock block : function.blocks()) {
            // The label with the empty line before it; then the instructions, of which a switch takes several.
            lines += 2;
            for (var instruction : block.instructions()) {
                lines += instruction instanceof Switch choice ? 2L + choice.caseCount() : 1;
            }
        }
        return lines;
    }

    private Function function(List<Function> before) {
        int index = before.size();
        return IrBuilder.define(module, "function" + index, SIGNATURE, (function, at) -> {
            Value data = function.arguments().get(0);
            Value count = function.arguments().get(1);
            Value result = switch (index % 4) {
                case 0 -> decode(at, data, count);
                case 1 -> smooth(at, data, count);
                case 2 -> search(at, data, count);
                default -> hash(at, data, count, index);
            };
            at.ret(index < 8 ? result : chooseCall(at, before.get(index - 1 - index % 7), data, count, result));
        });
    }

    /** {@code for (i = 0; i < count; i++) switch (data[i] & 3) ...}: work that differs from turn to turn. */
    private static Value decode(IrBuilder at, Value data, Value count) {
        BasicBlock before = at.block();
        BasicBlock loop = at.newBlock("decode");
        BasicBlock join = at.newBlock("join");
        BasicBlock exit = at.newBlock("decoded");
        at.br(loop);
        at.moveTo(loop);
        Phi i = at.named("i").phi(IntegerType.I64);
        Phi sum = at.named("sum").phi(IntegerType.I64);
        Value word = at.load(IntegerType.I64, at.inBoundsGep(IntegerType.I64, data, i));
        Value kind = at.and(word, ConstantInt.i64(3));
        List<Switch.Case> cases = new ArrayList<>();
        List<BasicBlock> arms = new ArrayList<>();
        for (int arm = 0; arm < 3; arm++) {
            arms.add(at.newBlock("arm"));
            cases.add(new Switch.Case(ConstantInt.i64(arm), arms.get(arm)));
        }
        at.switchOn(kind, join, cases);
        List<Value> values = new ArrayList<>();
        for (int arm = 0; arm < 3; arm++) {
            at.moveTo(arms.get(arm));
            Value value = at.xor(at.lshr(word, ConstantInt.i64(arm + 2)), sum);
            for (int step = 0; step < arm; step++) {
                value = at.add(at.mul(value, ConstantInt.i64(31)), word);
            }
            values.add(value);
            at.br(join);
        }
        at.moveTo(join);
        Phi merged = at.phi(IntegerType.I64);
        merged.addIncoming(sum, loop);
        for (int arm = 0; arm < 3; arm++) {
            merged.addIncoming(values.get(arm), arms.get(arm));
        }
        count(at, i, count, before, loop, exit);
        sum.addIncoming(ConstantInt.i64(0), before);
        sum.addIncoming(merged, join);
        at.moveTo(exit);
        return merged;
    }

    /** Two counted loops in each other, the inner one with a constant count, on floating point. */
    private static Value smooth(IrBuilder at, Value data, Value count) {
        BasicBlock before = at.block();
        BasicBlock outer = at.newBlock("outer");
        BasicBlock inner = at.newBlock("inner");
        BasicBlock latch = at.newBlock("latch");
        BasicBlock exit = at.newBlock("smoothed");
        at.br(outer);
        at.moveTo(outer);
        Phi i = at.named("i").phi(IntegerType.I64);
        Value place = at.inBoundsGep(FloatingPointType.DOUBLE, data, i);
        at.br(inner);
        at.moveTo(inner);
        Phi k = at.named("k").phi(IntegerType.I64);
        Phi total = at.named("total").phi(FloatingPointType.DOUBLE);
        Value element = at.load(FloatingPointType.DOUBLE, at.inBoundsGep(FloatingPointType.DOUBLE, place, k));
        Value next = at.fadd(at.fmul(element, ConstantFP.of(0.125)), total);
        total.addIncoming(ConstantFP.of(0.0), outer);
        total.addIncoming(next, inner);
        count(at, k, ConstantInt.i64(8), outer, inner, latch);
        at.moveTo(latch);
        at.store(next, place);
        count(at, i, count, before, outer, exit);
        at.moveTo(exit);
        return at.fptosi(next, IntegerType.I64);
    }

    /** A loop with two exits: {@code while (i < count && data[i] != count)}. */
    private static Value search(IrBuilder at, Value data, Value count) {
        BasicBlock before = at.block();
        BasicBlock loop = at.newBlock("search");
        BasicBlock more = at.newBlock("more");
        BasicBlock exit = at.newBlock("found");
        at.br(loop);
        at.moveTo(loop);
        Phi i = at.named("i").phi(IntegerType.I64);
        at.condBr(at.icmp(ICmpPredicate.ULT, i, count), more, exit);
        at.moveTo(more);
        Value element = at.load(IntegerType.I64, at.inBoundsGep(IntegerType.I64, data, i));
        Value next = at.add(i, ConstantInt.i64(1), "nuw");
        i.addIncoming(ConstantInt.i64(0), before);
        i.addIncoming(next, more);
        at.condBr(at.icmp(ICmpPredicate.EQ, element, count), exit, loop);
        at.moveTo(exit);
        Phi place = at.phi(IntegerType.I64);
        place.addIncoming(i, loop);
        place.addIncoming(next, more);
        return place;
    }

    /** Straight code. */
    private static Value hash(IrBuilder at, Value data, Value count, int index) {
        Value hash = count;
        for (int step = 0; step < 8; step++) {
            Value place = at.inBoundsGep(IntegerType.I64, data, ConstantInt.i64(step));
            Value mixed = at.mul(at.xor(hash, at.load(IntegerType.I64, place)), ConstantInt.i64(index * 2L + 1));
            hash = at.xor(mixed, at.lshr(mixed, ConstantInt.i64(29)));
            at.store(hash, place);
        }
        return hash;
    }

    /** The end of a loop of one or more blocks: {@code i + 1 < count} goes back. */
    private static void count(IrBuilder at, Phi i, Value count, BasicBlock before, BasicBlock header, BasicBlock exit) {
        Value next = at.add(i, ConstantInt.i64(1), "nuw", "nsw");
        i.addIncoming(ConstantInt.i64(0), before);
        i.addIncoming(next, at.block());
        at.condBr(at.icmp(ICmpPredicate.SLT, next, count), header, exit);
    }

    /** {@code result < 0 ? callee(data, count) : external(result)}. */
    private Value chooseCall(IrBuilder at, Function callee, Value data, Value count, Value result) {
        BasicBlock own = at.newBlock("own");
        BasicBlock other = at.newBlock("other");
        BasicBlock end = at.newBlock("end");
        at.condBr(at.icmp(ICmpPredicate.SLT, result, ConstantInt.i64(0)), own, other);
        at.moveTo(own);
        Value ours = at.call(callee, data, count);
        at.br(end);
        at.moveTo(other);
        Value theirs = at.call(library, result);
        at.br(end);
        at.moveTo(end);
        Phi chosen = at.phi(IntegerType.I64);
        chosen.addIncoming(ours, own);
        chosen.addIncoming(theirs, other);
        return chosen;
    }
}
