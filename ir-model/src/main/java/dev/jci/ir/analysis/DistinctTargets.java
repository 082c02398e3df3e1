package dev.jci.ir.analysis;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the edges of each node of a graph go, each target once; a list is made when it is first asked for, and kept. */
final class DistinctTargets {
    private final Adjacency graph;

    /** Several threads may make the same list. */
    private final @Nullable List<Integer>[] known;

    @SuppressWarnings({"unchecked", "rawtypes"}) // there are no arrays of generic lists
    DistinctTargets(Adjacency graph) {
        this.graph = graph;
        this.known = new List[graph.nodeCount()];
    }

    /** The targets of a node in order of the first edge; immutable. */
    List<Integer> of(int node) {
        List<Integer> targets = known[node];
        if (targets == null) {
            targets = find(node);
            known[node] = targets;
        }
        return targets;
    }

    private List<Integer> find(int node) {
        return switch (graph.degree(node)) {
            case 0 -> List.of();
            case 1 -> List.of(graph.target(node, 0));
            case 2 -> {
                int first = graph.target(node, 0);
                int second = graph.target(node, 1);
                yield first == second ? List.of(first) : List.of(first, second);
            }
            default -> Arrays.stream(graph.targets(node)).distinct().boxed().toList();
        };
    }
}
