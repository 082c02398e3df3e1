package dev.jci.ir.verify;

import dev.jci.ir.Br;
import dev.jci.ir.Call;
import dev.jci.ir.CallBase;
import dev.jci.ir.CallBr;
import dev.jci.ir.CondBr;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.Instruction;
import dev.jci.ir.Invoke;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDNull;
import dev.jci.ir.MDOperand;
import dev.jci.ir.MDString;
import dev.jci.ir.Select;
import dev.jci.ir.Switch;

/** The rules about profiles of branches, allocations and calls ({@code !prof}, {@code !memprof}, {@code !callsite}). */
final class ProfileRules {
    private static final int NO_WEIGHTS = -1;

    private final Findings findings;

    ProfileRules(Findings findings) {
        this.findings = findings;
    }

    void checkProfile(Instruction at, MDNode node) {
        if (node.operandCount() < 2) {
            // From version 22 on one word may say that nothing is known.
            if (!NodeOperands.isString(node, 0)) {
                findings.error("!prof annotations should have no less than 2 operands", at);
            }
            return;
        }
        if (!(node.operand(0) instanceof MDString name)) {
            findings.error("expected string with name of the !prof annotation", at);
            return;
        }
        if (name.bytes().equals("branch_weights")) {
            checkWeights(at, node);
        }
    }

    private void checkWeights(Instruction at, MDNode node) {
        // Since version 19 a word may say where the weights come from.
        int first = NodeOperands.isString(node, 1) ? 2 : 1;
        int count = node.operandCount() - first;
        if (at instanceof Invoke) {
            if (count != 1 && count != 2) {
                findings.error("Wrong number of InvokeInst branch_weights operands", at);
            }
        } else {
            int expected = expectedWeights(at);
            if (expected == NO_WEIGHTS) {
                findings.error("!prof branch_weights are not allowed for this instruction", at);
                return;
            }
            if (count != expected) {
                findings.error("Wrong number of operands", at);
                return;
            }
        }
        for (int i = first; i < node.operandCount(); i++) {
            if (NodeOperands.integer(node, i) == null) {
                findings.error("!prof brunch_weights operand is not a const int", at);
                return;
            }
        }
    }

    private static int expectedWeights(Instruction at) {
        return switch (at) {
            case CondBr branch -> 2;
            case Br branch -> 1;
            case Switch choice -> choice.caseCount() + 1;
            case Call call -> 1;
            case IndirectBr branch -> branch.successors().size();
            case Select select -> 2;
            case CallBr branch -> branch.successors().size();
            default -> NO_WEIGHTS;
        };
    }

    /** Checks what is known about the memory that a call allocates: for each stack of callers, how it is used. */
    void checkMemoryProfile(Instruction at, MDNode node) {
        if (!(at instanceof CallBase)) {
            findings.error("!memprof metadata should only exist on calls", at);
            return;
        }
        if (node.operandCount() == 0) {
            findings.error("!memprof annotations should have at least 1 metadata operand (MemInfoBlock)", at);
            return;
        }
        for (MDOperand operand : node.operands()) {
            if (!(operand instanceof MDNode block) || !checkBlock(at, block)) {
                return;
            }
        }
    }

    private boolean checkBlock(Instruction at, MDNode block) {
        if (block.operandCount() < 2) {
            findings.error("Each !memprof MemInfoBlock should have at least 2 operands", at);
            return false;
        }
        if (block.operand(0) == MDNull.NULL) {
            findings.error("!memprof MemInfoBlock first operand should not be null", at);
            return false;
        }
        if (!(block.operand(0) instanceof MDNode stack)) {
            findings.error("!memprof MemInfoBlock first operand should be an MDNode", at);
            return false;
        }
        return checkStack(at, stack);
    }

    private boolean checkStack(Instruction at, MDNode stack) {
        if (stack.operandCount() == 0) {
            findings.error("call stack metadata should have at least 1 operand", at);
            return false;
        }
        for (int i = 0; i < stack.operandCount(); i++) {
            if (NodeOperands.integer(stack, i) == null) {
                findings.error("call stack metadata operand should be constant integer", at);
                return false;
            }
        }
        return true;
    }

    /** Checks the stack of callers that a call is part of. */
    void checkCallSite(Instruction at, MDNode node) {
        if (!(at instanceof CallBase)) {
            findings.error("!callsite metadata should only exist on calls", at);
            return;
        }
        checkStack(at, node);
    }
}
