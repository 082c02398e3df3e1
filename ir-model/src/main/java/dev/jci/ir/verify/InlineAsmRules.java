package dev.jci.ir.verify;

import dev.jci.ir.AsmConstraints;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.BlockAddress;
import dev.jci.ir.CallBase;
import dev.jci.ir.CallBr;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.PointerType;
import java.util.HashSet;
import java.util.Set;

/** The rules about calls of inline assembly: how its constraints fit the arguments and labels (LangRef, "Inline Asm Constraint String"). */
final class InlineAsmRules {
    private final Findings findings;

    InlineAsmRules(Findings findings) {
        this.findings = findings;
    }

    void check(CallBase call) {
        if (!(call.callee() instanceof InlineAsm text)) {
            if (call instanceof CallBr branch && !IntrinsicRules.callsIntrinsic(branch)) {
                findings.error("Callbr is currently only used for asm-goto!", call);
            }
            return;
        }
        if (text.canUnwind() && call instanceof CallBr) {
            findings.error("Unwinding from Callbr is not allowed", call);
        }
        String complaint = AsmConstraints.complaint(text.constraints(), call.functionType());
        if (complaint != null) {
            // A reader says the same.
            findings.error(complaint, call);
            return;
        }
        int argument = 0;
        int labels = 0;
        for (String constraint : text.constraints().split(",", -1)) {
            char kind = constraint.isEmpty() ? '~' : constraint.charAt(0);
            boolean indirect = constraint.startsWith("*", kind == '=' ? 1 : 0);
            if (kind == '!') {
                labels++;
            } else if (kind != '~' && (kind != '=' || indirect)) {
                if (argument < call.argumentCount()) {
                    checkArgument(call, argument, indirect);
                }
                argument++;
            }
        }
        if (call instanceof CallBr branch) {
            checkLabels(branch, labels);
        } else if (labels > 0) {
            findings.error("Label constraints can only be used with callbr", call);
        }
    }

    private void checkArgument(CallBase call, int index, boolean indirect) {
        boolean told = call.argumentAttributes(index).has("elementtype");
        if (!indirect) {
            if (told) {
                findings.error("Elementtype attribute can only be applied for indirect constraints", call);
            }
        } else if (!(call.argument(index).type() instanceof PointerType)) {
            findings.error("Operand for indirect constraint must have pointer type", call);
        } else if (!told) {
            findings.error("Operand for indirect constraint must have elementtype attribute", call);
        }
    }

    private void checkLabels(CallBr branch, int labels) {
        if (labels != 0 || findings.since(15)) {
            if (labels != branch.indirectCount()) {
                findings.error("Number of label constraints does not match number of callbr dests", branch);
            }
            return;
        }
        // LLVM 14 has no constraints for labels; it wants their addresses as arguments.
        Set<BasicBlock> targets = new HashSet<>();
        targets.add(branch.defaultDestination());
        Set<BasicBlock> passed = new HashSet<>();
        for (int i = 0; i < branch.argumentCount(); i++) {
            if (branch.argument(i) instanceof BlockAddress address) {
                passed.add(address.block());
            }
        }
        for (BasicBlock target : branch.indirectDestinations()) {
            if (!targets.add(target)) {
                findings.error("Duplicate callbr destination!", branch);
                return;
            }
            if (!passed.contains(target)) {
                findings.error("Indirect label missing from arglist.", branch);
                return;
            }
        }
    }
}
