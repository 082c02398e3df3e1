package dev.jci.ir.analysis;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Instruction;
import dev.jci.ir.Invoke;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDString;
import dev.jci.ir.Terminator;
import dev.jci.ir.Unreachable;
import dev.jci.ir.ValueAsMetadata;

/**
 * How likely each edge is: from {@code !prof} metadata where there is some, else by rule of thumb (Ball and Larus, "Branch Prediction for
 * Free"): loops go on, and what ends in {@code unreachable}, unwinds or is cold hardly happens.
 */
public final class BranchProbabilities {
    private static final double RARE = 1e-6;
    private static final double LOOPS_ON = 31.0;

    private final double[][] probabilities;

    private BranchProbabilities(ControlFlowGraph graph, LoopForest loops) {
        probabilities = new double[graph.size()][];
        boolean[] hopeless = hopeless(graph);
        for (int block = 0; block < graph.size(); block++) {
            double[] weights = profile(graph.block(block).terminator(), graph.successorCount(block));
            probabilities[block] = normalised(weights != null ? weights : guess(graph, loops, hopeless, block));
        }
    }

    /** The probabilities of the edges of a function. */
    public static BranchProbabilities of(ControlFlowGraph graph, LoopForest loops) {
        return new BranchProbabilities(graph, loops);
    }

    /** The probability that control, once in the block, leaves it over that edge; the edges of a block sum to 1. */
    public double of(int block, int edge) {
        return probabilities[block][edge];
    }

    /** Blocks from which every path ends in {@code unreachable} or that call something cold. */
    private static boolean[] hopeless(ControlFlowGraph graph) {
        boolean[] hopeless = new boolean[graph.size()];
        for (int place = graph.reachableCount() - 1; place >= 0; place--) {
            int block = graph.inOrder(place);
            boolean all = graph.successorCount(block) > 0;
            for (int edge = 0; edge < graph.successorCount(block); edge++) {
                all &= hopeless[graph.successor(block, edge)];
            }
            hopeless[block] = all || graph.block(block).last() instanceof Unreachable || callsCold(graph.block(block));
        }
        return hopeless;
    }

    private static boolean callsCold(BasicBlock block) {
        for (Instruction instruction : block.instructions()) {
            if (instruction instanceof CallBase call
                    && (call.attributes().has("cold")
                            || (call.calledFunction() != null
                                    && call.calledFunction().attributes().has("cold")))) {
                return true;
            }
        }
        return false;
    }

    private static double[] guess(ControlFlowGraph graph, LoopForest loops, boolean[] hopeless, int block) {
        double[] weights = new double[graph.successorCount(block)];
        Loop loop = loops.loopOf(block);
        boolean leaves = false;
        for (int edge = 0; edge < weights.length; edge++) {
            leaves |= loop != null && !loops.contains(loop, graph.successor(block, edge));
        }
        for (int edge = 0; edge < weights.length; edge++) {
            int target = graph.successor(block, edge);
            boolean unwinds = graph.block(block).last() instanceof Invoke && edge == 1;
            if (hopeless[target] || unwinds) {
                weights[edge] = RARE;
            } else {
                weights[edge] = leaves && loop != null && loops.contains(loop, target) ? LOOPS_ON : 1;
            }
        }
        return weights;
    }

    private static double @org.jspecify.annotations.Nullable [] profile(Terminator terminator, int count) {
        MDNode node = terminator.asInstruction().attachment("prof");
        if (node == null
                || count < 2
                || node.operandCount() < count + 1
                || !(node.operand(0) instanceof MDString kind)
                || !kind.bytes().equals("branch_weights")) {
            return null;
        }
        int first = node.operandCount() - count;
        double[] weights = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            if (!(node.operand(first + i) instanceof ValueAsMetadata wrapped)
                    || !(wrapped.value() instanceof ConstantInt weight)
                    || !weight.fitsLong()) {
                return null;
            }
            weights[i] = weight.longValue() & 0xffffffffL;
            sum += weights[i];
        }
        return sum == 0 ? null : weights;
    }

    private static double[] normalised(double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }
}
