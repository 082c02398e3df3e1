package dev.jci.ir.analysis;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;
import dev.jci.ir.CallBase;
import dev.jci.ir.CallBr;
import dev.jci.ir.CondBr;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Function;
import dev.jci.ir.ICmp;
import dev.jci.ir.Instruction;
import dev.jci.ir.Invoke;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDString;
import dev.jci.ir.PointerType;
import dev.jci.ir.Unreachable;
import dev.jci.ir.ValueAsMetadata;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How likely each edge of a control-flow graph is to be taken; the edges of a block sum to 1.
 *
 * <p>Weights of {@code !prof} metadata are believed (LLVM, "Branch Weight Metadata"). Without them, in this order: a way that must end
 * in {@code unreachable}, a call that does not return or a {@code cold} call is almost never taken, nor is unwinding; a loop goes on 31 times
 * of 32; pointers are rarely equal or null, numbers rarely negative or equal to zero or minus one (Ball and Larus 1993, with the
 * figures that LLVM uses); otherwise all edges are alike.
 */
public final class BranchProbabilities {
    /** The weight of an edge that is almost never taken against 1 for another. */
    private static final double NEGLIGIBLE = 1.0 / (1 << 20);

    private static final double LOOP_CONTINUES = 31.0 / 32;
    private static final double COMPARISON_LIKELY = 20.0 / 32;

    private final ControlFlowGraph graph;
    private final LoopForest loops;
    private final boolean[] cold;
    private final double[] probability;

    /** By block the weights of its edges that hold whatever is behind them, null for none. */
    private final double[] @Nullable [] known;

    /** By block how likely its condition is to be true; 0.5 where nothing is known. */
    private final double[] trueIsLikely;

    private BranchProbabilities(ControlFlowGraph graph, LoopForest loops) {
        this.graph = graph;
        this.loops = loops;
        this.cold = new boolean[graph.size()];
        this.known = new double[graph.size()][];
        this.trueIsLikely = new double[graph.size()];
        this.probability = new double[graph.edgeCount()];
        for (int block = 0; block < graph.size(); block++) {
            look(block);
        }
        spreadCold();
        for (int block = 0; block < graph.size(); block++) {
            estimate(block);
        }
    }

    /**
     * The probabilities of the edges of that graph, in time of its instructions.
     *
     * @param graph the graph
     * @param loops its loops
     */
    public static BranchProbabilities of(ControlFlowGraph graph, LoopForest loops) {
        return new BranchProbabilities(graph, loops);
    }

    /** The graph that the probabilities are for. */
    public ControlFlowGraph graph() {
        return graph;
    }

    /** The probability that the block is left by that edge, edges counted in operand order; from 0 to 1. */
    public double of(int block, int number) {
        return probability[graph.edgeIndex(block, number)];
    }

    /** The probability of the edge when its source runs. */
    public double of(Edge edge) {
        return probability[edge.index()];
    }

    /** The probability that control goes from one block straight to the other, parallel edges taken together. */
    public double between(int from, int to) {
        double sum = 0;
        for (int i = 0; i < graph.successorCount(from); i++) {
            if (graph.successor(from, i) == to) {
                sum += of(from, i);
            }
        }
        return sum;
    }

    /** Whether the block always leads to {@code unreachable}, a call that does not return or a cold call. */
    public boolean isCold(int block) {
        return cold[block];
    }

    /** Notes what the instructions of a block say. Each is looked at once: in a large function none is in a cache when it is come back to. */
    private void look(int index) {
        BasicBlock block = graph.block(index);
        cold[index] = isColdItself(block);
        trueIsLikely[index] = 0.5;
        int count = graph.successorCount(index);
        if (count < 2) {
            return;
        }
        Instruction end = block.terminator().asInstruction();
        double[] weights = profiled(end, count);
        if (weights == null && (end instanceof Invoke || end instanceof CallBr)) {
            weights = new double[count];
            Arrays.fill(weights, 1, count, NEGLIGIBLE);
            weights[0] = 1;
        }
        known[index] = weights;
        if (weights == null && end instanceof CondBr branch && branch.condition() instanceof ICmp compare) {
            trueIsLikely[index] = trueIsLikely(compare);
        }
    }

    /** A block is cold that is so itself or whose normal successors all are; found backwards, each edge once. */
    private void spreadCold() {
        int[] warmEdges = new int[graph.size()];
        int[] stack = new int[graph.size()];
        int height = 0;
        for (int block = 0; block < graph.size(); block++) {
            warmEdges[block] = graph.successorCount(block);
            if (cold[block]) {
                stack[height++] = block;
            }
        }
        while (height > 0) {
            int block = stack[--height];
            for (int i = 0; i < graph.predecessorCount(block); i++) {
                int predecessor = graph.predecessor(block, i);
                boolean counts = !(graph.block(predecessor).last() instanceof Invoke invoke)
                        || invoke.normalDestination() == graph.block(block);
                if (graph.block(predecessor).last() instanceof Invoke) {
                    warmEdges[predecessor] = counts ? 0 : warmEdges[predecessor];
                } else {
                    warmEdges[predecessor]--;
                }
                if (warmEdges[predecessor] == 0 && !cold[predecessor]) {
                    cold[predecessor] = true;
                    stack[height++] = predecessor;
                }
            }
        }
    }

