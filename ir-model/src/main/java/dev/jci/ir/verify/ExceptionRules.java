package dev.jci.ir.verify;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.CatchPad;
import dev.jci.ir.CatchRet;
import dev.jci.ir.CatchSwitch;
import dev.jci.ir.CleanupPad;
import dev.jci.ir.CleanupRet;
import dev.jci.ir.ExceptionPad;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.Invoke;
import dev.jci.ir.LandingPad;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.Terminator;
import dev.jci.ir.Value;
import org.jspecify.annotations.Nullable;

/** The rules about exception handling: what pads stand where, and which edges lead to them (LangRef, "Exception Handling Instructions"). */
final class ExceptionRules {
    private final Function function;
    private final Findings findings;

    ExceptionRules(Function function, Findings findings) {
        this.function = function;
        this.findings = findings;
    }

    void check(Instruction at) {
        switch (at) {
            case LandingPad pad -> checkEntry(pad);
            case CatchPad pad -> {
                checkPlace(pad, "CatchPadInst");
                checkEntry(pad);
                if (!(pad.parentPad() instanceof CatchSwitch)) {
                    findings.error("CatchPadInst needs to be directly nested in a CatchSwitchInst.", pad);
                }
            }
            case CleanupPad pad -> {
                checkPlace(pad, "CleanupPadInst");
                checkEntry(pad);
                if (!isParent(pad.parentPad())) {
                    findings.error("CleanupPadInst has an invalid parent.", pad);
                }
            }
            case CatchSwitch choice -> checkSwitch(choice);
            case CatchRet ret -> {
                if (!(ret.pad() instanceof CatchPad)) {
                    findings.error("CatchReturnInst needs to be provided a CatchPad", ret);
                }
            }
            case CleanupRet ret -> {
                if (!(ret.pad() instanceof CleanupPad)) {
                    findings.error("CleanupReturnInst needs to be provided a CleanupPad", ret);
                }
                checkUnwind(ret, ret.unwindDestination(), "CleanupReturnInst");
            }
            default -> {}
        }
        if (at instanceof Terminator terminator && function.personality() != null) {
            for (BasicBlock successor : terminator.successors()) {
                checkEdge(terminator, successor);
            }
        }
    }

    private void checkEntry(Instruction pad) {
        if (pad.parent() == function.entry()) {
            findings.error("EH pad cannot be in entry block.", pad);
        }
    }

    private void checkPlace(Instruction pad, String what) {
        if (function.personality() == null) {
            findings.error(what + " needs to be in a function with a personality.", pad);
        }
        if (pad.parent() == null || pad.parent().firstNonPhi() != pad) {
            findings.error(what + " not the first non-PHI instruction in the block.", pad);
        }
    }

    private static boolean isParent(Value parent) {
        return parent instanceof CatchPad
                || parent instanceof CleanupPad
                || (parent instanceof SimpleConstant constant && constant.kind() == SimpleConstant.Kind.NONE);
    }

    private void checkSwitch(CatchSwitch choice) {
        checkPlace(choice, "CatchSwitchInst");
        checkEntry(choice);
        if (!isParent(choice.parentPad())) {
            findings.error("CatchSwitchInst has an invalid parent.", choice);
        }
        if (choice.handlers().isEmpty()) {
            findings.error("CatchSwitchInst cannot have empty handler list", choice);
        }
        for (BasicBlock handler : choice.handlers()) {
            if (!(handler.firstNonPhi() instanceof CatchPad)) {
                findings.error("CatchSwitchInst handlers must be catchpads", choice);
            }
        }
        checkUnwind(choice, choice.unwindDestination(), "CatchSwitchInst");
    }

    private void checkUnwind(Instruction at, @Nullable BasicBlock target, String what) {
        if (target != null && (!target.isPad() || target.firstNonPhi() instanceof LandingPad)) {
            findings.error(what + " must unwind to an EH block which is not a landingpad.", at);
        }
    }

    private void checkEdge(Terminator from, BasicBlock to) {
        Instruction first = to.firstNonPhi();
        if (!(first instanceof ExceptionPad)) {
            return;
        }
        boolean unwinds =
                from instanceof Invoke invoke && invoke.unwindDestination() == to && invoke.normalDestination() != to;
        switch (first) {
            case LandingPad pad -> {
                if (!unwinds) {
                    findings.error(
                            "Block containing LandingPadInst must be jumped to only by the unwind edge of an invoke.",
                            pad);
                }
            }
            case CatchPad pad -> {
                if (pad.parentPad() instanceof CatchSwitch choice && choice != from) {
                    findings.error("Block containg CatchPadInst must be jumped to only by its catchswitch.", pad);
                }
            }
            default -> {
                if (!unwinds && !(from instanceof CleanupRet) && !(from instanceof CatchSwitch)) {
                    findings.error("EH pad must be jumped to via an unwind edge", first);
                }
            }
        }
    }
}
