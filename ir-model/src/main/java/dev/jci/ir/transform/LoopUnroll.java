package dev.jci.ir.transform;

import static java.util.Objects.requireNonNull;

import dev.jci.ir.Alloca;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;
import dev.jci.ir.CallBr;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.Instruction;
import dev.jci.ir.Invoke;
import dev.jci.ir.Phi;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Value;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.DominatorTree;
import dev.jci.ir.analysis.Loop;
import dev.jci.ir.analysis.LoopForest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Lets one turn of a loop be several turns of what it was: copies of its blocks follow one another, each with all ways out, so that nothing
 * needs to be known of how often it runs.
 *
 * <pre>
 *   loop: A; br exit or loop      becomes      loop: A; br exit or loop.2      loop.2: A; br exit or loop
 * </pre>
 */
public final class LoopUnroll {
    private LoopUnroll() {}

    /** Whether the blocks of a loop can be copied: it is innermost, has one header, and every instruction may be there twice. */
    public static boolean isPossible(Loop loop) {
        ControlFlowGraph graph = loop.forest().graph();
        if (!loop.isInnermost()
                || loop.touchesIrreducible()
                || loop.headerBlock().isPad()) {
            return false;
        }
        for (int index : loop.blocks()) {
            for (Instruction at : graph.block(index).instructions()) {
                if (!isSimple(at)) {
                    return false;
                }
            }
        }
        for (int exit : loop.exitBlocks()) {
            if (graph.block(exit).isPad()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSimple(Instruction instruction) {
        return switch (instruction) {
            case Alloca alloca -> false;
            case Invoke invoke -> false;
            case CallBr branch -> false;
            case IndirectBr branch -> false;
            case Call call -> !InlineBody.isOncePerFunction(call) && call.type() != SpecialType.TOKEN;
            default -> instruction.type() != SpecialType.TOKEN;
        };
    }

    /**
     * A loop to be unrolled.
     *
     * @param loop the loop
     * @param times how many of its turns one is to be, 2 or more
     */
    public record Turns(Loop loop, int times) {}

    /**
     * Unrolls loops of one function.
     *
     * @param loops which, all of one forest
     * @return the blocks that were made on the ways out of the loops, with nothing but phis and a branch
     * @throws IllegalArgumentException when {@link #isPossible} does not hold for one
     */
    public static List<BasicBlock> apply(List<Turns> loops) {
        List<BasicBlock> made = new ArrayList<>();
        for (Turns turns : loops) {
            if (!isPossible(turns.loop)) {
                throw new IllegalArgumentException("not to be copied: " + turns.loop);
            }
            made.addAll(PredecessorSplit.dedicateExits(turns.loop));
        }
        if (loops.isEmpty()) {
            return made;
        }
        ControlFlowGraph graph =
                ControlFlowGraph.of(loops.getFirst().loop.forest().graph().function());
        DominatorTree dominators = DominatorTree.of(graph);
        LoopForest forest = LoopForest.of(graph, dominators);
        List<Turns> closed = new ArrayList<>();
        for (Turns turns : loops) {
            Loop loop = requireNonNull(forest.headedBy(graph.indexOf(turns.loop.headerBlock())));
            closed.add(new Turns(loop, turns.times));
        }
        LoopClosedSsa.form(closed.stream().map(Turns::loop).toList(), dominators);
        closed.forEach(turns -> unroll(turns.loop, turns.times));
        return made;
    }

    private static void unroll(Loop loop, int times) {
        ControlFlowGraph graph = loop.forest().graph();
        BasicBlock header = loop.headerBlock();
        List<BasicBlock> blocks = loop.blocks().stream().map(graph::block).toList();
        List<BasicBlock> latches = loop.latches().stream().map(graph::block).toList();
        List<UnaryOperator<Value>> turns = turns(blocks, times);
        for (Phi phi : header.phis()) {
            for (int turn = 0; turn + 1 < times; turn++) {
                Phi next = (Phi) turns.get(turn + 1).apply(phi);
                next.setIncoming(fromLatches(phi, latches, turns.get(turn)));
            }
            Value[] ends = fromLatches(phi, latches, turns.getLast());
            latches.forEach(phi::removeIncoming);
            for (int i = 0; i < ends.length; i += 2) {
                phi.addIncoming(ends[i], (BasicBlock) ends[i + 1]);
            }
        }
        for (BasicBlock latch : latches) {
            for (int turn = 0; turn < times; turn++) {
                UnaryOperator<Value> now = turns.get(turn);
                Instruction branch =
                        ((BasicBlock) now.apply(latch)).terminator().asInstruction();
                branch.replaceOperand(
                        now.apply(header), turns.get((turn + 1) % times).apply(header));
                if (turn + 1 < times) {
                    forgetLoop(branch);
                }
            }
        }
    }

    /** What each block and instruction of a loop is in each turn: itself in the first one, copies in the others. */
    private static List<UnaryOperator<Value>> turns(List<BasicBlock> blocks, int times) {
        List<UnaryOperator<Value>> turns = new ArrayList<>();
        // The copy that is made last stands first behind the loop.
        for (int turn = times; turn >= 2; turn--) {
            BlockCloner copy = BlockCloner.copy(blocks, "." + turn);
            // Blocks that are never reached may lead into the middle of the loop, and not into a copy.
            copy.copies().stream().skip(1).forEach(block -> BlockCloner.retainIncoming(block, copy.copies()));
            turns.addFirst(copy::copyOf);
        }
        turns.addFirst(value -> value);
        return turns;
    }

    /** What a phi takes from the latches, and these, as they are in a copy. */
    private static Value[] fromLatches(Phi phi, List<BasicBlock> latches, UnaryOperator<Value> copy) {
        List<Value> incoming = new ArrayList<>();
        for (int i = 0; i < phi.incomingCount(); i++) {
            if (latches.contains(phi.incomingBlock(i))) {
                incoming.add(copy.apply(phi.incomingValue(i)));
                incoming.add(copy.apply(phi.incomingBlock(i)));
            }
        }
        return incoming.toArray(Value[]::new);
    }

    /** A latch that leads to the next turn closes no loop any more, and what was said of the loop is not said there. */
    private static void forgetLoop(Instruction branch) {
        branch.setAttachments(branch.attachments().stream()
                .filter(attachment -> !attachment.kind().equals("llvm.loop"))
                .toList());
    }
}
