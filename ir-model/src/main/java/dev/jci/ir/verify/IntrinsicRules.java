package dev.jci.ir.verify;

import dev.jci.ir.Alloca;
import dev.jci.ir.CallBase;
import dev.jci.ir.ConstantExpr;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Diagnostic;
import dev.jci.ir.ElementTypes;
import dev.jci.ir.Function;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Invoke;
import dev.jci.ir.MDNode;
import dev.jci.ir.MetadataAsValue;
import dev.jci.ir.OperandBundle;
import dev.jci.ir.PointerType;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The rules about calls of intrinsics and about operand bundles (LangRef, "Intrinsic Functions", "Operand Bundles"). */
final class IntrinsicRules {
    private static final Set<String> SINGLE_BUNDLES = Set.of(
            "deopt",
            "gc-transition",
            "funclet",
            "cfguardtarget",
            "preallocated",
            "gc-live",
            "ptrauth",
            "kcfi",
            "convergencectrl",
            "clang.arc.attachedcall");

    private static final Set<String> ATTACHED_CALLS = Set.of(
            "llvm.objc.retainAutoreleasedReturnValue",
            "llvm.objc.claimAutoreleasedReturnValue",
            "llvm.objc.unsafeClaimAutoreleasedReturnValue",
            "objc_retainAutoreleasedReturnValue",
            "objc_claimAutoreleasedReturnValue",
            "objc_unsafeClaimAutoreleasedReturnValue");

    private static final Set<String> GC_ACCESSES = Set.of("llvm.gcroot", "llvm.gcread", "llvm.gcwrite");

    private final Function function;
    private final List<Diagnostic> found;
    private final Findings findings;
    private final IntrinsicCallRules calls;
    private boolean escaped;

    IntrinsicRules(Function function, ModuleRules module) {
        this.function = function;
        this.findings = module.findings();
        this.found = findings.diagnostics();
        this.calls = new IntrinsicCallRules(function, module);
    }

    static boolean isIntrinsic(Function function) {
        return function.name() != null && function.name().startsWith("llvm.");
    }

    /** Whether the call names an intrinsic as what it calls. */
    static boolean callsIntrinsic(CallBase call) {
        Function callee = call.calledFunction();
        return callee != null && isIntrinsic(callee);
    }

    private void error(String message, Instruction at) {
        found.add(Diagnostic.error(message, at.position()));
    }

    void check(CallBase call) {
        List<OperandBundle> bundles = call.bundles();
        if (!bundles.isEmpty()) {
            checkBundles(call, bundles);
        }
        checkArgumentsAreNoIntrinsics(call);
        Function callee = call.calledFunction();
        if (callee == null || !isIntrinsic(callee)) {
            return;
        }
        Immediates.check(call, callee, found);
        calls.check(call, callee);
        checkFrame(call, callee.name());
        checkVectors(call);
        checkPointers(call, bundles);
    }

    private void checkArgumentsAreNoIntrinsics(CallBase call) {
        if (call.isIntrinsic("llvm.experimental.gc.statepoint")) {
            return;
        }
        for (int i = 0; i < call.argumentCount(); i++) {
            if (call.argument(i) instanceof Function passed && isIntrinsic(passed)) {
                error("Invalid user of intrinsic instruction!", call);
            }
        }
    }

    private void checkBundles(CallBase call, List<OperandBundle> bundles) {
        Set<String> seen = new HashSet<>();
        for (OperandBundle bundle : bundles) {
            if (SINGLE_BUNDLES.contains(bundle.tag()) && !seen.add(bundle.tag())) {
                error("Multiple " + bundle.tag() + " operand bundles", call);
            }
            List<Value> inputs = bundle.inputs();
            switch (bundle.tag()) {
                case "funclet", "cfguardtarget", "preallocated", "convergencectrl" -> {
                    if (inputs.size() != 1) {
                        error("Expected exactly one " + bundle.tag() + " bundle operand", call);
                    }
                }
                case "clang.arc.attachedcall" -> checkAttachedCall(call, inputs);
                case "ptrauth" -> checkPointerAuthentication(call, inputs);
                case "kcfi" -> {
                    if (inputs.size() != 1) {
                        error("Expected exactly one kcfi bundle operand", call);
                    } else if (!(inputs.get(0) instanceof ConstantInt type
                            && type.type().bits() == 32)) {
                        error("Kcfi bundle operand must be an i32 constant", call);
                    }
                }
                default -> {}
            }
        }
    }

    private void checkAttachedCall(CallBase call, List<Value> inputs) {
        boolean returnsNothing =
                call.type() == SpecialType.VOID && call.attributes().has("noreturn");
        if (!(call.type() instanceof PointerType) && !returnsNothing) {
            error(
                    "a call with operand bundle \"clang.arc.attachedcall\" must call a function returning a pointer or a"
                            + " non-returning function that has a void return type",
                    call);
        } else if (inputs.size() != 1 || !(base(inputs.get(0)) instanceof Function attached)) {
            error("operand bundle \"clang.arc.attachedcall\" requires one function as an argument", call);
        } else if (!ATTACHED_CALLS.contains(attached.name() == null ? "" : attached.name())) {
            error("invalid function argument", call);
        }
    }

