package dev.jci.ir.analysis;

import static dev.jci.ir.analysis.GraphSample.function;
import static dev.jci.ir.analysis.GraphSample.graph;
import static dev.jci.ir.analysis.GraphSample.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDString;
import dev.jci.ir.Unreachable;
import dev.jci.ir.ValueAsMetadata;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BranchProbabilitiesTest {
    private static BranchProbabilities of(ControlFlowGraph graph) {
        return BranchProbabilities.of(graph, LoopForest.of(graph));
    }

    @Test
    void loopGoesOnThirtyOneTimesOfThirtyTwo() {
        BranchProbabilities probabilities = of(graph(to(1), to(1, 2), to()));

        assertThat(probabilities.between(1, 1)).isEqualTo(31.0 / 32);
        assertThat(probabilities.between(1, 2)).isEqualTo(1.0 / 32);
    }

    @Test
    void switchIsUniformPerEdge() {
        BranchProbabilities probabilities = of(graph(to(1, 2, 1, 1), to(), to()));

        assertThat(probabilities.of(0, 0)).isEqualTo(0.25);
        assertThat(probabilities.between(0, 1)).isEqualTo(0.75);
    }

    @Test
    void wayToUnreachableIsNegligible() {
        Function function = function(to(1, 3), to(2), to(), to());
        BasicBlock dead = ControlFlowGraph.of(function).block(2);
        dead.first().remove();
        dead.append(new Unreachable());

        BranchProbabilities probabilities = of(ControlFlowGraph.of(function));
        assertThat(probabilities.isCold(1)).isTrue();
        assertThat(probabilities.between(0, 1)).isLessThan(1e-5);
    }

    @Test
    void profileIsBelieved() {
        Function function = function(to(1, 2), to(), to());
        Instruction branch = function.entry().last();
        branch.attach(
                "prof",
                MDNode.tuple(
                        new MDString("branch_weights"),
                        new ValueAsMetadata(ConstantInt.i32(1)),
                        new ValueAsMetadata(ConstantInt.i32(1999))));

        assertThat(of(ControlFlowGraph.of(function)).of(0, 0)).isEqualTo(1.0 / 2000);
    }

    @Test
    void edgesOfEachBlockOfARandomGraphSumToOne() {
        Random random = new Random(9);
        for (int round = 0; round < 300; round++) {
            ControlFlowGraph graph = GraphSample.random(random, 16);
            BranchProbabilities probabilities = of(graph);
            for (int block = 0; block < graph.size(); block++) {
                double sum = 0;
                for (int i = 0; i < graph.successorCount(block); i++) {
                    assertThat(probabilities.of(block, i)).isBetween(0.0, 1.0);
                    sum += probabilities.of(block, i);
                }
                assertThat(sum).isEqualTo(graph.successorCount(block) == 0 ? 0 : 1, within(1e-9));
            }
        }
    }
}
