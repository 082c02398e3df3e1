package dev.jci.ir.verify;

import dev.jci.ir.MDNode;
import dev.jci.ir.MDOperand;
import dev.jci.ir.Module;
import dev.jci.ir.NamedMetadata;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Debug information that LLVM does not accept. Where debug information is wrong LLVM takes it out with a warning and goes on: compile
 * units, {@code !dbg} attachments, debug records and locations of loops. Only what is left after that makes a module invalid, which is
 * what other named metadata, other attachments and arguments of intrinsics lead to. So this walk begins there, and looks at each node
 * once.
 */
final class DebugInfoRules {
    private record Visit(MDNode node, boolean locations) {}

    private final Findings findings;
    private final DebugNodeRules nodes;
    private final Set<MDNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<MDNode> listedUnits = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Visit> pending = new ArrayDeque<>();

    DebugInfoRules(Module module, Findings findings) {
        this.findings = findings;
        this.nodes = new DebugNodeRules(findings);
        NamedMetadata units = module.namedMetadata().get("llvm.dbg.cu");
        if (units != null) {
            listedUnits.addAll(units.operands());
        }
    }

    /** Follows the named metadata that stays when debug information is dropped. */
    void checkNamed(Module module) {
        for (NamedMetadata named : module.namedMetadata().values()) {
            if (!named.name().startsWith("llvm.dbg.") && !named.name().equals("llvm.gcov")) {
                for (MDNode node : named.operands()) {
                    visit(node, true, node.position());
                }
            }
        }
    }

    /**
     * Follows the nodes that an attachment leads to.
     *
     * @param kind the kind of the attachment
     * @param node the node
     * @param position where it stands
     */
    void checkAttachment(String kind, MDNode node, int position) {
        switch (kind) {
            case "dbg", "heapallocsite", "DIAssignID" -> {}
            default -> visit(node, kind.equals("llvm.loop"), position);
        }
    }

    /**
     * Follows the nodes that one leads to.
     *
     * @param root the node
     * @param locations whether locations may stand in it
     * @param position where it is used
     */
    void visit(MDNode root, boolean locations, int position) {
        if (!seen.add(root)) {
            return;
        }
        pending.push(new Visit(root, locations));
        while (!pending.isEmpty()) {
            Visit visit = pending.pop();
            check(visit.node, position);
            follow(visit, position);
        }
    }

    private void check(MDNode node, int position) {
        if (node.isTuple()) {
            return;
        }
        nodes.check(node, position);
        if (node.is("DICompileUnit") && !listedUnits.contains(node)) {
            findings.error("DICompileUnit not listed in llvm.dbg.cu", node, position);
        }
    }

    private void follow(Visit visit, int position) {
        boolean inLoop = visit.locations && visit.node.isTuple();
        for (MDOperand operand : visit.node.operands()) {
            if (!(operand instanceof MDNode next)) {
                continue;
            }
            if (next.is("DILocation")) {
                if (!visit.locations) {
                    findings.error("DILocation not allowed within this metadata node", visit.node, position);
                }
                if (inLoop) {
                    // These go with the rest of the debug information.
                    continue;
                }
            }
            if (seen.add(next)) {
                pending.push(new Visit(next, visit.locations));
            }
        }
    }
}
