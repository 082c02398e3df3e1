package dev.jci.ir.transform;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Br;
import dev.jci.ir.CallBr;
import dev.jci.ir.Function;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.Instruction;
import dev.jci.ir.Phi;
import dev.jci.ir.Value;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.Loop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts a new block between a block and some of its predecessors: preheaders, dedicated exits and single latches. */
public final class PredecessorSplit {
    private PredecessorSplit() {}

    /**
     * Lets some predecessors of a block reach it through one new block, which merges what its phis took from them.
     *
     * @param target a block that does not begin with an exception-handling pad
     * @param predecessors predecessors of it, none of which ends in {@code indirectbr} or {@code callbr}
     * @param name the label of the new block, made unique
     * @return the new block, right before the target in layout order
     * @throws IllegalArgumentException when an edge cannot be split
     */
    public static BasicBlock split(BasicBlock target, List<BasicBlock> predecessors, String name) {
        Function function = target.parent();
        if (function == null || !canSplit(target, predecessors)) {
            throw new IllegalArgumentException("cannot split the edges to " + target);
        }
        BasicBlock middle = new BasicBlock(function.freshName(name));
        function.insertBefore(middle, target);
        Br jump = new Br(target);
        middle.append(jump);
        Instruction first = predecessors.getFirst().last();
        if (first != null) {
            jump.setDebugLocationFrom(first);
        }
        Set<BasicBlock> moved = Collections.newSetFromMap(new IdentityHashMap<>());
        moved.addAll(predecessors);
        for (Phi phi : target.phis()) {
            merge(phi, moved, middle, jump);
        }
        for (BasicBlock predecessor : predecessors) {
            predecessor.terminator().asInstruction().replaceOperand(target, middle);
        }
        return middle;
    }

    /** Whether {@link #split} can be done. */
    public static boolean canSplit(BasicBlock target, List<BasicBlock> predecessors) {
        return !predecessors.isEmpty()
                && !target.isPad()
                && predecessors.stream()
                        .noneMatch(block -> block.last() instanceof IndirectBr || block.last() instanceof CallBr);
    }

    /** Moves the inputs from the given blocks to a phi in the new block, or over it when they are all the same. */
    private static void merge(Phi phi, Set<BasicBlock> moved, BasicBlock middle, Br jump) {
        List<Value> kept = new ArrayList<>();
        List<Value> merged = new ArrayList<>();
        for (int i = 0; i < phi.incomingCount(); i++) {
            List<Value> inputs = moved.contains(phi.incomingBlock(i)) ? merged : kept;
            inputs.add(phi.incomingValue(i));
            inputs.add(phi.incomingBlock(i));
        }
        if (merged.isEmpty()) {
            return;
        }
        Value single = merged.getFirst();
        for (int i = 2; i < merged.size(); i += 2) {
            if (!merged.get(i).equals(merged.getFirst())) {
                Phi together = new Phi(phi.type(), phi.flags());
                together.setIncoming(merged.toArray(Value[]::new));
                middle.insertBefore(together, jump);
                together.setDebugLocationFrom(phi);
                single = together;
                break;
            }
        }
        kept.add(single);
        kept.add(middle);
        phi.setIncoming(kept.toArray(Value[]::new));
    }

    /**
     * Gives the loop a preheader.
     *
     * @return the preheader, the one it had or a new one; empty when the loop cannot have one, because its header is an
     *     exception-handling pad or an {@code indirectbr} or {@code callbr} enters it
     */
    public static Optional<BasicBlock> preheader(Loop loop) {
        ControlFlowGraph graph = loop.forest().graph();
        if (loop.preheader().isPresent()) {
            return Optional.of(graph.block(loop.preheader().getAsInt()));
        }
        List<BasicBlock> entering =
                loop.outsidePredecessors().stream().map(graph::block).toList();
        if (entering.isEmpty() || !canSplit(loop.headerBlock(), entering)) {
            return Optional.empty();
        }
        return Optional.of(split(loop.headerBlock(), entering, "preheader"));
    }

    /**
     * Gives the loop one latch.
     *
     * @return the latch, the one it had or a new one; empty as for {@link #preheader}
     */
    public static Optional<BasicBlock> singleLatch(Loop loop) {
        ControlFlowGraph graph = loop.forest().graph();
        List<BasicBlock> latches = loop.latches().stream().map(graph::block).toList();
        if (latches.size() == 1) {
            return Optional.of(latches.getFirst());
        }
        return canSplit(loop.headerBlock(), latches)
                ? Optional.of(split(loop.headerBlock(), latches, "latch"))
                : Optional.empty();
    }

    /**
     * Sees to it that only blocks of the loop have edges to its exit blocks, where the edges can be split.
     *
     * @return the new blocks
     */
    public static List<BasicBlock> dedicateExits(Loop loop) {
        ControlFlowGraph graph = loop.forest().graph();
        List<BasicBlock> made = new ArrayList<>();
        for (int exit : loop.exitBlocks()) {
            List<BasicBlock> inside = new ArrayList<>();
            boolean shared = false;
            for (int predecessor : graph.distinctPredecessors(exit)) {
                if (loop.contains(predecessor)) {
                    inside.add(graph.block(predecessor));
                } else {
                    shared = true;
                }
            }
            if (shared && canSplit(graph.block(exit), inside)) {
                made.add(split(graph.block(exit), inside, "loopexit"));
            }
        }
        return made;
    }
}
