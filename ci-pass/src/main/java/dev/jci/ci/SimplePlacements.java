package dev.jci.ci;

import dev.jci.ir.BasicBlock;
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
        long extra = options.mode() == Mode.EXACT ? 0 : options.probeCost();
        for (BasicBlock block : function.blocks()) {
            long cost = 0;
            for (Instruction instruction : block.instructions()) {
                cost = CostModel.saturatedSum(cost, options.costs().of(instruction));
            }
            boolean pointless = block.last() instanceof Unreachable && options.mode() != Mode.EXACT;
            if (cost == 0 || pointless || Legality.firstInsertionPoint(block) == null) {
                continue;
            }
            Instruction at = Legality.lastInsertionPoint(block);
            if (block.last() instanceof Unreachable) {
                // The call that does not return comes before: count what precedes it.
                at = Legality.firstInsertionPoint(block);
            }
            boolean fires = options.mode() != Mode.EXACT && !disabled.at(at);
            plan.add(new Action.Commit(at, cost + extra, fires));
        }
        return plan;
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
            if (graph.placeOf(graph.successor(index, edge)) <= graph.placeOf(index)) {
                return true;
            }
        }
        return false;
    }
}
