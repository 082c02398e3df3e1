package dev.jci.ir.analysis;

import static dev.jci.ir.analysis.GraphSample.graph;
import static dev.jci.ir.analysis.GraphSample.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class BlockFrequenciesTest {
    private static BlockFrequencies of(ControlFlowGraph graph) {
        LoopForest loops = LoopForest.of(graph);
        return BlockFrequencies.of(BranchProbabilities.of(graph, loops), loops);
    }

    @Test
    void aLoopRunsAsOftenAsItIsEnteredTimesItsIterations() {
        BlockFrequencies frequencies = of(graph(to(1), to(2), to(2, 3), to(1, 4), to()));

        assertThat(frequencies.of(0)).isEqualTo(1);
        assertThat(frequencies.of(1)).isEqualTo(32, within(1e-6));
        assertThat(frequencies.of(2)).isEqualTo(1024, within(1e-3));
        assertThat(frequencies.of(4)).isEqualTo(1, within(1e-6));
    }

    @Test
    void aLoopWithSeveralWaysOutIsLeftAsOftenAsItIsEntered() {
        ControlFlowGraph graph = graph(to(1, 5), to(2, 4), to(3, 4), to(1, 4), to(5), to());
        LoopForest loops = LoopForest.of(graph);
        BlockFrequencies frequencies = BlockFrequencies.of(BranchProbabilities.of(graph, loops), loops);

        assertThat(frequencies.entering(loops.loops().getFirst())).isEqualTo(0.5, within(1e-9));
        assertThat(frequencies.of(1)).isEqualTo(0.5 / (1 - Math.pow(31.0 / 32, 3)), within(1e-6));
        assertThat(frequencies.of(4)).isEqualTo(0.5, within(1e-6));
        assertThat(frequencies.of(5)).isEqualTo(1, within(1e-6));
    }

    @Test
    void aWayOutOfSeveralLoopsCountsInEach() {
        ControlFlowGraph graph = graph(to(1), to(2), to(3, 5), to(2, 4), to(1, 5), to());

        assertThat(of(graph).of(5)).isEqualTo(1, within(1e-6));
    }

    @Test
    void nothingIsBehindALoopThatIsNotLeft() {
        BlockFrequencies frequencies = of(graph(to(1, 3), to(2), to(1), to()));

        assertThat(frequencies.of(2)).isEqualTo(0.5 * BlockFrequencies.MOST_ITERATIONS);
        assertThat(frequencies.of(3)).isEqualTo(0.5);
    }

    /** Wherever no loop is endless and each has one head, as much comes to a block as it runs. */
    @Test
    void whatComesToABlockOfARandomGraphRunsThere() {
        Random random = new Random(4);
        for (int round = 0; round < 2000; round++) {
            ControlFlowGraph graph = GraphSample.randomValid(random, 14);
            LoopForest loops = LoopForest.of(graph);
            if (loops.isIrreducible()) {
                continue;
            }
            BranchProbabilities probabilities = BranchProbabilities.of(graph, loops);
            BlockFrequencies frequencies = BlockFrequencies.of(probabilities, loops);
            for (int place = 1; place < graph.reachableCount(); place++) {
                int block = graph.inOrder(place);
                Loop loop = loops.headedBy(block);
                if (loop != null
                        && frequencies.of(block)
                                > frequencies.entering(loop) * (BlockFrequencies.MOST_ITERATIONS - 1)) {
                    continue;
                }
                double comes = 0;
                for (int source : graph.distinctPredecessors(block)) {
                    comes += frequencies.of(source) * probabilities.between(source, block);
                }
                assertThat(frequencies.of(block)).isCloseTo(comes, Percentage.withPercentage(1e-6));
            }
        }
    }
}