    private void checkPointerAuthentication(CallBase call, List<Value> inputs) {
        if (inputs.size() != 2) {
            error("Expected exactly two ptrauth bundle operands", call);
        } else if (!(inputs.get(0) instanceof ConstantInt key && key.type().bits() == 32)) {
            error("Ptrauth bundle key operand must be an i32 constant", call);
        } else if (!inputs.get(1).type().equals(IntegerType.I64)) {
            error("Ptrauth bundle discriminator operand must be an i64", call);
        }
    }

    private void checkFrame(CallBase call, String name) {
        if (GC_ACCESSES.contains(name)) {
            checkCollector(call, name);
        }
        switch (name) {
            case "llvm.localescape" -> {
                if (call.parent() != function.entry()) {
                    error("llvm.localescape used outside of entry block", call);
                }
                if (escaped) {
                    error("multiple calls to llvm.localescape in one function", call);
                }
                escaped = true;
            }
            case "llvm.va_start.p0" -> checkVarArgs(call);
            case "llvm.va_start" -> {
                if (findings.since(19)) {
                    checkVarArgs(call);
                }
            }
            case "llvm.experimental.noalias.scope.decl" -> checkScopeList(call);
            default -> {}
        }
    }

    /** LLVM checks this since version 19, whose declaration names the address space. */
    private void checkVarArgs(CallBase call) {
        if (!function.functionType().varArg()) {
            error("va_start called in a non-varargs function", call);
        }
    }

    private void checkCollector(CallBase call, String name) {
        if (function.garbageCollector() == null) {
            error("Enclosing function does not use GC.", call);
        }
        if (!name.equals("llvm.gcroot") || call.argumentCount() != 2) {
            return;
        }
        if (!(base(call.argument(0)) instanceof Alloca root)) {
            error("llvm.gcroot parameter #1 must be an alloca.", call);
        } else if (!(root.allocatedType() instanceof PointerType)
                && call.argument(1) instanceof dev.jci.ir.SimpleConstant none
                && none.kind() == dev.jci.ir.SimpleConstant.Kind.NULL) {
            error(
                    "llvm.gcroot parameter #1 must either be a pointer alloca, or argument #2 must be a non-null"
                            + " constant.",
                    call);
        }
    }

    private static Value base(Value pointer) {
        Value at = pointer;
        while (true) {
            if (at instanceof dev.jci.ir.Cast cast && cast.operation() == dev.jci.ir.CastOpcode.BITCAST) {
                at = cast.value();
            } else if (at instanceof ConstantExpr.Conversion conversion) {
                at = conversion.operand();
            } else {
                return at;
            }
        }
    }

    private void checkScopeList(CallBase call) {
        if (call.argumentCount() != 1 || !(call.argument(0) instanceof MetadataAsValue scopes)) {
            return;
        }
        if (!(scopes.metadata() instanceof MDNode list)) {
            error("!id.scope.list must point to an MDNode", call);
        } else if (list.operandCount() != 1) {
            error("!id.scope.list must point to a list with a single scope", call);
        }
    }

    private void checkVectors(CallBase call) {
        if (call.isIntrinsic("llvm.experimental.get.vector.length")
                && call.argumentCount() == 3
                && call.argument(1) instanceof ConstantInt factor
                && factor.value().signum() <= 0) {
            error("get_vector_length: VF must be positive", call);
        }
        if (call.isIntrinsic("llvm.masked.load") && call.argumentCount() == 4) {
            checkAlignment(call, call.argument(1), "masked_load");
        }
        if (call.isIntrinsic("llvm.masked.store") && call.argumentCount() == 4) {
            checkAlignment(call, call.argument(2), "masked_store");
        }
    }

    private void checkAlignment(CallBase call, Value alignment, String what) {
        if (alignment instanceof ConstantInt bytes && bytes.value().bitCount() != 1) {
            error(what + ": alignment must be a power of 2", call);
        }
    }

    private void checkPointers(CallBase call, List<OperandBundle> bundles) {
        if (call.isIntrinsic("llvm.threadlocal.address")
                && call.argumentCount() == 1
                && !(call.argument(0) instanceof GlobalValue)) {
            error("llvm.threadlocal.address first argument must be a GlobalValue", call);
        }
        if (call.isIntrinsic("llvm.experimental.guard")) {
            if (call instanceof Invoke) {
                error("experimental_guard cannot be invoked", call);
            }
            if (bundles.stream().filter(bundle -> bundle.tag().equals("deopt")).count() != 1) {
                error("experimental_guard must have exactly one \"deopt\" operand bundle", call);
            }
        }
        // What a statepoint calls is looked at where the rest of it is.
        int pointer = ElementTypes.argument(call);
        if ((pointer == 0 || pointer == 1)
                && pointer < call.argumentCount()
                && call.argument(pointer).type() instanceof PointerType type
                && (type.isOpaque() || findings.since(15))
                && !call.argumentAttributes(pointer).has("elementtype")) {
            error(
                    "Intrinsic requires elementtype attribute on " + (pointer == 0 ? "first" : "second") + " argument.",
                    call);
        }
    }
}
