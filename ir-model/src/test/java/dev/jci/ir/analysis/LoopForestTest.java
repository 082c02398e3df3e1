package dev.jci.ir.analysis;

import static dev.jci.ir.analysis.GraphSample.graph;
import static dev.jci.ir.analysis.GraphSample.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LoopForestTest {
    @Test
    void rotatedLoopHasPreheaderLatchAndExit() {
        LoopForest forest = LoopForest.of(graph(to(1), to(2), to(1, 3), to()));

        Loop loop = forest.loops().getFirst();
        assertThat(loop.header()).isEqualTo(1);
        assertThat(loop.blocks()).containsExactly(1, 2);
        assertThat(loop.preheader()).hasValue(0);
        assertThat(loop.latch()).hasValue(2);
        assertThat(loop.exitingBlocks()).containsExactly(2);
        assertThat(loop.exitBlocks()).containsExactly(3);
        assertThat(loop.hasDedicatedExits()).isTrue();
    }

    @Test
    void whatIsCountedForAllLoopsAtOnceIsWhatEachLoopHas() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            LoopForest forest = LoopForest.of(GraphSample.random(random, 20));
            for (Loop loop : forest.loops()) {
                assertThat(loop.exitingBlockCount())
                        .isEqualTo(loop.exitingBlocks().size());
                assertThat(loop.touchesIrreducible())
                        .isEqualTo(loop.blocks().stream().anyMatch(forest::isIrreducible));
            }
        }
    }

    @Test
    void conditionalEntryIsNoPreheader() {
        LoopForest forest = LoopForest.of(graph(to(1, 2), to(1, 2), to()));

        Loop loop = forest.loops().getFirst();
        assertThat(loop.preheader()).isEmpty();
        assertThat(loop.loopPredecessor()).hasValue(0);
        assertThat(loop.hasDedicatedExits()).isFalse();
    }

    @Test
    void innerLoopKnowsItsParent() {
        LoopForest forest = LoopForest.of(graph(to(1), to(2), to(2, 3), to(1, 4), to()));

        assertThat(forest.topLevel()).hasSize(1);
        Loop outer = forest.topLevel().getFirst();
        Loop inner = outer.children().getFirst();
        assertThat(inner.parent()).isSameAs(outer);
        assertThat(inner.depth()).isEqualTo(2);
        assertThat(outer.blocks()).containsExactly(1, 2, 3);
        assertThat(forest.loopOf(2)).isSameAs(inner);
        assertThat(forest.loopOf(3)).isSameAs(outer);
        assertThat(forest.loopOf(4)).isNull();
        assertThat(forest.innermostFirst()).containsExactly(inner, outer);
    }

    @Test
    void twoLatchesMakeOneLoop() {
        LoopForest forest = LoopForest.of(graph(to(1), to(2, 3), to(1, 4), to(1, 4), to()));

        assertThat(forest.loops()).hasSize(1);
        assertThat(forest.loops().getFirst().latches()).containsExactly(2, 3);
        assertThat(forest.loops().getFirst().latch()).isEmpty();
        assertThat(forest.loops().getFirst().exitEdges()).hasSize(2);
    }

    @Test
    void cycleWithTwoEntriesIsIrreducible() {
        LoopForest forest = LoopForest.of(graph(to(1, 2), to(2), to(1, 3), to()));

        assertThat(forest.loops()).isEmpty();
        assertThat(forest.irreducibleRegions()).singleElement().satisfies(region -> {
            assertThat(region.blocks()).containsExactly(1, 2);
            assertThat(region.entries()).containsExactly(1, 2);
            assertThat(region.retreatingEdges()).hasSize(1);
        });
        assertThat(forest.isIrreducible(1)).isTrue();
        assertThat(forest.isIrreducible(3)).isFalse();
    }

    @Test
    void irreducibleRegionInsideALoopLeavesTheRestOfTheLoopUnmarked() {
        LoopForest forest = LoopForest.of(graph(to(1), to(2, 3), to(3), to(2, 4), to(1, 5), to()));

        Loop loop = forest.loops().getFirst();
        assertThat(loop.blocks()).containsExactlyInAnyOrder(1, 2, 3, 4);
        assertThat(loop.touchesIrreducible()).isTrue();
        assertThat(forest.isIrreducible(2)).isTrue();
        assertThat(forest.isIrreducible(1)).isFalse();
        assertThat(forest.isIrreducible(4)).isFalse();
    }

    @Test
    void randomGraphsAgreeWithTheDefinition() {
        Random random = new Random(5);
        for (int round = 0; round < 1500; round++) {
            ControlFlowGraph graph = GraphSample.random(random, 16);
            DominatorTree dominators = DominatorTree.of(graph);
            LoopForest forest = LoopForest.of(graph, dominators);
            Map<Integer, Set<Integer>> expected = naiveLoops(graph, dominators);

            assertThat(forest.loops()).hasSize(expected.size());
            for (Loop loop : forest.loops()) {
                Set<Integer> blocks = expected.get(loop.header());
                assertThat(loop.blocks()).containsExactlyInAnyOrderElementsOf(blocks);
                assertThat(loop.blocks().getFirst()).isEqualTo(loop.header());
                for (int block = 0; block < graph.size(); block++) {
                    assertThat(loop.contains(block)).isEqualTo(blocks.contains(block));
                }
            }
            for (int block = 0; block < graph.size(); block++) {
                checkNesting(forest, expected, block);
            }
            checkIrreducible(graph, dominators, forest);
        }
    }

    private static Map<Integer, Set<Integer>> naiveLoops(ControlFlowGraph graph, DominatorTree dominators) {
        Map<Integer, Set<Integer>> loops = new TreeMap<>();
        for (int latch : graph.reversePostOrder()) {
            for (int header : graph.successors(latch)) {
                if (dominators.dominates(header, latch)) {
                    Set<Integer> body = loops.computeIfAbsent(header, key -> new TreeSet<>());
                    body.add(header);
                    List<Integer> work = new ArrayList<>(List.of(latch));
                    while (!work.isEmpty()) {
                        int block = work.removeLast();
                        if (body.add(block)) {
                            Arrays.stream(graph.predecessors(block))
                                    .filter(graph::isReachable)
                                    .forEach(work::add);
                        }
                    }
                }
            }
        }
        return loops;
    }

    private static void checkNesting(LoopForest forest, Map<Integer, Set<Integer>> expected, int block) {
        List<Integer> around = new ArrayList<>();
        for (Loop loop = forest.loopOf(block); loop != null; loop = loop.parent()) {
            around.add(loop.header());
        }
        List<Integer> containing = expected.keySet().stream()
                .filter(header -> Objects.requireNonNull(expected.get(header)).contains(block))
                .toList();
        assertThat(around).containsExactlyInAnyOrderElementsOf(containing);
        assertThat(forest.depth(block)).isEqualTo(containing.size());
    }

    /** A block is irreducible when it comes back to itself without a back edge of a natural loop. */
    private static void checkIrreducible(ControlFlowGraph graph, DominatorTree dominators, LoopForest forest) {
        for (int start : graph.reversePostOrder()) {
            boolean[] seen = new boolean[graph.size()];
            List<Integer> work = new ArrayList<>(List.of(start));
            while (!work.isEmpty()) {
                int block = work.removeLast();
                for (int next : graph.successors(block)) {
                    if (!dominators.dominates(next, block) && !seen[next]) {
                        seen[next] = true;
                        work.add(next);
                    }
                }
            }
            assertThat(forest.isIrreducible(start)).isEqualTo(seen[start]);
        }
    }
}
