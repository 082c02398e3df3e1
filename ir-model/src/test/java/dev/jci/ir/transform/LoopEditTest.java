package dev.jci.ir.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.IrBuilder;
import dev.jci.ir.Module;
import dev.jci.ir.Phi;
import dev.jci.ir.Ret;
import dev.jci.ir.UseIndex;
import dev.jci.ir.Value;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.DominatorTree;
import dev.jci.ir.analysis.GraphSample;
import dev.jci.ir.analysis.Loop;
import dev.jci.ir.analysis.LoopForest;
import dev.jci.ir.verify.Verifier;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoopEditTest {
    /** {@code entry} goes to the loop or past it; the loop's sum is used behind it. */
    private static Function guardedLoop() {
        return IrBuilder.define(
                new Module(), "f", FunctionType.of(IntegerType.I32, IntegerType.I32), (function, at) -> {
                    Value n = function.arguments().get(0);
                    BasicBlock entry = at.block();
                    BasicBlock loop = at.newBlock("loop");
                    BasicBlock exit = at.newBlock("exit");
                    at.condBr(at.icmp(ICmpPredicate.SGT, n, ConstantInt.i32(0)), loop, exit);
                    at.moveTo(loop);
                    Phi i = at.named("i").phi(IntegerType.I32);
                    Value next = at.named("next").add(i, ConstantInt.i32(1));
                    i.addIncoming(ConstantInt.i32(0), entry);
                    i.addIncoming(next, loop);
                    at.condBr(at.icmp(ICmpPredicate.SLT, next, n), loop, exit);
                    at.moveTo(exit);
                    Phi result = at.named("result").phi(IntegerType.I32);
                    result.addIncoming(n, entry);
                    result.addIncoming(next, loop);
                    at.ret(result);
                });
    }

    private static Loop loop(Function function) {
        return LoopForest.of(ControlFlowGraph.of(function)).loops().getFirst();
    }

    @Test
    void preheaderIsSplitFromTheConditionalEntry() {
        Function function = guardedLoop();

        BasicBlock preheader = PredecessorSplit.preheader(loop(function)).orElseThrow();

        Loop loop = loop(function);
        assertThat(loop.forest().graph().indexOf(preheader))
                .isEqualTo(loop.preheader().orElseThrow());
        assertThat(Verifier.verify(function)).isEmpty();
    }

    @Test
    void sharedExitBecomesDedicatedAndLoopClosed() {
        Function function = guardedLoop();
        assertThat(PredecessorSplit.dedicateExits(loop(function))).hasSize(1);

        Loop loop = loop(function);
        assertThat(loop.hasDedicatedExits()).isTrue();
        LoopClosedSsa.form(loop, DominatorTree.of(loop.forest().graph()));

        BasicBlock exit = loop.forest().graph().block(loop.exitBlocks().getFirst());
        assertThat(exit.phis())
                .singleElement()
                .satisfies(phi -> assertThat(phi.name()).isEqualTo("next.lcssa"));
        assertThat(Verifier.verify(function)).isEmpty();
    }

    /** The short-trip clone of the published pass: a second copy of the loop, entered on another condition. */
    @Test
    void clonedLoopIsEnteredBesideTheOriginal() {
        Function function = guardedLoop();
        BasicBlock preheader = PredecessorSplit.preheader(loop(function)).orElseThrow();
        Loop loop = loop(function);
        BasicBlock header = loop.headerBlock();
        Instruction jump = preheader.last();

        BlockCloner cloner = BlockCloner.copy(List.of(header), ".short");
        BasicBlock copy = cloner.copyOf(header);
        IrBuilder at = IrBuilder.before(jump);
        at.condBr(at.icmp(ICmpPredicate.ULT, function.arguments().get(0), ConstantInt.i32(4)), copy, header);
        jump.remove();

        assertThat(copy.name()).isEqualTo("loop.short");
        assertThat(copy.phis().getFirst().incomingFrom(copy))
                .isSameAs(cloner.copyOf(header.first().next()));
        assertThat(Verifier.verify(function)).isEmpty();
        assertThat(LoopForest.of(ControlFlowGraph.of(function)).loops()).hasSize(2);
    }

    @Test
    void valueOfAClonedBlockIsRepairedBehindBothCopies() {
        Function function =
                IrBuilder.define(new Module(), "f", FunctionType.of(IntegerType.I32, IntegerType.I1), (made, at) -> {
                    BasicBlock work = at.newBlock("work");
                    BasicBlock end = at.newBlock("end");
                    at.br(work);
                    at.moveTo(work);
                    Value value = at.named("v").add(ConstantInt.i32(1), ConstantInt.i32(2));
                    at.br(end);
                    at.moveTo(end).ret(value);
                });
        BasicBlock entry = function.entry();
        BasicBlock work = entry.terminator().successors().getFirst();
        Instruction value = work.first();
        BlockCloner cloner = BlockCloner.copy(List.of(work), ".copy");
        Instruction jump = entry.last();
        IrBuilder.before(jump).condBr(function.arguments().get(0), work, cloner.copyOf(work));
        jump.remove();

        UseIndex uses = UseIndex.of(function);
        SsaRepair repair = SsaRepair.of(
                DominatorTree.of(ControlFlowGraph.of(function)),
                IntegerType.I32,
                Map.of(work, value, cloner.copyOf(work), cloner.copyOf(value)));
        repair.rewrite(uses.uses(value), value, uses);

        assertThat(Verifier.verify(function)).isEmpty();
        Ret ret = (Ret) work.terminator().successors().getFirst().last();
        assertThat(ret.value()).isInstanceOf(Phi.class);
    }

    @Test
    void everyLoopOfARandomGraphCanBeBroughtToTheSimpleForm() {
        Random random = new Random(11);
        for (int round = 0; round < 300; round++) {
            Function function = GraphSample.randomValid(random, 14).function();
            int loops = LoopForest.of(ControlFlowGraph.of(function)).loops().size();
            for (int i = 0; i < loops; i++) {
                PredecessorSplit.singleLatch(nth(function, i));
                PredecessorSplit.preheader(nth(function, i));
                PredecessorSplit.dedicateExits(nth(function, i));
                Loop loop = nth(function, i);
                assertThat(loop.latch()).isPresent();
                assertThat(loop.preheader()).isPresent();
                assertThat(loop.hasDedicatedExits()).isTrue();
            }
            assertThat(LoopForest.of(ControlFlowGraph.of(function)).loops()).hasSize(loops);
            assertThat(Verifier.verify(function)).isEmpty();
        }
    }

    private static Loop nth(Function function, int index) {
        return LoopForest.of(ControlFlowGraph.of(function)).loops().get(index);
    }
}
