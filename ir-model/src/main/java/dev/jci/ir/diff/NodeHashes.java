package dev.jci.ir.diff;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Constant;
import dev.jci.ir.DIArgList;
import dev.jci.ir.DebugRecord;
import dev.jci.ir.Function;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.Instruction;
import dev.jci.ir.MDInteger;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDNull;
import dev.jci.ir.MDOperand;
import dev.jci.ir.MDString;
import dev.jci.ir.MDSymbol;
import dev.jci.ir.Metadata;
import dev.jci.ir.MetadataAsValue;
import dev.jci.ir.MetadataAttachment;
import dev.jci.ir.Module;
import dev.jci.ir.NamedMetadata;
import dev.jci.ir.Value;
import dev.jci.ir.ValueAsMetadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Hashes of the metadata nodes of a module that can be reached from it. Nodes may be in cycles, so the hashes are made in rounds: the
 * first tells what a node itself says, each further one also what the nodes say that it refers to, one step deeper.
 */
final class NodeHashes {
    /** Fields whose {@code false} is not the same as leaving them out. */
    private static final Set<String> TRUE_BY_DEFAULT = Set.of("isDefinition", "splitDebugInlining");

    /** How deep the nodes are looked into that instructions refer to; what is deeper is told of the nodes themselves. */
    private static final int SHALLOW = 2;

    private final StructureHash structure;
    private final List<MDNode> nodes = new ArrayList<>();
    private final IdentityHashMap<MDNode, Integer> numbers = new IdentityHashMap<>();
    private long[] own = {};
    private long[] current = {};
    private long[] shallow = {};

    private NodeHashes(StructureHash structure) {
        this.structure = structure;
    }

    /** The hashes of the first round of the nodes that a module reaches. */
    static NodeHashes of(Module module, StructureHash structure) {
        NodeHashes hashes = new NodeHashes(structure);
        hashes.reach(module);
        hashes.own = new long[hashes.nodes.size()];
        for (int i = 0; i < hashes.own.length; i++) {
            hashes.own[i] = hashes.own(hashes.nodes.get(i));
        }
        hashes.current = hashes.own;
        for (int round = 0; round < SHALLOW; round++) {
            hashes.deepen();
        }
        hashes.shallow = hashes.current;
        hashes.current = hashes.own;
        return hashes;
    }

    /** The nodes, in the order in which they were reached. */
    List<MDNode> nodes() {
        return nodes;
    }

    /** The hash of a node in the round that was made last. */
    long current(int number) {
        return current[number];
    }

    /** The hash of metadata that an instruction refers to; a local value counts by its type. */
    long shallow(Metadata metadata) {
        return switch (metadata) {
            case MDNode node -> {
                Integer number = numbers.get(node);
                yield number == null ? 0 : shallow[number];
            }
            case MDString string -> Mix.of(50, Mix.of(string.bytes()));
            case ValueAsMetadata wrapped -> value(wrapped.value());
            case DIArgList list -> {
                long hash = 51;
                for (ValueAsMetadata argument : list.arguments()) {
                    hash = Mix.of(hash, value(argument.value()));
                }
                yield hash;
            }
        };
    }

    private long value(Value value) {
        return value instanceof Constant constant ? structure.of(constant) : Mix.of(52, structure.of(value.type()));
    }

    /** Makes the next round. */
    void deepen() {
        long[] next = new long[own.length];
        for (int i = 0; i < next.length; i++) {
            MDNode node = nodes.get(i);
            long hash = own[i];
            for (int place = 0; place < node.operandCount(); place++) {
                if (node.operand(place) instanceof MDNode child) {
                    long deeper = current[numbers.get(child)];
                    String field = node.fieldName(place);
                    hash = field == null ? Mix.of(hash, deeper) : hash + Mix.of(Mix.of(field), deeper);
                }
            }
            next[i] = hash;
        }
        current = next;
    }

    /** What a node says without what it refers to; fields count in any order, and those that hold nothing do not count. */
    private long own(MDNode node) {
        String kind = node.kind();
        long hash = Mix.of(node.isDistinct() ? 60 : 61, kind == null ? 0 : Mix.of(kind));
        for (int place = 0; place < node.operandCount(); place++) {
            MDOperand operand = node.operand(place);
            String field = node.fieldName(place);
            if (field == null) {
                hash = Mix.of(hash, own(operand));
            } else if (!holdsNothing(field, operand)) {
                hash += Mix.of(Mix.of(field), own(operand));
            }
        }
        return hash;
    }

    private static boolean holdsNothing(String field, MDOperand operand) {
        return switch (operand) {
            case MDNull nothing -> true;
            case MDInteger integer -> integer.value() == 0;
            case MDString string -> string.bytes().isEmpty();
            case MDSymbol symbol ->
                symbol.text().equals("0") || (symbol.text().equals("false") && !TRUE_BY_DEFAULT.contains(field));
            default -> false;
        };
    }

    private long own(MDOperand operand) {
        return switch (operand) {
            case MDNull nothing -> 70;
            case MDInteger integer -> Mix.of(71, integer.value());
            case MDSymbol symbol -> Mix.of(72, StructureHash.text(symbol.text()));
            case MDNode node -> 73;
            case MDString string -> Mix.of(50, Mix.of(string.bytes()));
            case ValueAsMetadata wrapped -> value(wrapped.value());
            case DIArgList list -> shallow(list);
        };
    }

    private void reach(Module module) {
        for (NamedMetadata named : module.namedMetadata().values()) {
            named.operands().forEach(this::reach);
        }
        for (List<? extends GlobalValue> globals :
                Arrays.asList(module.globals(), module.aliases(), module.ifuncs(), module.functions())) {
            globals.forEach(global -> reach(global.attachments()));
        }
        for (Function function : module.functions()) {
            for (BasicBlock block : function.blocks()) {
                for (Instruction instruction : block.instructions()) {
                    reach(instruction);
                }
            }
        }
    }

    private void reach(Instruction instruction) {
        reach(instruction.attachments());
        for (int i = 0; i < instruction.operandCount(); i++) {
            if (instruction.operand(i) instanceof MetadataAsValue(Metadata metadata)
                    && metadata instanceof MDNode node) {
                reach(node);
            }
        }
        for (DebugRecord record : instruction.debugRecords()) {
            for (Metadata operand : record.operands()) {
                if (operand instanceof MDNode node) {
                    reach(node);
                }
            }
        }
    }

    private void reach(List<MetadataAttachment> attachments) {
        attachments.forEach(attachment -> reach(attachment.node()));
    }

    private void reach(MDNode root) {
        int next = nodes.size();
        add(root);
        while (next < nodes.size()) {
            MDNode node = nodes.get(next++);
            for (int i = 0; i < node.operandCount(); i++) {
                if (node.operand(i) instanceof MDNode child) {
                    add(child);
                }
            }
        }
    }

    private void add(MDNode node) {
        if (numbers.putIfAbsent(node, nodes.size()) == null) {
            nodes.add(node);
        }
    }
}
