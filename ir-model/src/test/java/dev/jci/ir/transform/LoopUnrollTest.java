package dev.jci.ir.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.jci.ir.Attribute;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.IrBuilder;
import dev.jci.ir.Module;
import dev.jci.ir.Phi;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Value;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.GraphSample;
import dev.jci.ir.analysis.Loop;
import dev.jci.ir.analysis.LoopForest;
import dev.jci.ir.verify.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoopUnrollTest {
    /** {@code while (a < n) { swap a and b; a += 1 }}, left with both values. */
    private static Function swapping() {
        return IrBuilder.define(
                new Module(), "f", FunctionType.of(IntegerType.I32, IntegerType.I32), (function, at) -> {
                    Value n = function.arguments().get(0);
                    BasicBlock entry = at.block();
                    BasicBlock loop = at.newBlock("loop");
                    BasicBlock exit = at.newBlock("exit");
                    at.br(loop);
                    at.moveTo(loop);
                    Phi a = at.named("a").phi(IntegerType.I32);
                    Phi b = at.named("b").phi(IntegerType.I32);
                    Value next = at.named("next").add(a, ConstantInt.i32(1));
                    a.addIncoming(ConstantInt.i32(0), entry);
                    a.addIncoming(b, loop);
                    b.addIncoming(ConstantInt.i32(7), entry);
                    b.addIncoming(next, loop);
                    at.condBr(at.icmp(ICmpPredicate.SLT, next, n), loop, exit);
                    at.moveTo(exit);
                    at.ret(at.sub(next, b));
                });
    }

    private static Loop loop(Function function) {
        return LoopForest.of(ControlFlowGraph.of(function)).loops().getFirst();
    }

    private static List<BasicBlock> unroll(Function function, int times) {
        return LoopUnroll.apply(List.of(new LoopUnroll.Turns(loop(function), times)));
    }

    private static Phi phi(BasicBlock block, String name) {
        return block.phis().stream()
                .filter(phi -> name.equals(phi.name()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachTurnTakesWhatTheOneBeforeLeft() {
        Function function = swapping();
        BasicBlock header = loop(function).headerBlock();

        assertThat(unroll(function, 3)).as("exit has no other way in").isEmpty();

        assertThat(Verifier.verify(function)).isEmpty();
        Loop loop = loop(function);
        assertThat(loop.blockCount()).isEqualTo(3);
        BasicBlock second = header.terminator().successors().getFirst();
        BasicBlock third = second.terminator().successors().getFirst();
        assertThat(third.terminator().successors().getFirst()).isSameAs(header);
        assertThat(phi(second, "a.2").incomingFrom(header)).isSameAs(phi(header, "b"));
        assertThat(phi(third, "b.3").incomingFrom(second))
                .isInstanceOfSatisfying(
                        BinaryOperator.class, sum -> assertThat(sum.left()).isSameAs(phi(second, "a.2")));
        assertThat(phi(header, "a").incomingFrom(third)).isSameAs(phi(third, "b.3"));
        assertThat(phi(header, "a").incomingCount()).isEqualTo(2);
    }

    @Test
    void whatIsUsedBehindTheLoopComesFromTheTurnThatLeftIt() {
        Function function = swapping();

        unroll(function, 2);

        BasicBlock exit = loop(function)
                .forest()
                .graph()
                .block(loop(function).exitBlocks().getFirst());
        assertThat(exit.phis())
                .hasSize(2)
                .allSatisfy(phi -> assertThat(phi.incomingCount()).isEqualTo(2));
        assertThat(Verifier.verify(function)).isEmpty();
    }

    /** What is never reached may lead anywhere, into the middle of a loop as well. */
    @Test
    void noCopyIsEnteredFromABlockThatIsNeverReached() {
        Function function =
                IrBuilder.define(new Module(), "f", FunctionType.of(SpecialType.VOID, IntegerType.I1), (made, at) -> {
                    BasicBlock loop = at.newBlock("loop");
                    BasicBlock middle = at.newBlock("middle");
                    BasicBlock exit = at.newBlock("exit");
                    BasicBlock never = at.newBlock("never");
                    at.br(loop);
                    at.moveTo(never).br(middle);
                    at.moveTo(loop).condBr(made.arguments().getFirst(), middle, exit);
                    at.moveTo(middle);
                    Phi phi = at.phi(IntegerType.I32);
                    phi.addIncoming(ConstantInt.i32(1), loop);
                    phi.addIncoming(ConstantInt.i32(2), never);
                    at.br(loop);
                    at.moveTo(exit).retVoid();
                });

        unroll(function, 2);

        assertThat(Verifier.verify(function)).isEmpty();
    }

    @Test
    void everyLoopOfARandomGraphStaysOneLoop() {
        Random random = new Random(17);
        int unrolled = 0;
        for (int round = 0; round < 300; round++) {
            Function function = GraphSample.randomValid(random, 14).function();
            LoopForest forest = LoopForest.of(ControlFlowGraph.of(function));
            List<LoopUnroll.Turns> wanted = new ArrayList<>();
            for (Loop loop : forest.innermostFirst()) {
                if (LoopUnroll.isPossible(loop)) {
                    wanted.add(new LoopUnroll.Turns(loop, 2 + random.nextInt(3)));
                }
            }
            unrolled += wanted.size();
            List<Integer> sizes = wanted.stream()
                    .map(turns -> turns.times() * turns.loop().blockCount())
                    .toList();
            List<BasicBlock> headers =
                    wanted.stream().map(turns -> turns.loop().headerBlock()).toList();

            LoopUnroll.apply(wanted);

            assertThat(Verifier.verify(function)).isEmpty();
            LoopForest after = LoopForest.of(ControlFlowGraph.of(function));
            assertThat(after.loops()).hasSameSizeAs(forest.loops());
            for (int i = 0; i < headers.size(); i++) {
                Loop loop = after.headedBy(after.graph().indexOf(headers.get(i)));
                assertThat(loop).isNotNull();
                assertThat(loop.blockCount()).isEqualTo(sizes.get(i));
            }
        }
        assertThat(unrolled).isGreaterThan(300);
    }

    @Test
    void aCallThatMustNotBeThereTwiceForbidsIt() {
        Function function = swapping();
        Loop loop = loop(function);
        assertThat(LoopUnroll.isPossible(loop)).isTrue();

        Instruction branch = loop.headerBlock().terminator().asInstruction();
        Function once = new Function("once", FunctionType.of(SpecialType.VOID));
        once.setAttributes(once.attributes().with(new Attribute.Word("noduplicate")));
        IrBuilder.before(branch).call(once);

        assertThat(LoopUnroll.isPossible(loop)).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoopUnroll.apply(List.of(new LoopUnroll.Turns(loop, 2))))
                .withMessageContaining("loop");
    }
}
