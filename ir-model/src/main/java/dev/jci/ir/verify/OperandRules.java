package dev.jci.ir.verify;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Call;
import dev.jci.ir.CallBase;
import dev.jci.ir.Cast;
import dev.jci.ir.CastTypes;
import dev.jci.ir.FCmp;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.ICmp;
import dev.jci.ir.Instruction;
import dev.jci.ir.Invoke;
import dev.jci.ir.LandingPad;
import dev.jci.ir.Phi;
import dev.jci.ir.Ret;
import dev.jci.ir.Select;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Switch;
import dev.jci.ir.TailCallKind;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import java.util.HashSet;
import java.util.Set;

/** The rules about the operands of one instruction. */
final class OperandRules {
    private final Function function;
    private final Findings findings;

    OperandRules(Function function, Findings findings) {
        this.function = function;
        this.findings = findings;
    }

    private void error(String message, Instruction at) {
        findings.error(message, at);
    }

    void check(Instruction instruction) {
        switch (instruction) {
            case Ret ret -> checkReturn(ret);
            case BinaryOperator binary -> {
                if (!binary.left().type().equals(binary.right().type())) {
                    error("Both operands to a binary operator are not of the same type!", binary);
                }
            }
            case ICmp compare -> {
                if (!compare.left().type().equals(compare.right().type())) {
                    error("Both operands to ICmp instruction are not of the same type!", compare);
                }
            }
            case FCmp compare -> {
                if (!compare.left().type().equals(compare.right().type())) {
                    error("Both operands to FCmp instruction are not of the same type!", compare);
                }
            }
            case Select select -> {
                if (!select.ifTrue().type().equals(select.ifFalse().type())) {
                    error("Invalid operands for select instruction!", select);
                }
            }
            case Phi phi -> checkPhi(phi);
            case Switch choice -> checkSwitch(choice);
            case CallBase call -> checkCall(call);
            case LandingPad pad -> checkLandingPad(pad);
            case Cast cast -> checkCast(cast);
            default -> {}
        }
    }

    private void checkReturn(Ret ret) {
        Type result = function.functionType().result();
        Value value = ret.value();
        Type returned = value == null ? SpecialType.VOID : value.type();
        if (!returned.equals(result)) {
            error("Function return type does not match operand type of return inst!", ret);
        }
    }

    private void checkPhi(Phi phi) {
        for (int i = 0; i < phi.incomingCount(); i++) {
            if (!phi.incomingValue(i).type().equals(phi.type())) {
                error("PHI node operands are not the same type as the result!", phi);
                return;
            }
        }
    }

    private void checkSwitch(Switch choice) {
        Set<Value> seen = new HashSet<>();
        for (int i = 0; i < choice.caseCount(); i++) {
            if (!choice.caseValue(i).type().equals(choice.condition().type())) {
                error("Switch constants must all be same type as switch value!", choice);
                return;
            }
            if (!seen.add(choice.caseValue(i))) {
                error("Duplicate integer as switch case", choice);
                return;
            }
        }
    }

    private void checkCall(CallBase call) {
        FunctionType type = call.functionType();
        int fixed = type.parameters().size();
        if (type.varArg() ? call.argumentCount() < fixed : call.argumentCount() != fixed) {
            error(
                    type.varArg()
                            ? "Called function requires more parameters than were provided!"
                            : "Incorrect number of arguments passed to called function!",
                    call);
            return;
        }
        for (int i = 0; i < fixed; i++) {
            if (!call.argument(i).type().equals(type.parameters().get(i))) {
                error("Call parameter type does not match function signature!", call);
                return;
            }
        }
        if (call instanceof Invoke invoke && !invoke.unwindDestination().isPad()) {
            error("The unwind destination does not have an exception handling instruction!", call);
        }
        if (call instanceof Call tail && tail.tailCallKind() == TailCallKind.MUSTTAIL) {
            MustTailRules.check(tail, function, findings);
        }
    }

    private void checkLandingPad(LandingPad pad) {
        BasicBlock block = pad.parent();
        if (block != null && block.firstNonPhi() != pad) {
            error("LandingPadInst not the first non-PHI instruction in the block.", pad);
        }
        if (function.personality() == null) {
            error("LandingPadInst needs to be in a function with a personality.", pad);
        }
        if (!pad.isCleanup() && pad.clauseCount() == 0) {
            error("LandingPadInst needs at least one clause or to be a cleanup.", pad);
        }
    }

    private void checkCast(Cast cast) {
        Type from = cast.value().type();
        Type to = cast.type();
        if (!CastTypes.isValid(cast.operation(), from, to)) {
            error("invalid cast opcode for cast from '" + from + "' to '" + to + "'", cast);
        }
    }
}
