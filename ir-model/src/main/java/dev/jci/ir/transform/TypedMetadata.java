package dev.jci.ir.transform;

import dev.jci.ir.Constant;
import dev.jci.ir.DIArgList;
import dev.jci.ir.DebugRecord;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDOperand;
import dev.jci.ir.MDString;
import dev.jci.ir.Metadata;
import dev.jci.ir.ValueAsMetadata;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/** Constants inside metadata, with typed pointers. Local values in it need nothing. */
final class TypedMetadata {
    private final TypedConstants constants;
    private final Set<MDNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    TypedMetadata(TypedConstants constants) {
        this.constants = constants;
    }

    /** Edits a node, and the nodes that it refers to, in place. */
    void type(MDNode node) {
        Deque<MDNode> pending = new ArrayDeque<>();
        pending.add(node);
        while (!pending.isEmpty()) {
            MDNode next = pending.remove();
            if (seen.add(next)) {
                for (int i = 0; i < next.operandCount(); i++) {
                    MDOperand operand = next.operand(i);
                    if (operand instanceof MDNode inner) {
                        pending.add(inner);
                    } else if (operand instanceof ValueAsMetadata wrapped) {
                        next.operands().set(i, typed(wrapped));
                    }
                }
            }
        }
    }

    /** Edits the operands of a debug record in place. */
    void type(DebugRecord record) {
        record.operands().replaceAll(this::typed);
    }

    /** The metadata of an operand. */
    Metadata typed(Metadata metadata) {
        return switch (metadata) {
            case ValueAsMetadata wrapped -> typed(wrapped);
            case DIArgList list ->
                new DIArgList(list.arguments().stream().map(this::typed).toList());
            case MDNode node -> {
                type(node);
                yield node;
            }
            case MDString string -> string;
        };
    }

    private ValueAsMetadata typed(ValueAsMetadata wrapped) {
        return wrapped.value() instanceof Constant constant
                ? new ValueAsMetadata(constants.natural(constant))
                : wrapped;
    }
}
