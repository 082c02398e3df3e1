package dev.jci.ir.analysis;

import static dev.jci.ir.analysis.GraphSample.graph;
import static dev.jci.ir.analysis.GraphSample.reached;
import static dev.jci.ir.analysis.GraphSample.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jci.ir.BasicBlock;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ControlFlowGraphTest {
    @Test
    void parallelEdgesAreKeptAndCanBeDropped() {
        ControlFlowGraph graph = graph(to(1, 2, 1), to(2), to());

        assertThat(graph.successors(0)).containsExactly(1, 2, 1);
        assertThat(graph.distinctSuccessors(0)).containsExactly(1, 2);
        assertThat(graph.predecessors(1)).containsExactly(0, 0);
        assertThat(graph.distinctPredecessors(1)).containsExactly(0);
        assertThat(graph.hasOneSuccessor(0)).isFalse();
        assertThat(graph.hasOneSuccessor(1)).isTrue();
        assertThat(graph.hasOneSuccessor(2)).as("none").isFalse();
        assertThat(graph.hasOnePredecessor(0)).as("none").isFalse();
        assertThat(graph.hasOnePredecessor(1)).isTrue();
        assertThat(graph.hasOnePredecessor(2)).isFalse();
        assertThat(graph.edgeCount()).isEqualTo(4);
        assertThat(graph.edge(0, 2)).isEqualTo(new Edge(2, 0, 2, 1));
    }

    @Test
    void reversePostOrderHoldsReachableBlocksBehindTheirPredecessors() {
        ControlFlowGraph graph = graph(to(1, 2), to(3), to(3), to(), to(3));

        assertThat(graph.reversePostOrder()).containsExactly(0, 2, 1, 3);
        assertThat(graph.isReachable(4)).isFalse();
        assertThat(graph.placeOf(4)).isEqualTo(-1);
    }

    @Test
    void blocksAreFoundByIdentity() {
        ControlFlowGraph graph = graph(to(1), to());

        assertThat(graph.indexOf(graph.block(1))).isEqualTo(1);
        BasicBlock stranger = new BasicBlock("b1");
        assertThatThrownBy(() -> graph.indexOf(stranger)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void blocksAreFoundWhenALaterGraphHasNumberedThemAnew() {
        ControlFlowGraph graph = graph(to(1), to(2), to());
        BasicBlock second = graph.block(1);
        BasicBlock third = graph.block(2);
        BasicBlock added = graph.block(0).splitEdge(second, "added");

        ControlFlowGraph later = ControlFlowGraph.of(graph.function());

        assertThat(later.indexOf(second)).isEqualTo(2);
        assertThat(graph.indexOf(second)).isEqualTo(1);
        assertThat(graph.indexOf(third)).isEqualTo(2);
        assertThat(graph.contains(added)).isFalse();
    }

    @Test
    void aGraphWithAWayBackIsCyclic() {
        assertThat(graph(to(1, 2), to(2), to()).isCyclic()).isFalse();
        assertThat(graph(to(1), to(1, 2), to()).isCyclic()).isTrue();
        assertThat(graph(to(), to(1)).isCyclic())
                .as("which control cannot reach")
                .isFalse();
    }

    @Test
    void randomGraphsAgreeWithSearch() {
        Random random = new Random(1);
        for (int round = 0; round < 500; round++) {
            ControlFlowGraph graph = GraphSample.random(random, 20);
            boolean[] reached = reached(graph, 0, -1);
            for (int block = 0; block < graph.size(); block++) {
                assertThat(graph.isReachable(block)).isEqualTo(reached[block]);
                for (int successor : graph.successors(block)) {
                    assertThat(graph.predecessors(successor)).contains(block);
                }
            }
        }
    }
}
