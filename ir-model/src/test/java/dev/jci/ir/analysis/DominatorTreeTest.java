package dev.jci.ir.analysis;

import static dev.jci.ir.analysis.GraphSample.graph;
import static dev.jci.ir.analysis.GraphSample.reached;
import static dev.jci.ir.analysis.GraphSample.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DominatorTreeTest {
    @Test
    void joinOfDiamondIsDominatedByItsHead() {
        DominatorTree tree = DominatorTree.of(graph(to(1, 2), to(3), to(3), to()));

        assertThat(tree.immediateDominator(3)).isZero();
        assertThat(tree.immediateDominator(0)).isEqualTo(-1);
        assertThat(tree.children(0)).containsExactly(1, 2, 3);
        assertThat(tree.dominanceFrontier(1)).containsExactly(3);
        assertThat(tree.nearestCommonDominator(1, 2)).isZero();
    }

    @Test
    void loopHeaderIsInItsOwnFrontier() {
        DominatorTree tree = DominatorTree.of(graph(to(1), to(2, 3), to(1), to()));

        assertThat(tree.dominanceFrontier(1)).containsExactly(1);
        assertThat(tree.iteratedDominanceFrontier(2)).containsExactly(1);
    }

    @Test
    void unreachableBlocksAreDominatedByAll() {
        DominatorTree tree = DominatorTree.of(graph(to(1), to(), to(1)));

        assertThat(tree.dominates(1, 2)).isTrue();
        assertThat(tree.dominates(2, 1)).isFalse();
    }

    @Test
    void edgeDominatesOnlyWithoutAnotherWay() {
        ControlFlowGraph graph = graph(to(1, 2), to(2), to());
        DominatorTree tree = DominatorTree.of(graph);

        assertThat(tree.dominates(graph.edge(0, 0), 1)).isTrue();
        assertThat(tree.dominates(graph.edge(0, 1), 2)).isFalse();
        ControlFlowGraph parallel = graph(to(1, 1), to());
        assertThat(DominatorTree.of(parallel).dominates(parallel.edge(0, 0), 1)).isFalse();
    }

    @Test
    void randomGraphsAgreeWithTheDefinition() {
        Random random = new Random(2);
        for (int round = 0; round < 800; round++) {
            ControlFlowGraph graph = GraphSample.random(random, 16);
            DominatorTree tree = DominatorTree.of(graph);
            for (int a = 0; a < graph.size(); a++) {
                boolean[] without = reached(graph, 0, a);
                for (int b = 0; b < graph.size(); b++) {
                    boolean expected = a == b || !without[b];
                    assertThat(tree.dominates(a, b)).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void frontiersOfRandomGraphsAgreeWithTheDefinition() {
        Random random = new Random(3);
        for (int round = 0; round < 300; round++) {
            ControlFlowGraph graph = GraphSample.random(random, 14);
            DominatorTree tree = DominatorTree.of(graph);
            for (int a : graph.reversePostOrder()) {
                assertThat(tree.dominanceFrontier(a)).isEqualTo(frontier(graph, tree, a));
            }
            int[] definitions = {random.nextInt(graph.size()), random.nextInt(graph.size())};
            assertThat(tree.iteratedDominanceFrontier(definitions)).isEqualTo(iterated(graph, tree, definitions));
        }
    }

    private static int[] frontier(ControlFlowGraph graph, DominatorTree tree, int a) {
        return IntStream.range(0, graph.size())
                .filter(b -> graph.isReachable(b) && !tree.strictlyDominates(a, b))
                .filter(b ->
                        IntStream.of(graph.predecessors(b)).anyMatch(p -> graph.isReachable(p) && tree.dominates(a, p)))
                .toArray();
    }

    private static int[] iterated(ControlFlowGraph graph, DominatorTree tree, int[] definitions) {
        int[] current = {};
        while (true) {
            int[] grown = IntStream.concat(IntStream.of(definitions), IntStream.of(current))
                    .filter(graph::isReachable)
                    .flatMap(block -> IntStream.of(frontier(graph, tree, block)))
                    .distinct()
                    .sorted()
                    .toArray();
            if (java.util.Arrays.equals(grown, current)) {
                return current;
            }
            current = grown;
        }
    }

    @Test
    void hundredThousandBlocksInARowDoNotOverflowTheStack() {
        int n = 100_000;
        int[][] successors = new int[n][];
        for (int i = 0; i < n; i++) {
            successors[i] = i == n - 1 ? to() : i % 3 == 2 ? to(i + 1, i - 2) : to(i + 1, n - 1);
        }
        ControlFlowGraph graph = graph(successors);

        DominatorTree tree = DominatorTree.of(graph);
        assertThat(tree.depth(n - 2)).isEqualTo(n - 2);
        assertThat(PostDominatorTree.of(graph).immediatePostDominator(0)).isEqualTo(n - 1);
        assertThat(LoopForest.of(graph, tree).loops()).hasSize(n / 3);
    }
}
