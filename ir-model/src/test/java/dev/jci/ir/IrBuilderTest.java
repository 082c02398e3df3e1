package dev.jci.ir;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.LoopForest;
import java.util.List;
import org.junit.jupiter.api.Test;

class IrBuilderTest {
    private static Function counting(Module module) {
        return IrBuilder.define(module, "count", FunctionType.of(IntegerType.I64, IntegerType.I64), (function, at) -> {
            BasicBlock entry = at.block();
            BasicBlock loop = at.newBlock("loop");
            BasicBlock exit = at.newBlock("exit");
            at.br(loop);
            at.moveTo(loop);
            Phi i = at.named("i").phi(IntegerType.I64);
            Value next = at.named("i").add(i, ConstantInt.i64(1), "nuw");
            i.addIncoming(ConstantInt.i64(0), entry);
            i.addIncoming(next, loop);
            at.condBr(at.icmp(ICmpPredicate.ULT, next, function.arguments().get(0)), loop, exit);
            at.moveTo(exit).ret(next);
        });
    }

    @Test
    void lambdaBuildsAWholeLoop() {
        Module module = new Module();
        Function function = counting(module);

        assertThat(module.function("count")).isSameAs(function);
        ControlFlowGraph graph = ControlFlowGraph.of(function);
        assertThat(LoopForest.of(graph).loops())
                .singleElement()
                .satisfies(loop -> assertThat(loop.headerBlock().name()).isEqualTo("loop"));
    }

    @Test
    void namesAreMadeUnique() {
        Function function = counting(new Module());

        BasicBlock loop = ControlFlowGraph.of(function).block(1);
        assertThat(loop.instructions()).extracting(Instruction::name).containsExactly("i", "i1", null, null);
    }

    @Test
    void instructionsBeforeAnotherOneTakeItsLocationAndKeepTheirOrder() {
        Function function = counting(new Module());
        Instruction ret = function.lastBlock().last();
        MDNode location = MDNode.specialized("DILocation");
        ret.attach("dbg", location);

        IrBuilder at = IrBuilder.before(ret);
        Value argument = function.arguments().get(0);
        Instruction first = at.mul(argument, argument);
        Instruction second = at.sub(first, argument);

        assertThat(function.lastBlock().instructions()).containsExactly(first, second, ret);
        assertThat(first.debugLocation()).isSameAs(location);
    }

    @Test
    void copyCarriesFlagsAttachmentsAndMappedOperands() {
        Function function = counting(new Module());
        Phi i = (Phi) ControlFlowGraph.of(function).block(1).first();
        BinaryOperator add = (BinaryOperator) i.next();
        add.attach("note", MDNode.tuple());
        add.setDebugRecords(
                List.of(new DebugRecord("value", List.of(new ValueAsMetadata(i), MDNode.tuple(), MDNode.tuple()))));
        Value argument = function.arguments().get(0);

        BinaryOperator copy =
                (BinaryOperator) InstructionCloner.copy(add, operand -> operand == i ? argument : operand);

        assertThat(copy.parent()).isNull();
        assertThat(copy.operands()).containsExactly(argument, ConstantInt.i64(1));
        assertThat(copy.flags().has("nuw")).isTrue();
        assertThat(copy.attachments()).isEqualTo(add.attachments());
        assertThat(copy.debugRecords().getFirst().operands().getFirst()).isEqualTo(new ValueAsMetadata(argument));
        assertThat(add.operands()).containsExactly(i, ConstantInt.i64(1));
    }
}
