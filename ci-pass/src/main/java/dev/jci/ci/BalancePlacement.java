package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.Unreachable;
import dev.jci.ir.analysis.CallGraph;
import dev.jci.ir.analysis.ControlFlowGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * The placement of CoreDet as the published implementation has it: blocks are cut at calls of functions with code of their own; costs move
 * down to successors with one predecessor, and where branches of like cost meet, their mean moves into the block below.
 */
final class BalancePlacement {
    private final Options options;
    private final Disabled disabled;
    private final ControlFlowGraph graph;
    private final List<Piece> pieces = new ArrayList<>();

    /** A block: the work up to its first call of the module, and the work behind its last. */
    private static final class Piece {
        private long front;
        private long back;
        private boolean hasCall;
        private boolean commitsBack = true;
        private final List<Instruction> calls = new ArrayList<>();
        private final List<Long> costs = new ArrayList<>();
    }

    private BalancePlacement(Function function, Options options, Disabled disabled) {
        this.options = options;
        this.disabled = disabled;
        this.graph = ControlFlowGraph.of(function);
    }

    static Plan place(Function function, Options options, Disabled disabled) {
        BalancePlacement placement = new BalancePlacement(function, options, disabled);
        placement.cut();
        placement.moveDown();
        placement.merge();
        return placement.plan();
    }

    private void cut() {
        for (int index = 0; index < graph.size(); index++) {
            Piece piece = new Piece();
            long cost = 0;
            for (Instruction at : graph.block(index).instructions()) {
                boolean module = at instanceof CallBase call && !call.isIntrinsic() && hasCode(call);
                cost = CostModel.saturatedSum(cost, options.costs().of(at));
                if (module && at != graph.block(index).last()) {
                    piece.calls.add(at);
                    piece.costs.add(cost);
                    cost = 0;
                    piece.hasCall = true;
                }
            }
            piece.back = cost;
            if (!piece.hasCall) {
                piece.front = cost;
            }
            pieces.add(piece);
        }
    }

    private static boolean hasCode(CallBase call) {
        Function callee = CallGraph.target(call);
        return callee == null || !callee.isDeclaration();
    }

    private long backCost(Piece piece) {
        return piece.hasCall ? piece.back : piece.front;
    }

    private void addFront(Piece piece, long cost) {
        if (piece.hasCall) {
            piece.costs.set(0, CostModel.saturatedSum(piece.costs.get(0), cost));
        } else {
            piece.front = CostModel.saturatedSum(piece.front, cost);
        }
    }

    private void moveDown() {
        for (int place = 0; place < graph.reachableCount(); place++) {
            int block = graph.inOrder(place);
            List<Integer> successors = graph.distinctSuccessors(block);
            boolean alone = !successors.isEmpty() && !SimplePlacements.goesBack(graph, block);
            for (int target : successors) {
                alone = alone
                        && graph.hasOnePredecessor(target)
                        && Legality.firstInsertionPoint(graph.block(target)) != null;
            }
            if (alone && backCost(pieces.get(block)) <= options.commitInterval()) {
                long cost = backCost(pieces.get(block));
                successors.forEach(target -> addFront(pieces.get(target), cost));
                pieces.get(block).commitsBack = false;
            }
        }
    }

    /**
     * Where branches of like cost meet. What a merge makes possible lies behind it, and all that it depends on before it, so that one way
     * through the blocks finds every one.
     */
    private void merge() {
        for (int place = 0; place < graph.reachableCount(); place++) {
            int block = graph.inOrder(place);
            List<Integer> sources = graph.distinctPredecessors(block);
            if (sources.size() < 2 || Legality.firstInsertionPoint(graph.block(block)) == null) {
                continue;
            }
            long low = Long.MAX_VALUE;
            long high = 0;
            long sum = 0;
            boolean mergeable = true;
            for (int source : sources) {
                Piece piece = pieces.get(source);
                mergeable &= graph.isReachable(source)
                        && !SimplePlacements.goesBack(graph, source)
                        && piece.commitsBack
                        && graph.hasOneSuccessor(source);
                low = Math.min(low, backCost(piece));
                high = Math.max(high, backCost(piece));
                sum = CostModel.saturatedSum(sum, backCost(piece));
            }
            if (mergeable && high - low < options.commitInterval()) {
                sources.forEach(source -> pieces.get(source).commitsBack = false);
                addFront(pieces.get(block), sum / sources.size());
            }
        }
    }

    private Plan plan() {
        Plan plan = new Plan();
        for (int place = 0; place < graph.reachableCount(); place++) {
            BasicBlock block = graph.block(graph.inOrder(place));
            Piece piece = pieces.get(graph.inOrder(place));
            if (Legality.firstInsertionPoint(block) == null) {
                continue;
            }
            Instruction end = Legality.lastInsertionPoint(block);
            long carried = 0;
            for (int i = 0; i < piece.calls.size(); i++) {
                Instruction call = piece.calls.get(i);
                if (isPlaceable(block, call)) {
                    commit(plan, call, CostModel.saturatedSum(piece.costs.get(i), carried));
                    carried = 0;
                } else {
                    carried = CostModel.saturatedSum(carried, piece.costs.get(i));
                }
            }
            if (!(block.last() instanceof Unreachable) && (piece.commitsBack || carried > 0)) {
                commit(plan, end, CostModel.saturatedSum(carried, piece.commitsBack ? backCost(piece) : 0));
            }
        }
        return plan;
    }

    private static boolean isPlaceable(BasicBlock block, Instruction wanted) {
        boolean placeable = false;
        Instruction first = Legality.firstInsertionPoint(block);
        for (Instruction at : block.instructions()) {
            placeable |= at == first;
            if (at == wanted) {
                return placeable;
            }
        }
        return false;
    }

    private void commit(Plan plan, Instruction at, long cost) {
        if (cost > 0) {
            plan.add(new Action.Commit(at, cost + options.probeCost(), !disabled.at(at)));
        }
    }
}
