package dev.jci.ir.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.IrBuilder;
import dev.jci.ir.Phi;
import dev.jci.ir.Value;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.DominatorTree;
import dev.jci.ir.analysis.GraphSample;
import dev.jci.ir.verify.Verifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SsaRepairTest {
    @Test
    void twoDefinitionsMeetInOnePhi() {
        Function function =
                GraphSample.function(GraphSample.to(1, 2), GraphSample.to(3), GraphSample.to(3), GraphSample.to());
        DominatorTree dominators = DominatorTree.of(ControlFlowGraph.of(function));
        BasicBlock left = dominators.graph().block(1);
        BasicBlock right = dominators.graph().block(2);

        SsaRepair repair =
                SsaRepair.of(dominators, IntegerType.I32, Map.of(left, ConstantInt.i32(1), right, ConstantInt.i32(2)));
        Value joined = repair.atStart(dominators.graph().block(3));

        assertThat(joined).isInstanceOfSatisfying(Phi.class, phi -> {
            assertThat(phi.incomingFrom(left)).isEqualTo(ConstantInt.i32(1));
            assertThat(phi.incomingFrom(right)).isEqualTo(ConstantInt.i32(2));
        });
    }

    @Test
    void blocksThatNobodyAsksForGetNoPhi() {
        Function function =
                GraphSample.function(GraphSample.to(1, 2), GraphSample.to(3), GraphSample.to(3), GraphSample.to());
        DominatorTree dominators = DominatorTree.of(ControlFlowGraph.of(function));
        BasicBlock left = dominators.graph().block(1);

        SsaRepair repair = SsaRepair.of(dominators, IntegerType.I32, Map.of(left, ConstantInt.i32(1)));

        assertThat(repair.atEnd(left)).isEqualTo(ConstantInt.i32(1));
        assertThat(dominators.graph().block(3).phis()).isEmpty();
    }

    @Test
    void everyPathThroughARandomGraphReadsTheLastDefinition() {
        Random random = new Random(7);
        for (int round = 0; round < 400; round++) {
            ControlFlowGraph graph = GraphSample.randomValid(random, 12);
            DominatorTree dominators = DominatorTree.of(graph);
            Map<BasicBlock, Instruction> definitions = new LinkedHashMap<>();
            for (int block = 0; block < graph.size(); block++) {
                if (block == 0 || random.nextInt(3) == 0) {
                    Value argument = graph.function().arguments().get(1);
                    definitions.put(
                            graph.block(block),
                            IrBuilder.before(graph.block(block).last()).add(argument, ConstantInt.i32(block)));
                }
            }
            SsaRepair repair = SsaRepair.of(dominators, IntegerType.I32, definitions);
            List<Value> atStart = new ArrayList<>();
            for (int block = 0; block < graph.size(); block++) {
                atStart.add(repair.atStart(graph.block(block)));
            }

            assertThat(Verifier.verify(graph.function())).isEmpty();
            walk(random, graph, definitions, atStart);
        }
    }

    private static void walk(
            Random random, ControlFlowGraph graph, Map<BasicBlock, Instruction> definitions, List<Value> atStart) {
        Map<Value, Value> phiValues = new LinkedHashMap<>();
        Value last = null;
        int block = 0;
        for (int step = 0; step < 60; step++) {
            if (last != null) {
                Value seen = atStart.get(block);
                assertThat(seen instanceof Phi ? phiValues.get(seen) : seen).isSameAs(last);
            }
            last = definitions.getOrDefault(graph.block(block), (Instruction) last);
            if (graph.successorCount(block) == 0) {
                return;
            }
            int next = graph.successor(block, random.nextInt(graph.successorCount(block)));
            Map<Value, Value> entering = new LinkedHashMap<>();
            for (Phi phi : graph.block(next).phis()) {
                Value input = phi.incomingFrom(graph.block(block));
                entering.put(phi, input instanceof Phi ? phiValues.get(input) : input);
            }
            phiValues.putAll(entering);
            block = next;
        }
    }
}
