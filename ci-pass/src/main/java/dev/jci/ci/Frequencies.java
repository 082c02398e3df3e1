package dev.jci.ci;

import dev.jci.ir.analysis.BlockFrequencies;
import dev.jci.ir.analysis.BranchProbabilities;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.Loop;
import dev.jci.ir.analysis.LoopForest;

/** How often each block of a function runs when the function runs once, as far as its branches tell. */
final class Frequencies {
    private final LargeBranches branches;
    private final BranchProbabilities probabilities;
    private final BlockFrequencies blocks;

    Frequencies(ControlFlowGraph graph, LoopForest loops, LargeBranches branches) {
        this.branches = branches;
        this.probabilities = BranchProbabilities.of(graph, loops);
        this.blocks = BlockFrequencies.of(probabilities, loops);
    }

    double of(int index) {
        return blocks.of(index);
    }

    /** How often an edge is taken; all parallel edges together. */
    double ofEdge(int source, int target) {
        double share = branches.isLarge(source)
                ? branches.sum(source, target, edge -> probabilities.of(source, edge))
                : probabilities.between(source, target);
        return blocks.of(source) * share;
    }

    /** How often a loop is entered. */
    double entering(Loop loop) {
        return blocks.entering(loop);
    }
}
