package dev.jci.ir.analysis;

import static dev.jci.ir.analysis.GraphSample.graph;
import static dev.jci.ir.analysis.GraphSample.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PostDominatorTreeTest {
    @Test
    void joinPostDominatesTheDiamond() {
        PostDominatorTree tree = PostDominatorTree.of(graph(to(1, 2), to(3), to(3), to()));

        assertThat(tree.immediatePostDominator(0)).isEqualTo(3);
        assertThat(tree.postDominates(3, 1)).isTrue();
        assertThat(tree.postDominates(1, 0)).isFalse();
        assertThat(tree.immediatePostDominator(3)).isEqualTo(tree.virtualExit());
    }

    @Test
    void twoReturnsMeetInTheVirtualExit() {
        PostDominatorTree tree = PostDominatorTree.of(graph(to(1, 2), to(), to()));

        assertThat(tree.immediatePostDominator(0)).isEqualTo(tree.virtualExit());
        assertThat(tree.exits()).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void endlessLoopIsJoinedToTheExitOnce() {
        PostDominatorTree tree = PostDominatorTree.of(graph(to(1, 3), to(2), to(1), to()));

        assertThat(tree.exits()).containsExactly(3, 2);
        assertThat(tree.postDominates(2, 1)).isTrue();
        assertThat(tree.immediatePostDominator(0)).isEqualTo(tree.virtualExit());
    }

    @Test
    void randomGraphsAgreeWithTheDefinition() {
        Random random = new Random(4);
        for (int round = 0; round < 800; round++) {
            ControlFlowGraph graph = GraphSample.random(random, 16);
            PostDominatorTree tree = PostDominatorTree.of(graph);
            boolean[] all = reachesExit(graph, tree.exits(), -1);
            for (int a : graph.reversePostOrder()) {
                assertThat(all[a]).isTrue();
                boolean[] without = reachesExit(graph, tree.exits(), a);
                for (int b : graph.reversePostOrder()) {
                    assertThat(tree.postDominates(a, b)).isEqualTo(a == b || !without[b]);
                }
            }
        }
    }

    private static boolean[] reachesExit(ControlFlowGraph graph, int[] exits, int forbidden) {
        boolean[] seen = new boolean[graph.size()];
        List<Integer> work = new ArrayList<>();
        for (int exit : exits) {
            if (exit != forbidden) {
                seen[exit] = true;
                work.add(exit);
            }
        }
        while (!work.isEmpty()) {
            for (int next : graph.predecessors(work.removeLast())) {
                if (next != forbidden && !seen[next]) {
                    seen[next] = true;
                    work.add(next);
                }
            }
        }
        return seen;
    }
}
