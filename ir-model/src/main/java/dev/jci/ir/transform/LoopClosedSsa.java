package dev.jci.ir.transform;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Flags;
import dev.jci.ir.Instruction;
import dev.jci.ir.Invoke;
import dev.jci.ir.Phi;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Use;
import dev.jci.ir.UseIndex;
import dev.jci.ir.Value;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.DominatorTree;
import dev.jci.ir.analysis.Loop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Loop-closed SSA form for one loop (LLVM, "LLVM Loop Terminology", "Loop Closed SSA"): what the loop defines is used outside only
 * through phis of its exit blocks, so that copying or changing the loop only concerns those phis.
 */
public final class LoopClosedSsa {
    private LoopClosedSsa() {}

    /**
     * Puts the loop into the form. Does nothing to values that cannot be in a phi ({@code token}).
     *
     * @param loop a loop with dedicated exits
     * @param dominators the dominators of the graph that the loop was found in; still valid afterwards, as no block changes
     * @throws IllegalArgumentException when an exit block has predecessors outside the loop
     */
    public static void form(Loop loop, DominatorTree dominators) {
        form(List.of(loop), dominators);
    }

    /**
     * Puts several loops into the form, none of which is inside another one.
     *
     * @param loops loops with dedicated exits, all of the graph that the dominators are of
     * @param dominators the dominators of the graph; still valid afterwards
     * @throws IllegalArgumentException when an exit block has predecessors outside its loop
     */
    public static void form(List<Loop> loops, DominatorTree dominators) {
        for (Loop loop : loops) {
            if (!loop.hasDedicatedExits()) {
                throw new IllegalArgumentException(loop + " shares its exits");
            }
        }
        UseIndex uses = UseIndex.of(dominators.graph().function());
        loops.forEach(loop -> form(loop, dominators, uses));
    }

    private static void form(Loop loop, DominatorTree dominators, UseIndex uses) {
        ControlFlowGraph graph = loop.forest().graph();
        for (int block : loop.blocks()) {
            for (Instruction instruction : graph.block(block).instructions()) {
                if (instruction.hasResult() && instruction.type() != SpecialType.TOKEN) {
                    close(instruction, loop, dominators, uses);
                }
            }
        }
    }

    private static void close(Instruction definition, Loop loop, DominatorTree dominators, UseIndex index) {
        List<Use> outside = new ArrayList<>();
        boolean needed = false;
        for (Use use : index.uses(definition)) {
            if (isOutside(use, loop)) {
                outside.add(use);
                needed |= use.index() >= 0;
            }
        }
        if (!needed) {
            return;
        }
        Map<BasicBlock, Value> closing = new LinkedHashMap<>();
        ControlFlowGraph graph = loop.forest().graph();
        for (int exit : loop.exitBlocks()) {
            if (reaches(definition, graph.block(exit), dominators)) {
                Phi phi = phi(definition, graph.block(exit), graph);
                index.add(phi);
                closing.put(graph.block(exit), phi);
            }
        }
        SsaRepair repair = SsaRepair.of(dominators, definition.type(), closing);
        repair.rewrite(outside, definition, index);
    }

    private static boolean isOutside(Use use, Loop loop) {
        ControlFlowGraph graph = loop.forest().graph();
        BasicBlock block = use.user() instanceof Phi phi && use.index() >= 0
                ? phi.incomingBlock(use.index() / 2)
                : use.user().parent();
        return block != null && !loop.contains(graph.indexOf(block)) && graph.isReachable(graph.indexOf(block));
    }

    /** Whether the value is there on every edge to the exit; the result of an invoke is not when it unwinds. */
    private static boolean reaches(Instruction definition, BasicBlock exit, DominatorTree dominators) {
        BasicBlock block = definition.parent();
        boolean unwinds = definition instanceof Invoke invoke && invoke.unwindDestination() == exit;
        return block != null && !unwinds && dominators.dominates(block, exit);
    }

    private static Phi phi(Instruction definition, BasicBlock exit, ControlFlowGraph graph) {
        Phi phi = new Phi(definition.type(), Flags.NONE);
        if (definition.name() != null) {
            phi.setName(graph.function().freshName(definition.name() + ".lcssa"));
        }
        for (int predecessor : graph.predecessors(graph.indexOf(exit))) {
            phi.addIncoming(definition, graph.block(predecessor));
        }
        Instruction first = exit.first();
        if (first == null) {
            throw new IllegalStateException("block " + exit + " is empty");
        }
        exit.insertBefore(phi, first);
        return phi;
    }
}
