package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;
import dev.jci.ir.CallBase;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.Unreachable;
import dev.jci.ir.analysis.ControlFlowGraph;

/** The placements that look at one block at a time: {@code naive}, {@code exact} and {@code cnb}. */
final class SimplePlacements {
    private SimplePlacements() {}

    /** Commits the cost of each block at its end; the last place where that is allowed. */
    static Plan everyBlock(Function function, Options options, Disabled disabled) {
        Plan plan = new Plan();
        for (BasicBlock block : function.blocks()) {
            long cost = 0;
            for (Instruction instruction : block.instructions()) {
                cost = CostModel.saturatedSum(cost, options.costs().of(instruction));
            }
            if (cost == 0 || block.last() instanceof Unreachable || Legality.firstInsertionPoint(block) == null) {
                continue;
            }
            Instruction at = Legality.lastInsertionPoint(block);
            plan.add(new Action.Commit(at, cost + options.probeCost(), !disabled.at(at)));
        }
        return plan;
    }

    /**
     * Commits the cost of each block at its end and, because control may not come back, before each call in it. Nothing fires: this is
     * the measure of the others.
     */
    static Plan exact(Function function, Options options) {
        Plan plan = new Plan();
        for (BasicBlock block : function.blocks()) {
            Instruction first = Legality.firstInsertionPoint(block);
            if (first != null) {
                countExactly(block, first, options.costs(), plan);
            }
        }
        return plan;
    }

    private static void countExactly(BasicBlock block, Instruction first, CostModel costs, Plan plan) {
        Instruction last = Legality.lastInsertionPoint(block);
        boolean placeable = false;
        boolean ending = false;
        long cost = 0;
        for (Instruction at : block.instructions()) {
            placeable |= at == first;
            ending |= at == last;
            cost = CostModel.saturatedSum(cost, costs.of(at));
            boolean mayLeave = at instanceof Call call && !call.isIntrinsic();
            if (placeable && mayLeave && !ending && cost > 0) {
                plan.add(new Action.Commit(at, cost, false));
                cost = 0;
            }
        }
        if (cost > 0) {
            plan.add(new Action.Commit(last, cost, false));
        }
    }

    /** Commits before each call and at the end of each block with an edge back: the cost of library code, else 1. */
    static Plan callsAndBackEdges(Function function, Options options, Disabled disabled) {
        Plan plan = new Plan();
        ControlFlowGraph graph = ControlFlowGraph.of(function);
        for (int place = 0; place < graph.reachableCount(); place++) {
            int index = graph.inOrder(place);
            BasicBlock block = graph.block(index);
            Instruction first = Legality.firstInsertionPoint(block);
            boolean placeable = false;
            boolean tail = false;
            for (Instruction at : block.instructions()) {
                placeable |= at == first;
                boolean call = at instanceof CallBase base && !base.isIntrinsic();
                boolean back = at == block.last() && goesBack(graph, index);
                if (placeable && !tail && (call || back)) {
                    long cost = Math.max(1, call ? options.costs().of(at) : 1);
                    plan.add(new Action.Commit(at, cost + options.probeCost(), !disabled.at(at)));
                }
                tail |= Legality.mustPrecedeReturn(at);
            }
        }
        return plan;
    }

    /** Whether a block has an edge that goes back: the end of a loop iteration. */
    static boolean goesBack(ControlFlowGraph graph, int index) {
        for (int edge = 0; edge < graph.successorCount(index); edge++) {
            if (graph.isRetreating(index, graph.successor(index, edge))) {
                return true;
            }
        }
        return false;
    }
}
