package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Br;
import dev.jci.ir.Call;
import dev.jci.ir.CallBase;
import dev.jci.ir.CallBr;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.Invoke;
import dev.jci.ir.Module;
import dev.jci.ir.Phi;
import dev.jci.ir.Value;
import dev.jci.ir.analysis.ControlFlowGraph;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Where probes may not fire, because a call of {@code instr_disable()} can reach the place without a call of {@code instr_enable()} in
 * between. Both calls are only marks for the pass and are taken out.
 */
final class Disabled {
    private static final String DISABLE = "instr_disable";
    private static final String ENABLE = "instr_enable";

    private final Set<Instruction> places = Collections.newSetFromMap(new IdentityHashMap<>(1));

    private Disabled() {}

    /** Whether functions of the module may call one of the marks. */
    static boolean mayBeIn(Module module) {
        return module.find(DISABLE) != null || module.find(ENABLE) != null;
    }

    /** Where there are no marks. */
    static Disabled nowhere() {
        return new Disabled();
    }

    /** Finds the places in a function and takes the marks out. */
    static Disabled takeFrom(Function function) {
        Disabled disabled = new Disabled();
        if (hasMarks(function)) {
            disabled.find(function);
            removeMarks(function);
        }
        return disabled;
    }

    /** Whether a probe before that instruction may not fire. */
    boolean at(Instruction instruction) {
        return !places.isEmpty() && places.contains(instruction);
    }

    /** Whether there is any such place. */
    boolean any() {
        return !places.isEmpty();
    }

    private static boolean isMark(Instruction instruction, String name) {
        if (!(instruction instanceof CallBase call)) {
            return false;
        }
        Function callee = call.calledFunction();
        return callee != null && name.equals(callee.name());
    }

    private static boolean hasMarks(Function function) {
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                if (isMark(instruction, DISABLE) || isMark(instruction, ENABLE)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void find(Function function) {
        ControlFlowGraph graph = ControlFlowGraph.of(function);
        boolean[] atHead = new boolean[graph.size()];
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int place = 0; place < graph.reachableCount(); place++) {
                int block = graph.inOrder(place);
                if (walk(graph.block(block), atHead[block])) {
                    for (int edge = 0; edge < graph.successorCount(block); edge++) {
                        int target = graph.successor(block, edge);
                        changed |= !atHead[target];
                        atHead[target] = true;
                    }
                }
            }
        }
    }

    /** Goes through a block; whether its end is disabled. */
    private boolean walk(BasicBlock block, boolean head) {
        boolean now = head;
        for (Instruction instruction : block.instructions()) {
            if (isMark(instruction, ENABLE)) {
                now = false;
            }
            if (now) {
                places.add(instruction);
            }
            if (isMark(instruction, DISABLE)) {
                now = true;
            }
        }
        return now;
    }

    /** Takes the edges to a block from its phis but one, which stays when the block is still jumped to. */
    private static void removeEdge(BasicBlock from, BasicBlock to, BasicBlock stillJumpedTo) {
        for (Phi phi : to.phis()) {
            Value value = phi.incomingFrom(from);
            phi.removeIncoming(from);
            if (to == stillJumpedTo && value != null) {
                phi.addIncoming(value, from);
            }
        }
    }

    private static void removeMarks(Function function) {
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                if (!isMark(instruction, DISABLE) && !isMark(instruction, ENABLE)) {
                    continue;
                }
                switch (instruction) {
                    case Call call -> call.remove();
                    case Invoke invoke -> {
                        BasicBlock pad = invoke.unwindDestination();
                        Br jump = new Br(invoke.normalDestination());
                        block.insertBefore(jump, invoke);
                        invoke.remove();
                        pad.phis().forEach(phi -> phi.removeIncoming(block));
                    }
                    case CallBr branch -> {
                        Br jump = new Br(branch.defaultDestination());
                        block.insertBefore(jump, branch);
                        branch.remove();
                        branch.indirectDestinations().stream()
                                .distinct()
                                .forEach(target -> removeEdge(block, target, branch.defaultDestination()));
                    }
                    default -> throw new IllegalStateException("no call: " + instruction);
                }
            }
        }
    }
}
