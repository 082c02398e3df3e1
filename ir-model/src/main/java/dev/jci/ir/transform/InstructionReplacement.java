package dev.jci.ir.transform;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.Module;
import dev.jci.ir.UseIndex;
import java.util.List;

/** Puts other instructions in the place of one. */
final class InstructionReplacement {
    private InstructionReplacement() {}

    /** What is put in the place of an instruction. */
    interface Rule {
        /** The instructions, the last of which gives the result; none to leave the instruction as it is. */
        List<Instruction> instead(Instruction instruction);
    }

    /**
     * Replaces all instructions of a module that a rule is for. The result keeps its name, the first instruction the debug records, and
     * all get the location in the source program; other attachments are those of the rule.
     *
     * @param what what the rule writes as what
     * @param rewrites is told of each
     */
    static void everywhere(Module module, Rule rule, String what, Rewrites rewrites) {
        boolean changed = false;
        for (Function function : module.functions()) {
            UseIndex uses = null;
            for (BasicBlock block : function.blocks()) {
                for (Instruction old : block.instructions()) {
                    List<Instruction> instead = rule.instead(old);
                    if (!instead.isEmpty()) {
                        uses = uses == null ? UseIndex.of(function) : uses;
                        replace(block, old, instead, uses);
                        rewrites.note(what, old.position());
                    }
                }
            }
            if (uses != null) {
                function.useListOrders().clear();
                changed = true;
            }
        }
        if (changed) {
            module.useListOrders().clear();
        }
    }

    private static void replace(BasicBlock block, Instruction old, List<Instruction> instead, UseIndex uses) {
        for (Instruction instruction : instead) {
            block.insertBefore(instruction, old);
            instruction.setDebugLocationFrom(old);
            instruction.setPosition(old.position());
            uses.add(instruction);
        }
        instead.getFirst().setDebugRecords(old.debugRecords());
        old.setDebugRecords(List.of());
        Instruction result = instead.getLast();
        uses.replaceAllUses(old, result);
        String name = old.name();
        old.remove();
        result.setName(name);
    }
}
