package dev.jci.ir.transform;

import dev.jci.ir.DebugRecord;
import dev.jci.ir.Instruction;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDOperand;
import dev.jci.ir.Metadata;
import dev.jci.ir.MetadataAsValue;
import dev.jci.ir.MetadataAttachment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Where the instructions of one copy of a body come from: the places in the source that they have, inlined at that of the call (LangRef,
 * "DILocation"). What tells executions of a body apart, as the identities of assignments do, is new in each copy.
 */
final class InlinedLocations {
    private final MDNode ofCall;
    private final MDNode callSite;
    private final boolean bodyHasPlaces;
    private final IdentityHashMap<MDNode, MDNode> copies = new IdentityHashMap<>();

    /**
     * @param ofCall the place of the call that the copy is for
     * @param bodyHasPlaces whether the function was compiled with debug information; the instructions of one without are where the call is
     */
    InlinedLocations(MDNode ofCall, boolean bodyHasPlaces) {
        this.ofCall = ofCall;
        this.callSite = distinctCopy(ofCall);
        this.bodyHasPlaces = bodyHasPlaces;
    }

    /** Gives an instruction of the copy, and the debug records before it, the places that they have there. */
    void apply(Instruction copy) {
        if (!bodyHasPlaces) {
            copy.attach("dbg", ofCall);
            return;
        }
        copy.setAttachments(copy.attachments().stream().map(this::inlined).toList());
        for (int i = 0; i < copy.operandCount(); i++) {
            if (copy.operand(i) instanceof MetadataAsValue wrapper && isIdentity(wrapper.metadata())) {
                copy.setOperand(i, new MetadataAsValue(inlined(wrapper.metadata())));
            }
        }
        if (!copy.debugRecords().isEmpty()) {
            copy.setDebugRecords(copy.debugRecords().stream().map(this::inlined).toList());
        }
    }

    private MetadataAttachment inlined(MetadataAttachment attachment) {
        return switch (attachment.kind()) {
            case "dbg", "DIAssignID" -> new MetadataAttachment(attachment.kind(), inlined(attachment.node()));
            case "llvm.loop" -> new MetadataAttachment(attachment.kind(), loop(attachment.node()));
            default -> attachment;
        };
    }

    private DebugRecord inlined(DebugRecord record) {
        List<Metadata> operands = new ArrayList<>();
        record.operands().forEach(operand -> operands.add(inlined(operand)));
        DebugRecord inlined = new DebugRecord(record.kind(), operands);
        inlined.setPosition(record.position());
        return inlined;
    }

    private Metadata inlined(Metadata metadata) {
        return metadata instanceof MDNode node ? inlined(node) : metadata;
    }

    private MDNode inlined(MDNode node) {
        boolean isLocation = node.is("DILocation");
        if (!isLocation && !isIdentity(node)) {
            return node;
        }
        MDNode known = copies.get(node);
        if (known != null) {
            return known;
        }
        MDNode copy = isLocation ? location(node) : distinctCopy(node);
        copies.put(node, copy);
        return copy;
    }

    private static boolean isIdentity(Metadata metadata) {
        return metadata instanceof MDNode node && node.is("DIAssignID");
    }

    /** A place that was itself inlined keeps its way, which ends at the call. */
    private MDNode location(MDNode original) {
        MDNode copy = copy(original);
        MDNode inner = copy;
        for (MDNode at = original.nodeField("inlinedAt"); at != null; at = at.nodeField("inlinedAt")) {
            MDNode known = copies.get(at);
            if (known != null) {
                inner.set("inlinedAt", known);
                return copy;
            }
            MDNode outer = distinctCopy(at);
            copies.put(at, outer);
            inner.set("inlinedAt", outer);
            inner = outer;
        }
        inner.set("inlinedAt", callSite);
        return copy;
    }

    /** The places where a loop begins and ends stand in the node that tells it from others. */
    private MDNode loop(MDNode loop) {
        MDOperand[] operands = loop.operands().toArray(MDOperand[]::new);
        boolean changed = false;
        for (int i = 1; i < operands.length; i++) {
            if (operands[i] instanceof MDNode node && node.is("DILocation")) {
                operands[i] = inlined(node);
                changed = true;
            }
        }
        if (!changed || !loop.isTuple()) {
            return loop;
        }
        MDNode copy = MDNode.tuple(operands);
        copy.setDistinct(true);
        copy.operands().set(0, copy);
        return copy;
    }

    private static MDNode distinctCopy(MDNode original) {
        MDNode copy = copy(original);
        copy.setDistinct(true);
        return copy;
    }

    private static MDNode copy(MDNode original) {
        MDNode copy = new MDNode();
        String[] names = new String[original.operandCount()];
        Arrays.setAll(names, original::fieldName);
        copy.define(original.kind(), names, original.operands().toArray(MDOperand[]::new), false);
        copy.setPosition(original.position());
        return copy;
    }
}
