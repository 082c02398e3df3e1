package dev.jci.ir.verify;

import dev.jci.ir.Attribute;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.Call;
import dev.jci.ir.Cast;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.Instruction;
import dev.jci.ir.PointerType;
import dev.jci.ir.Ret;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import java.util.List;
import java.util.Objects;

/** The rules about calls that must be tail calls (LangRef, "'call' Instruction", on {@code musttail}). */
final class MustTailRules {
    private static final List<String> CHANGE_PASSING = List.of(
            "sret",
            "byval",
            "inalloca",
            "inreg",
            "alignstack",
            "swiftself",
            "swiftasync",
            "swifterror",
            "preallocated",
            "byref");

    private static final List<String> NOT_IN_TAIL_CONVENTIONS =
            List.of("inalloca", "inreg", "swifterror", "preallocated", "byref");

    private final Function function;
    private final Findings findings;

    private MustTailRules(Function function, Findings findings) {
        this.function = function;
        this.findings = findings;
    }

    static void check(Call call, Function function, Findings findings) {
        new MustTailRules(function, findings).check(call);
    }

    private void check(Call call) {
        FunctionType caller = function.functionType();
        FunctionType callee = call.functionType();
        if (call.callee() instanceof InlineAsm) {
            findings.error("cannot use musttail call with inline asm", call);
        } else if (caller.varArg() != callee.varArg()) {
            findings.error("cannot guarantee tail call due to mismatched varargs", call);
        } else if (!areCongruent(caller.result(), callee.result())) {
            findings.error("cannot guarantee tail call due to mismatched return types", call);
        } else if (!call.callingConvention().equals(function.callingConvention())) {
            findings.error("cannot guarantee tail call due to mismatched calling conv", call);
        } else if (returnsAtOnce(call)) {
            String convention = call.callingConvention().keyword();
            if (convention.equals("tailcc") || convention.equals("swifttailcc")) {
                checkTailConvention(call, convention);
            } else {
                checkPrototypes(call, caller, callee);
            }
        }
    }

    /** Pointers to different things are passed alike. */
    private static boolean areCongruent(Type one, Type other) {
        return one.equals(other)
                || (one instanceof PointerType left
                        && other instanceof PointerType right
                        && left.addressSpace() == right.addressSpace());
    }

    private boolean returnsAtOnce(Call call) {
        Value result = call;
        Instruction next = call.next();
        if (next instanceof Cast cast && cast.value() == call) {
            result = cast;
            next = cast.next();
        }
        if (!(next instanceof Ret ret)) {
            findings.error("musttail call must precede a ret with an optional bitcast", call);
            return false;
        }
        Value returned = ret.value();
        boolean undefined = returned instanceof SimpleConstant constant
                && (constant.kind() == SimpleConstant.Kind.UNDEF || constant.kind() == SimpleConstant.Kind.POISON);
        if (returned != null && returned != result && !undefined) {
            findings.error("musttail call result must be returned", ret);
            return false;
        }
        return true;
    }

    private void checkTailConvention(Call call, String convention) {
        for (int i = 0; i < function.arguments().size(); i++) {
            checkTailConvention(call, function.arguments().get(i).attributes(), convention + " musttail caller");
        }
        for (int i = 0; i < call.functionType().parameters().size(); i++) {
            checkTailConvention(call, call.argumentAttributes(i), convention + " musttail callee");
        }
        if (function.functionType().varArg()) {
            findings.error("cannot guarantee " + convention + " tail call for varargs function", call);
        }
    }

    private void checkTailConvention(Call call, AttributeSet attributes, String where) {
        for (String name : NOT_IN_TAIL_CONVENTIONS) {
            if (attributes.has(name)) {
                findings.error(name + " attribute not allowed in " + where, call);
            }
        }
    }

    private void checkPrototypes(Call call, FunctionType caller, FunctionType callee) {
        if (IntrinsicRules.callsIntrinsic(call)) {
            return;
        }
        if (caller.parameters().size() != callee.parameters().size()) {
            findings.error("cannot guarantee tail call due to mismatched parameter counts", call);
            return;
        }
        for (int i = 0; i < caller.parameters().size(); i++) {
            if (!areCongruent(caller.parameters().get(i), callee.parameters().get(i))) {
                findings.error("cannot guarantee tail call due to mismatched parameter types", call);
                return;
            }
            if (!passesAlike(function.arguments().get(i).attributes(), call.argumentAttributes(i))) {
                findings.error("cannot guarantee tail call due to mismatched ABI impacting function attributes", call);
                return;
            }
        }
    }

    private static boolean passesAlike(AttributeSet caller, AttributeSet callee) {
        for (String name : CHANGE_PASSING) {
            Attribute one = caller.get(name);
            Attribute other = callee.get(name);
            if (!Objects.equals(one, other)) {
                return false;
            }
        }
        boolean aligned = caller.has("byval") || caller.has("byref");
        return !aligned || Objects.equals(caller.get("align"), callee.get("align"));
    }
}