    private static boolean isColdItself(BasicBlock block) {
        if (block.last() instanceof Unreachable) {
            return true;
        }
        for (Instruction at = block.first(); at != null; at = at.next()) {
            if (at instanceof Call call && (has(call, "cold") || has(call, "noreturn"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean has(CallBase call, String attribute) {
        if (call.attributes().has(attribute)) {
            return true;
        }
        Function called = CallGraph.target(call);
        return called != null && called.attributes().has(attribute);
    }

    private void estimate(int block) {
        int count = graph.successorCount(block);
        if (count == 0) {
            return;
        }
        if (count == 1) {
            probability[graph.edgeIndex(block, 0)] = 1;
            return;
        }
        double[] weights = known[block];
        if (weights == null) {
            weights = new double[count];
            Arrays.fill(weights, 1);
            guess(block, weights);
        }
        double sum =
                count == 2 ? weights[0] + weights[1] : Arrays.stream(weights).sum();
        for (int i = 0; i < count; i++) {
            probability[graph.edgeIndex(block, i)] = sum == 0 ? 1.0 / count : weights[i] / sum;
        }
    }

    /** The weights of {@code !{!"branch_weights", i32 1, i32 2}}, also with a note of their origin; null when they do not fit. */
    private static double @Nullable [] profiled(Instruction end, int count) {
        MDNode profile = end.attachment("prof");
        if (profile == null
                || profile.operandCount() == 0
                || !(profile.operand(0) instanceof MDString kind)
                || !kind.bytes().equals("branch_weights")) {
            return null;
        }
        int first = profile.operandCount() > 1 && profile.operand(1) instanceof MDString ? 2 : 1;
        int given = profile.operandCount() - first;
        // An invoke may carry one weight, that of the call.
        if (given != count) {
            return null;
        }
        double[] weights = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            if (!(profile.operand(first + i) instanceof ValueAsMetadata wrapped)
                    || !(wrapped.value() instanceof ConstantInt weight)
                    || !weight.fitsLong()) {
                return null;
            }
            weights[i] = weight.type().bits() <= 32 ? weight.longValue() & 0xffffffffL : weight.longValue();
            sum += weights[i];
        }
        return sum > 0 ? weights : null;
    }

    private void guess(int block, double[] weights) {
        if (!guessCold(block, weights) && !guessLoop(block, weights) && weights.length == 2) {
            weights[0] = trueIsLikely[block];
            weights[1] = 1 - trueIsLikely[block];
        }
    }

    private boolean guessCold(int block, double[] weights) {
        int coldEdges = 0;
        for (int i = 0; i < weights.length; i++) {
            if (cold[graph.successor(block, i)]) {
                coldEdges++;
                weights[i] = NEGLIGIBLE;
            }
        }
        if (coldEdges == 0 || coldEdges == weights.length) {
            Arrays.fill(weights, 1);
            return false;
        }
        // Among the warm edges the loop still decides.
        guessLoop(block, weights);
        return true;
    }

    /** Edges that stay in the innermost loop of the block share 31/32, those that leave it the rest. */
    private boolean guessLoop(int block, double[] weights) {
        Loop loop = loops.loopOf(block);
        if (loop == null) {
            return false;
        }
        double staying = 0;
        double leaving = 0;
        for (int i = 0; i < weights.length; i++) {
            if (loop.contains(graph.successor(block, i))) {
                staying += weights[i];
            } else if (weights[i] == 1) {
                leaving += weights[i];
            }
        }
        if (staying < 1 || leaving == 0) {
            return false;
        }
        for (int i = 0; i < weights.length; i++) {
            if (loop.contains(graph.successor(block, i))) {
                weights[i] *= LOOP_CONTINUES / staying;
            } else if (weights[i] == 1) {
                weights[i] *= (1 - LOOP_CONTINUES) / leaving;
            }
        }
        return true;
    }

    private static double trueIsLikely(ICmp compare) {
        if (compare.left().type() instanceof PointerType) {
            return switch (compare.predicate()) {
                case EQ -> 1 - COMPARISON_LIKELY;
                case NE -> COMPARISON_LIKELY;
                default -> 0.5;
            };
        }
        if (!(compare.right() instanceof ConstantInt bound) || !bound.fitsLong()) {
            return 0.5;
        }
        return switch ((int) Math.max(-2, Math.min(2, bound.longValue()))) {
            case 0 ->
                switch (compare.predicate()) {
                    case EQ, SLT, SLE -> 1 - COMPARISON_LIKELY;
                    case NE, SGT, SGE -> COMPARISON_LIKELY;
                    default -> 0.5;
                };
            case -1 ->
                switch (compare.predicate()) {
                    case EQ, SLE -> 1 - COMPARISON_LIKELY;
                    case NE, SGT -> COMPARISON_LIKELY;
                    default -> 0.5;
                };
            case 1 ->
                switch (compare.predicate()) {
                    case SLT -> 1 - COMPARISON_LIKELY;
                    case SGE -> COMPARISON_LIKELY;
                    default -> 0.5;
                };
            default -> 0.5;
        };
    }
}
