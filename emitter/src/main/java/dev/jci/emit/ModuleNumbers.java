package dev.jci.emit;

import dev.jci.ir.AttributeGroup;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionAttributes;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.Instruction;
import dev.jci.ir.MDNode;
import dev.jci.ir.MetadataAsValue;
import dev.jci.ir.MetadataAttachment;
import dev.jci.ir.Module;
import dev.jci.ir.NamedStruct;
import dev.jci.ir.SlotNumbers;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one place that numbers: unnamed globals ({@code @0}) and types ({@code %0}), attribute groups ({@code #0}), metadata
 * ({@code !0}), and through {@link SlotNumbers} the unnamed values of functions.
 */
final class ModuleNumbers {
    private final IdentityHashMap<GlobalValue, Integer> globals = new IdentityHashMap<>();
    private final KeptNumbers<AttributeGroup> groups;
    private final KeptNumbers<MDNode> nodes;
    private final KeptNumbers<NamedStruct> structs;
    private final Map<Function, SlotNumbers> slots = new ConcurrentHashMap<>();

    ModuleNumbers(Module module) {
        number(module.globals());
        number(module.aliases());
        number(module.ifuncs());
        number(module.functions());
        groups = new KeptNumbers<>(module.attributeGroups(), AttributeGroup::number);
        nodes = new KeptNumbers<>(module.metadata(), MDNode::number);
        structs = new KeptNumbers<>(
                module.namedStructs().stream()
                        .filter(struct -> struct.name() == null)
                        .toList(),
                NamedStruct::number);
    }

    /** LLVM wants the numbers of globals in the order of the text, so they are counted and never kept. */
    private void number(List<? extends GlobalValue> all) {
        for (GlobalValue global : all) {
            if (global.name() == null) {
                globals.put(global, globals.size());
            }
        }
    }

    /** The number of an unnamed global; one that the module does not hold has its number from reading. */
    int of(GlobalValue global) {
        return globals.getOrDefault(global, global.number());
    }

    /** The number of an attribute group. */
    int of(AttributeGroup group) {
        return groups.of(group);
    }

    /** The number of a metadata node. */
    int of(MDNode node) {
        return nodes.of(node);
    }

    /** The number of an unnamed type. */
    int of(NamedStruct struct) {
        return structs.of(struct);
    }

    /** Groups referred to that the module does not list. */
    List<AttributeGroup> addedGroups() {
        return groups.added();
    }

    /** Nodes referred to that the module does not list; grows while they are printed. */
    List<MDNode> addedNodes() {
        return nodes.added();
    }

    /**
     * Numbers all that functions refer to and the module does not list, in the order in which the functions are printed. After that they
     * may be printed in any order.
     */
    void numberUses(List<Function> functions) {
        for (Function function : functions) {
            numberGroups(function.attributes());
            numberAttachments(function.attachments());
            for (BasicBlock block : function.blocks()) {
                for (Instruction at = block.first(); at != null; at = at.next()) {
                    at.debugRecords()
                            .forEach(debugRecord -> debugRecord.operands().forEach(this::numberNode));
                    numberUses(at);
                }
            }
        }
    }

    /** Says whether functions are printed at the same time, when nothing can get a number. */
    void seal(boolean shared) {
        groups.seal(shared);
        nodes.seal(shared);
        structs.seal(shared);
    }

    private void numberGroups(FunctionAttributes attributes) {
        List<AttributeGroup> all = attributes.groups();
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).attributes().isEmpty()) {
                groups.of(all.get(i));
            }
        }
    }

    private void numberUses(Instruction instruction) {
        if (instruction instanceof CallBase call) {
            numberGroups(call.attributes());
            for (int i = 0; i < call.operandCount(); i++) {
                if (call.operand(i) instanceof MetadataAsValue wrapper) {
                    numberNode(wrapper.metadata());
                }
            }
        }
        numberAttachments(instruction.attachments());
    }

    private void numberAttachments(List<MetadataAttachment> attachments) {
        for (int i = 0; i < attachments.size(); i++) {
            numberNode(attachments.get(i).node());
        }
    }

    private void numberNode(Object operand) {
        if (operand instanceof MDNode node && !ValueWriter.isInline(node)) {
            nodes.of(node);
        }
    }

    /** The numbers inside a function, kept for the addresses of its blocks that stand elsewhere. */
    SlotNumbers slots(Function function) {
        return slots.computeIfAbsent(function, SlotNumbers::of);
    }
}
