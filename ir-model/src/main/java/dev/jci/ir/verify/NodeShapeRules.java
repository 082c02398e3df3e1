package dev.jci.ir.verify;

import dev.jci.ir.MDNode;
import dev.jci.ir.MDOperand;
import dev.jci.ir.Module;
import dev.jci.ir.NamedMetadata;
import dev.jci.ir.NodeFields;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Whether metadata nodes hold what can be written at all (LangRef, "Specialized Metadata Nodes"). A reader builds no others; a pass that
 * sets fields may, also in debug information, which LLVM would not look at here because its nodes cannot be built wrongly.
 */
final class NodeShapeRules {
    private final Findings findings;
    private final NodeFields fields = new NodeFields();
    private final Set<MDNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<MDNode> pending = new ArrayDeque<>();

    NodeShapeRules(Findings findings) {
        this.findings = findings;
    }

    /** Looks at the nodes on lines of their own, and those that named metadata leads to. */
    void check(Module module) {
        for (MDNode node : module.metadata()) {
            check(node, node.position());
        }
        for (NamedMetadata named : module.namedMetadata().values()) {
            named.operands().forEach(node -> check(node, node.position()));
        }
    }

    /**
     * Looks at a node and all that it leads to, unless that has been done.
     *
     * @param root the node
     * @param usedAt where it is used, for nodes without a place of their own
     */
    void check(MDNode root, int usedAt) {
        if (!seen.add(root)) {
            return;
        }
        pending.push(root);
        while (!pending.isEmpty()) {
            MDNode node = pending.pop();
            String complaint = fields.check(node);
            if (complaint != null) {
                findings.error(complaint, node, usedAt);
            }
            for (MDOperand operand : node.operands()) {
                if (operand instanceof MDNode next && seen.add(next)) {
                    pending.push(next);
                }
            }
        }
    }
}
