package dev.jci.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Splitting blocks and edges: phis follow, and nothing else changes. */
class BlockEditTest {
    private final Module module = new Module();
    private BasicBlock head;
    private BasicBlock arm;
    private BasicBlock join;
    private Phi phi;

    /** {@code head -> arm -> join} and {@code head -> join}, with a phi in the join. */
    private Function diamondWithOneArm() {
        return IrBuilder.define(module, "f", FunctionType.of(IntegerType.I64, IntegerType.I1), (function, at) -> {
            head = at.block();
            arm = at.newBlock("arm");
            join = at.newBlock("join");
            at.condBr(function.arguments().get(0), arm, join);
            at.moveTo(arm).br(join);
            at.moveTo(join);
            phi = at.named("r").phi(IntegerType.I64);
            phi.addIncoming(ConstantInt.i64(1), head);
            phi.addIncoming(ConstantInt.i64(2), arm);
            at.ret(phi);
        });
    }

    @Test
    void anEdgeGetsABlockOfItsOwnAndThePhiHearsOfIt() {
        Function function = diamondWithOneArm();

        BasicBlock middle = head.splitEdge(join, "edge");

        assertThat(head.terminator().successors()).containsExactly(arm, middle);
        assertThat(middle.terminator().successors()).containsExactly(join);
        assertThat(phi.incomingFrom(middle)).isEqualTo(ConstantInt.i64(1));
        assertThat(phi.incomingFrom(head)).isNull();
        assertThat(phi.incomingFrom(arm)).isEqualTo(ConstantInt.i64(2));
        assertThat(function.blocks()).containsExactly(head, middle, arm, join);
    }

    @Test
    void parallelEdgesToOneBlockAreSplitTogether() {
        Function function = diamondWithOneArm();
        head.last().remove();
        IrBuilder.at(head).condBr(function.arguments().get(0), join, join);
        phi.setIncoming(new Value[] {ConstantInt.i64(1), head, ConstantInt.i64(1), head, ConstantInt.i64(2), arm});

        BasicBlock middle = head.splitEdge(join, "edge");

        assertThat(head.terminator().successors()).containsExactly(middle, middle);
        assertThat(phi.incomingCount()).isEqualTo(2);
        assertThat(phi.incomingFrom(middle)).isEqualTo(ConstantInt.i64(1));
    }

    @Test
    void anEdgeToAPadCannotBeSplit() {
        diamondWithOneArm();
        phi.remove();
        join.insertBefore(new LandingPad(IntegerType.I64, true, List.of(), List.of()), join.first());

        assertThatThrownBy(() -> head.splitEdge(join, "edge")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBlockIsSplitBeforeAnInstructionAndItsSuccessorsKnowTheNewEnd() {
        diamondWithOneArm();
        Instruction jump = arm.last();

        BasicBlock tail = arm.splitBefore(jump, "tail");

        assertThat(arm.terminator().successors()).containsExactly(tail);
        assertThat(tail.instructions()).containsExactly(jump);
        assertThat(jump.parent()).isSameAs(tail);
        assertThat(phi.incomingFrom(tail)).isEqualTo(ConstantInt.i64(2));
        assertThat(phi.incomingFrom(arm)).isNull();
        assertThat(arm.next()).isSameAs(tail);
    }

    @Test
    void allEdgesOfABlockThatIsSplitComeFromItsNewEnd() {
        Function function = diamondWithOneArm();
        head.last().remove();
        IrBuilder.at(head).condBr(function.arguments().get(0), join, join);
        phi.setIncoming(new Value[] {ConstantInt.i64(1), head, ConstantInt.i64(2), arm, ConstantInt.i64(1), head});

        BasicBlock tail = head.splitBefore(head.last(), "tail");

        assertThat(phi.operands())
                .containsExactly(ConstantInt.i64(1), tail, ConstantInt.i64(2), arm, ConstantInt.i64(1), tail);
    }

    /** A phi remembers where its last edge was that got another block. */
    @ParameterizedTest
    @ValueSource(strings = {"01234", "43210", "31402", "2200441", "40404"})
    void predecessorsAreSplitInAnyOrder(String order) {
        diamondWithOneArm();
        List<BasicBlock> ends = new ArrayList<>();
        phi.setIncoming(new Value[0]);
        for (int i = 0; i < 5; i++) {
            BasicBlock block = new BasicBlock("p" + i);
            head.parent().append(block);
            IrBuilder.at(block).br(join);
            phi.addIncoming(ConstantInt.i64(i), block);
            ends.add(block);
        }

        for (int i = 0; i < order.length(); i++) {
            int index = order.charAt(i) - '0';
            BasicBlock end = ends.get(index);
            ends.set(index, end.splitBefore(end.last(), "tail"));
        }

        for (int i = 0; i < 5; i++) {
            assertThat(phi.incomingBlock(i)).isSameAs(ends.get(i));
            assertThat(phi.incomingValue(i)).isEqualTo(ConstantInt.i64(i));
        }
    }

    @Test
    void aBlockIsNotSplitAtAPhi() {
        diamondWithOneArm();

        assertThatThrownBy(() -> join.splitBefore(phi, "tail")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void usesAreFoundAndReplacedInAllInstructions() {
        Function function = diamondWithOneArm();
        Value condition = function.arguments().get(0);
        IrBuilder at = IrBuilder.before(arm.last());
        Instruction both = at.and(condition, condition);
        UseIndex uses = UseIndex.of(function);

        assertThat(uses.uses(condition)).extracting(Use::user).containsExactly(head.last(), both, both);

        uses.replaceAllUses(condition, ConstantInt.TRUE);

        assertThat(both.operands()).containsExactly(ConstantInt.TRUE, ConstantInt.TRUE);
        assertThat(uses.isUsed(condition)).isFalse();
        assertThat(uses.uses(ConstantInt.TRUE)).hasSize(3);
    }

    @Test
    void unnamedValuesAndBlocksShareOneNumbering() {
        Function function = diamondWithOneArm();
        arm.setName(null);
        Instruction unnamed =
                IrBuilder.before(arm.last()).xor(function.arguments().get(0), ConstantInt.TRUE);

        SlotNumbers slots = SlotNumbers.of(function);

        assertThat(slots.of(function.arguments().get(0))).isEqualTo(0);
        assertThat(slots.of(arm)).isEqualTo(1);
        assertThat(slots.of(unnamed)).isEqualTo(2);
        assertThat(slots.has(phi)).isFalse();
        assertThat(slots.reference(unnamed)).isEqualTo("%2");
        assertThat(slots.reference(phi)).isEqualTo("%r");
    }
}
