package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.analysis.BranchProbabilities;
import dev.jci.ir.analysis.ControlFlowGraph;

/** How often each block of a function runs when the function runs once, as far as its branches tell. */
final class Frequencies {
    /** How often a loop runs where nothing tells. */
    private static final double LOOP_ITERATIONS = 32;

    private final ControlFlowGraph graph;
    private final LoopTreatment treatment;
    private final LargeBranches branches;
    private final BranchProbabilities probabilities;
    private final double[] frequency;

    Frequencies(ControlFlowGraph graph, LoopTreatment treatment, LargeBranches branches) {
        this.graph = graph;
        this.treatment = treatment;
        this.branches = branches;
        this.probabilities = BranchProbabilities.of(graph, treatment.loops());
        this.frequency = new double[graph.size()];
        for (int place = 0; place < graph.reachableCount(); place++) {
            int index = graph.inOrder(place);
            if (!treatment.isInsideUnit(graph.block(index))) {
                arrive(index);
            }
        }
    }

    double of(int index) {
        return frequency[index];
    }

    /** How often an edge is taken; all parallel edges together. */
    double ofEdge(int source, int target) {
        double share = branches.isLarge(source)
                ? branches.sum(source, target, edge -> probabilities.of(source, edge))
                : probabilities.between(source, target);
        return frequency[source] * share;
    }

    private void arrive(int index) {
        LoopTreatment.Unit unit = treatment.unitAt(graph.block(index));
        double sum = index == 0 ? 1 : 0;
        boolean loop = false;
        for (int source : graph.distinctPredecessors(index)) {
            if (!graph.isReachable(source) || (unit != null && unit.contains(graph.block(source)))) {
                continue;
            }
            if (graph.placeOf(source) < graph.placeOf(index)) {
                sum += ofEdge(source, index);
            } else {
                loop = true;
            }
        }
        frequency[index] = loop && treatment.loops().isHeader(index) ? sum * LOOP_ITERATIONS : sum;
        if (unit != null) {
            pass(index, unit);
        }
    }

    /** Through a loop that is one step: what enters it leaves it. */
    private void pass(int header, LoopTreatment.Unit unit) {
        double left = 0;
        for (BasicBlock block : unit.blocks()) {
            int index = graph.indexOf(block);
            if (index != header) {
                double sum = 0;
                for (int source : graph.distinctPredecessors(index)) {
                    sum += ofEdge(source, index);
                }
                frequency[index] = sum;
            }
            left += flowOut(index, unit);
        }
        double scale = left > 0 ? frequency[header] / left : 1;
        for (BasicBlock block : unit.blocks()) {
            frequency[graph.indexOf(block)] *= scale;
        }
    }

    private double flowOut(int index, LoopTreatment.Unit unit) {
        double flow = 0;
        for (int target : graph.distinctSuccessors(index)) {
            if (!unit.contains(graph.block(target))) {
                flow += ofEdge(index, target);
            }
        }
        return flow;
    }
}
