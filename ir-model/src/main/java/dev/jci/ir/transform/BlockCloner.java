package dev.jci.ir.transform;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.InstructionCloner;
import dev.jci.ir.Phi;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * A copy of a set of blocks, and what became of each block and instruction.
 *
 * <p>Right after the copy no edge leads from the rest of the function to the new blocks. Inside, edges and operands go to the copies; edges
 * out of the set go where the originals go, and the phis there have got the inputs for them. What is left to the caller:
 *
 * <ul>
 *   <li>to lead an edge to the copies, and give their phis the right inputs from outside: at first they name the predecessors of the
 *       originals ({@link #retainIncoming} drops those that are not predecessors);
 *   <li>to repair values of the set that are used outside by other than phis: there are two definitions now ({@link SsaRepair});
 *   <li>to decide about metadata that identifies a place in the program, as {@code !llvm.loop} does: both copies carry it.
 * </ul>
 */
public final class BlockCloner {
    private final List<BasicBlock> originals;
    private final List<BasicBlock> copies = new ArrayList<>();
    private final IdentityHashMap<Value, Value> map = new IdentityHashMap<>();

    private BlockCloner(List<BasicBlock> originals) {
        this.originals = List.copyOf(originals);
    }

    /**
     * Copies the blocks; the copies stand behind the last of them, in the same order.
     *
     * @param originals blocks of one function, not empty
     * @param suffix what is added to names, which are made unique
     * @return the copies
     * @throws IllegalArgumentException when there are no blocks or they are in no function
     */
    public static BlockCloner copy(List<BasicBlock> originals, String suffix) {
        Function function = originals.isEmpty() ? null : originals.getLast().parent();
        if (function == null) {
            throw new IllegalArgumentException("no blocks of a function");
        }
        BlockCloner cloner = new BlockCloner(originals);
        BasicBlock last = originals.getLast();
        for (BasicBlock original : originals) {
            BasicBlock copy =
                    new BasicBlock(original.name() == null ? null : function.freshName(original.name() + suffix));
            function.insertAfter(copy, last);
            last = copy;
            cloner.map.put(original, copy);
            cloner.copies.add(copy);
        }
        for (int i = 0; i < originals.size(); i++) {
            cloner.fill(function, originals.get(i), cloner.copies.get(i), suffix);
        }
        for (BasicBlock copy : cloner.copies) {
            copy.instructions().forEach(instruction -> InstructionCloner.remap(instruction, cloner::copyOf));
        }
        for (BasicBlock original : originals) {
            cloner.connect(original);
        }
        return cloner;
    }

    private void fill(Function function, BasicBlock original, BasicBlock copy, String suffix) {
        for (Instruction instruction : original.instructions()) {
            Instruction twin = InstructionCloner.copy(instruction);
            if (instruction.name() != null) {
                twin.setName(function.freshName(instruction.name() + suffix));
            }
            copy.append(twin);
            map.put(instruction, twin);
        }
    }

    /** Gives the phis outside the set an input for each new edge. */
    private void connect(BasicBlock original) {
        for (BasicBlock successor : original.terminator().successors()) {
            if (map.containsKey(successor)) {
                continue;
            }
            for (Phi phi : successor.phis()) {
                Value value = phi.incomingFrom(original);
                if (value != null) {
                    phi.addIncoming(copyOf(value), copyOf(original));
                }
            }
        }
    }

    /** The blocks that were copied. */
    public List<BasicBlock> originals() {
        return originals;
    }

    /** The copies, in the order of the originals. */
    public List<BasicBlock> copies() {
        return List.copyOf(copies);
    }

    /** The copy of a block or instruction of the set; anything else itself. */
    public Value copyOf(Value value) {
        return map.getOrDefault(value, value);
    }

    /** The copy of a block of the set; any other block itself. */
    public BasicBlock copyOf(BasicBlock block) {
        return map.get(block) instanceof BasicBlock copy ? copy : block;
    }

    /** Drops from the phis of a block the inputs from all but the given predecessors. */
    public static void retainIncoming(BasicBlock block, List<BasicBlock> predecessors) {
        for (Phi phi : block.phis()) {
            List<Value> kept = new ArrayList<>();
            for (int i = 0; i < phi.incomingCount(); i++) {
                if (predecessors.contains(phi.incomingBlock(i))) {
                    kept.add(phi.incomingValue(i));
                    kept.add(phi.incomingBlock(i));
                }
            }
            phi.setIncoming(kept.toArray(Value[]::new));
        }
    }
}
