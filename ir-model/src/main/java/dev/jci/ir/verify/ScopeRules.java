package dev.jci.ir.verify;

import dev.jci.ir.AtomicRMW;
import dev.jci.ir.CallBase;
import dev.jci.ir.CmpXchg;
import dev.jci.ir.Fence;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.Load;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDOperand;
import dev.jci.ir.Store;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * The rules about metadata that says which accesses may alias, run in parallel or be reordered (LangRef, "'noalias' and 'alias.scope'
 * Metadata", "'llvm.access.group' Metadata", and the memory model relaxation annotations). Lists that were found right are remembered.
 */
final class ScopeRules {
    private final Findings findings;
    private final Set<MDNode> valid = Collections.newSetFromMap(new IdentityHashMap<>());

    ScopeRules(Findings findings) {
        this.findings = findings;
    }

    /** Checks a list of alias scopes; LLVM 14 does not. */
    void checkAliasScopes(MDNode list, int position) {
        if (!findings.since(15) || !valid.add(list)) {
            return;
        }
        for (MDOperand scope : list.operands()) {
            if (!(scope instanceof MDNode node)) {
                findings.error("scope list must consist of MDNodes", position);
                return;
            }
            checkAliasScope(node, position);
        }
    }

    private void checkAliasScope(MDNode scope, int position) {
        int count = scope.operandCount();
        if (count != 2 && count != 3) {
            findings.error("scope must have two or three operands", position);
        } else if (scope.operand(0) != scope && !NodeOperands.isString(scope, 0)) {
            findings.error("first scope operand must be self-referential or string", position);
        } else if (count == 3 && !NodeOperands.isString(scope, 2)) {
            findings.error("third scope operand must be string (if used)", position);
        } else if (!(scope.operand(1) instanceof MDNode domain)) {
            findings.error("second scope operand must be MDNode", position);
        } else if (domain.operandCount() != 1 && domain.operandCount() != 2) {
            findings.error("domain must have one or two operands", position);
        } else if (domain.operand(0) != domain && !NodeOperands.isString(domain, 0)) {
            findings.error("first domain operand must be self-referential or string", position);
        } else if (domain.operandCount() == 2 && !NodeOperands.isString(domain, 1)) {
            findings.error("second domain operand must be string (if used)", position);
        }
    }

    /** Checks an access group or a list of them; LLVM 14 does not. */
    void checkAccessGroup(MDNode group, int position) {
        if (!findings.since(15) || !valid.add(group) || isAccessScope(group)) {
            return;
        }
        for (MDOperand member : group.operands()) {
            if (!(member instanceof MDNode scope)) {
                findings.error("Access scope list must consist of MDNodes", position);
                return;
            }
            if (!isAccessScope(scope)) {
                findings.error("Access scope list contains invalid access scope", position);
                return;
            }
        }
    }

    private static boolean isAccessScope(MDNode node) {
        return node.operandCount() == 0 && node.isDistinct();
    }

    /** Checks a memory model relaxation annotation: a pair of strings, or a list of such pairs. */
    void checkRelaxation(Instruction at, MDNode node) {
        if (!touchesMemory(at)) {
            findings.error("!mmra metadata attached to unexpected instruction kind", at);
            return;
        }
        if (isTag(node)) {
            return;
        }
        if (!node.isTuple()) {
            findings.error("!mmra expected to be a metadata tuple", at);
            return;
        }
        for (MDOperand operand : node.operands()) {
            if (!(operand instanceof MDNode tag) || !isTag(tag)) {
                findings.error("!mmra metadata tuple operand is not an MMRA tag", at);
                return;
            }
        }
    }

    private static boolean isTag(MDNode node) {
        return node.isTuple()
                && node.operandCount() == 2
                && NodeOperands.isString(node, 0)
                && NodeOperands.isString(node, 1);
    }

    private static boolean touchesMemory(Instruction at) {
        return switch (at) {
            case Load load -> true;
            case Store store -> true;
            case AtomicRMW update -> true;
            case CmpXchg exchange -> true;
            case Fence fence -> true;
            case CallBase call -> {
                Function callee = call.calledFunction();
                yield callee == null || !isPure(callee);
            }
            default -> false;
        };
    }

    /** Whether an intrinsic is known to compute only; others are given the benefit of the doubt. */
    private static boolean isPure(Function callee) {
        return callee.name() != null
                && (callee.name().startsWith("llvm.sqrt.")
                        || callee.name().startsWith("llvm.fabs.")
                        || callee.name().startsWith("llvm.ctpop."));
    }
}
