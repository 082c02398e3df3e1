package dev.jci.ir.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.DataLayout;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.IntegerType;
import dev.jci.ir.IrBuilder;
import dev.jci.ir.Module;
import dev.jci.ir.Phi;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Value;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** How often loops can run at most that go on while {@code i + 1 <predicate> bound}, {@code i} from 0. */
class CountBoundsTest {
    private static final IntegerType I64 = IntegerType.I64;

    /**
     * The bound on the count of a loop behind a branch.
     *
     * @param bound makes what the counter is compared with, of an argument
     * @param guard under which predicate with {@code against} the loop is entered
     */
    private static OptionalLong greatest(
            BiFunction<IrBuilder, Value, Value> bound, ICmpPredicate guard, long against, ICmpPredicate predicate) {
        Function function = IrBuilder.define(new Module(), "f", FunctionType.of(SpecialType.VOID, I64), (made, at) -> {
            Value limit = bound.apply(at, made.arguments().getFirst());
            BasicBlock before = at.newBlock("before");
            BasicBlock loop = at.newBlock("loop");
            BasicBlock exit = at.newBlock("exit");
            at.condBr(at.icmp(guard, limit, ConstantInt.i64(against)), before, exit);
            at.moveTo(before);
            at.br(loop);
            at.moveTo(loop);
            Phi counter = at.phi(I64);
            Value next = at.add(counter, ConstantInt.i64(1));
            at.condBr(at.icmp(predicate, next, limit), loop, exit);
            counter.setIncoming(new Value[] {ConstantInt.i64(0), before, next, loop});
            at.moveTo(exit);
            at.retVoid();
        });
        ControlFlowGraph graph = ControlFlowGraph.of(function);
        DominatorTree dominators = DominatorTree.of(graph);
        Loop loop = LoopForest.of(graph, dominators).loops().getFirst();
        TripCount count = TripCounts.ofExit(loop, loop.latch().orElseThrow(), dominators, DataLayout.parse(""));
        assertThat(count).isInstanceOf(TripCount.Symbolic.class);
        return CountBounds.greatest((TripCount.Symbolic) count, loop.preheader().orElseThrow(), dominators);
    }

    private static BiFunction<IrBuilder, Value, Value> of(BinaryOpcode operation, long constant) {
        return (at, value) -> at.binary(operation, value, ConstantInt.i64(constant));
    }

    @Test
    void theLowBitsOfANumberThatAreNotZeroBoundTheCount() {
        assertThat(greatest(of(BinaryOpcode.AND, 7), ICmpPredicate.NE, 0, ICmpPredicate.NE))
                .as("seven iterations, six times back")
                .hasValue(6);
        assertThat(greatest(of(BinaryOpcode.UREM, 12), ICmpPredicate.NE, 0, ICmpPredicate.NE))
                .hasValue(10);
        assertThat(greatest(of(BinaryOpcode.LSHR, 60), ICmpPredicate.UGT, 2, ICmpPredicate.NE))
                .hasValue(14);
    }

    @Test
    void aNarrowTypeBoundsIt() {
        BiFunction<IrBuilder, Value, Value> narrow = (at, value) -> at.zext(at.trunc(value, IntegerType.of(4)), I64);

        assertThat(greatest(narrow, ICmpPredicate.NE, 0, ICmpPredicate.NE)).hasValue(14);
    }

    @Test
    void aComparisonOnTheWayBoundsIt() {
        assertThat(greatest(of(BinaryOpcode.ADD, 1), ICmpPredicate.ULT, 9, ICmpPredicate.ULT))
                .as("back as long as the counter is below 8, from 1")
                .hasValue(7);
    }

    @Test
    void aCounterThatMissesItsBoundGoesRoundOnce() {
        assertThat(greatest(of(BinaryOpcode.AND, 7), ICmpPredicate.ULT, 7, ICmpPredicate.NE))
                .as("the bound may be zero, which the counter has passed")
                .isEmpty();
    }

    @Test
    void ofOtherArithmeticNothingIsKnown() {
        assertThat(greatest(of(BinaryOpcode.MUL, 3), ICmpPredicate.NE, 0, ICmpPredicate.NE))
                .isEmpty();
    }
}
