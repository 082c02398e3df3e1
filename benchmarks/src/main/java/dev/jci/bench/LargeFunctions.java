package dev.jci.bench;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.FunctionType;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.IntegerType;
import dev.jci.ir.IrBuilder;
import dev.jci.ir.Module;
import dev.jci.ir.Phi;
import dev.jci.ir.PointerType;
import dev.jci.ir.Switch;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Modules of one function whose graph is of a kind that algorithms on graphs like to take more than linear time for. */
final class LargeFunctions {
    private static final FunctionType SIGNATURE = FunctionType.of(IntegerType.I64, PointerType.OPAQUE, IntegerType.I64);

    private LargeFunctions() {}

    private static Module of(BiConsumer<Arguments, IrBuilder> body) {
        Module module = new Module();
        module.setTargetTriple("x86_64-unknown-linux-gnu");
        IrBuilder.define(
                module,
                "large",
                SIGNATURE,
                (function, at) -> body.accept(
                        new Arguments(
                                function.arguments().get(0),
                                function.arguments().get(1)),
                        at));
        return module;
    }

    private record Arguments(Value data, Value count) {}

    /**
     * A switch of that many cases. Each case goes on to the next one or leaves, with a value of its own: edges of the switch are split, and so are
     * those to a block whose phi has an entry for each case.
     */
    static Module switchOf(int cases) {
        return of((arguments, at) -> {
            BasicBlock head = at.block();
            BasicBlock exit = at.newBlock("exit");
            List<Switch.Case> table = new ArrayList<>();
            List<BasicBlock> blocks = new ArrayList<>();
            for (int i = 0; i < cases; i++) {
                BasicBlock block = at.newBlock("case");
                blocks.add(block);
                table.add(new Switch.Case(ConstantInt.i64(i), block));
            }
            at.switchOn(arguments.count, exit, table);
            at.moveTo(exit);
            Phi result = at.phi(IntegerType.I64);
            at.ret(result);
            List<Value> incoming = new ArrayList<>(List.of(ConstantInt.i64(-1), head));
            for (int i = 0; i < cases; i++) {
                at.moveTo(blocks.get(i));
                Value word = at.load(IntegerType.I64, arguments.data);
                Value leaves = at.icmp(ICmpPredicate.EQ, word, ConstantInt.i64(i));
                BasicBlock next = blocks.get(Math.min(i + 1, cases - 1));
                at.condBr(leaves, exit, next);
                incoming.addAll(List.of(ConstantInt.i64(i), blocks.get(i)));
            }
            result.setIncoming(incoming.toArray(Value[]::new));
        });
    }

    /** That many loops one behind the other, every other one counted. */
    static Module loopsInARow(int loops) {
        return of((arguments, at) -> {
            for (int i = 0; i < loops; i++) {
                BasicBlock before = at.block();
                BasicBlock loop = at.newBlock("loop");
                BasicBlock exit = at.newBlock("next");
                at.br(loop);
                at.moveTo(loop);
                Phi index = at.phi(IntegerType.I64);
                Value place = at.inBoundsGep(IntegerType.I64, arguments.data, index);
                Value word = at.load(IntegerType.I64, place);
                at.store(at.add(word, ConstantInt.i64(i)), place);
                Value next = at.add(index, ConstantInt.i64(1), "nuw", "nsw");
                index.addIncoming(ConstantInt.i64(0), before);
                index.addIncoming(next, loop);
                Value limit = i % 2 == 0 ? arguments.count : word;
                at.condBr(at.icmp(ICmpPredicate.SLT, next, limit), loop, exit);
                at.moveTo(exit);
            }
            at.ret(arguments.count);
        });
    }

    /** That many loops one behind the other that can each be entered in two places. */
    static Module irreducible(int regions) {
        return of((arguments, at) -> {
            for (int i = 0; i < regions; i++) {
                BasicBlock first = at.newBlock("first");
                BasicBlock second = at.newBlock("second");
                BasicBlock next = at.newBlock("next");
                Value word = at.load(IntegerType.I64, arguments.data);
                at.condBr(at.icmp(ICmpPredicate.EQ, word, ConstantInt.i64(i)), first, second);
                at.moveTo(first);
                at.store(ConstantInt.i64(i), arguments.data);
                at.br(second);
                at.moveTo(second);
                Value again = at.load(IntegerType.I64, arguments.data);
                at.condBr(at.icmp(ICmpPredicate.EQ, again, arguments.count), first, next);
                at.moveTo(next);
            }
            at.ret(arguments.count);
        });
    }

    /** That many loops one in the other. */
    static Module nest(int depth) {
        return of((arguments, at) -> {
            List<BasicBlock> heads = new ArrayList<>();
            for (int i = 0; i < depth; i++) {
                BasicBlock head = at.newBlock("head");
                at.br(head);
                at.moveTo(head);
                at.store(ConstantInt.i64(i), arguments.data);
                heads.add(head);
            }
            for (BasicBlock head : heads.reversed()) {
                BasicBlock latch = at.newBlock("latch");
                BasicBlock exit = at.newBlock("exit");
                at.br(latch);
                at.moveTo(latch);
                Value word = at.load(IntegerType.I64, arguments.data);
                at.condBr(at.icmp(ICmpPredicate.SLT, word, arguments.count), head, exit);
                at.moveTo(exit);
            }
            at.ret(arguments.count);
        });
    }
}
