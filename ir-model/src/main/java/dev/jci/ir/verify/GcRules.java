package dev.jci.ir.verify;

import dev.jci.ir.Attribute;
import dev.jci.ir.CallBase;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.OperandBundle;
import dev.jci.ir.PointerType;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import dev.jci.ir.VectorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules about safepoints for precise garbage collection (LLVM's "Garbage Collection Safepoints in LLVM"). */
final class GcRules {
    private static final int CALL_ARGUMENTS = 5;
    private static final int FIXED_ARGUMENTS = 7;
    private static final int ALL_FLAGS = 3;

    private final Function function;
    private final Findings findings;

    GcRules(Function function, Findings findings) {
        this.function = function;
        this.findings = findings;
    }

    void check(CallBase call, String name) {
        switch (name) {
            case "llvm.experimental.gc.statepoint" -> {
                requireCollector(call);
                if (call.argumentCount() >= CALL_ARGUMENTS) {
                    checkStatepoint(call);
                }
            }
            case "llvm.experimental.gc.result" -> {
                requireCollector(call);
                checkResult(call);
            }
            case "llvm.experimental.gc.relocate" -> checkRelocate(call);
            default -> {}
        }
    }

    private void requireCollector(CallBase call) {
        if (function.garbageCollector() == null) {
            findings.error("Enclosing function does not use GC.", call);
        }
    }

    /** The type of the function that a statepoint calls; null when the call does not say. */
    private @Nullable Type calledType(CallBase statepoint) {
        if (statepoint.argumentAttributes(2).get("elementtype") instanceof Attribute.Typed told) {
            return told.type();
        }
        return statepoint.argument(2).type() instanceof PointerType pointer && !findings.since(15)
                ? pointer.pointee()
                : null;
    }

    private static int number(Value value) {
        return value instanceof ConstantInt constant && constant.fitsLong() ? (int) constant.longValue() : -1;
    }

    private void checkStatepoint(CallBase call) {
        if (number(call.argument(1)) < 0) {
            findings.error("gc.statepoint number of patchable bytes must be positive", call);
        }
        Type told = calledType(call);
        if (told == null) {
            findings.error("gc.statepoint callee argument must have elementtype attribute", call);
            return;
        }
        if (!(told instanceof FunctionType called)) {
            findings.error("gc.statepoint callee elementtype must be function type", call);
            return;
        }
        int count = number(call.argument(3));
        if (count < 0) {
            findings.error("gc.statepoint number of arguments to underlying call must be positive", call);
        } else if (called.varArg() && count < called.parameters().size()) {
            findings.error("gc.statepoint mismatch in number of vararg call args", call);
        } else if (!called.varArg() && count != called.parameters().size()) {
            findings.error("gc.statepoint mismatch in number of call args", call);
        } else if ((number(call.argument(4)) & ~ALL_FLAGS) != 0) {
            findings.error("unknown flag used in gc.statepoint flags argument", call);
        } else if (call.argumentCount() < FIXED_ARGUMENTS + count) {
            findings.error("gc.statepoint too few arguments", call);
        } else {
            checkArguments(call, called, count);
        }
    }

    private void checkArguments(CallBase call, FunctionType called, int count) {
        for (int i = 0; i < called.parameters().size(); i++) {
            if (!call.argument(CALL_ARGUMENTS + i)
                    .type()
                    .equals(called.parameters().get(i))) {
                findings.error("gc.statepoint call argument does not match wrapped function type", call);
                return;
            }
        }
        int transitions = number(call.argument(CALL_ARGUMENTS + count));
        int deoptimizations = number(call.argument(CALL_ARGUMENTS + count + 1));
        if (transitions != 0) {
            findings.error("gc.statepoint w/inline transition bundle is deprecated", call);
        } else if (deoptimizations != 0) {
            findings.error("gc.statepoint w/inline deopt operands is deprecated", call);
        } else if (call.argumentCount() != FIXED_ARGUMENTS + count) {
            findings.error("gc.statepoint too many arguments", call);
        }
    }

    private static @Nullable CallBase statepoint(Value token) {
        return token instanceof CallBase call && call.isIntrinsic("llvm.experimental.gc.statepoint") ? call : null;
    }

    private void checkResult(CallBase call) {
        if (call.argumentCount() != 1 || !(call.argument(0) instanceof CallBase token)) {
            return;
        }
        CallBase statepoint = statepoint(token);
        if (statepoint == null) {
            findings.error("gc.result operand #1 must be from a statepoint", call);
        } else if (calledType(statepoint) instanceof FunctionType called
                && !called.result().equals(call.type())) {
            findings.error("gc.result result type does not match wrapped callee", call);
        }
    }

    private void checkRelocate(CallBase call) {
        if (call.argumentCount() != 3) {
            findings.error("wrong number of arguments", call);
            return;
        }
        if (!call.type().isPointerOrVector()) {
            findings.error("gc.relocate must return a pointer or a vector of pointers", call);
            return;
        }
        if (!(call.argument(0) instanceof CallBase token)) {
            return;
        }
        CallBase statepoint = statepoint(token);
        if (statepoint == null) {
            findings.error("gc relocate is incorrectly tied to the statepoint", call);
            return;
        }
        List<Value> live = liveValues(statepoint);
        int base = number(call.argument(1));
        int derived = number(call.argument(2));
        if (live == null) {
            return;
        }
        if (base < 0 || base >= live.size()) {
            findings.error("gc.relocate: statepoint base index out of bounds", call);
        } else if (derived < 0 || derived >= live.size()) {
            findings.error("gc.relocate: statepoint derived index out of bounds", call);
        } else {
            checkRelocated(call, live.get(base).type(), live.get(derived).type());
        }
    }

    private static @Nullable List<Value> liveValues(CallBase statepoint) {
        for (OperandBundle bundle : statepoint.bundles()) {
            if (bundle.tag().equals("gc-live")) {
                return bundle.inputs();
            }
        }
        return null;
    }

    private void checkRelocated(CallBase call, Type base, Type derived) {
        if (!base.isPointerOrVector() || !derived.isPointerOrVector()) {
            findings.error("gc.relocate: relocated value must be a pointer", call);
        } else if (call.type() instanceof VectorType != derived instanceof VectorType) {
            findings.error("gc.relocate: vector relocates to vector and pointer to pointer", call);
        } else if (call.type().scalar() instanceof PointerType result
                && derived.scalar() instanceof PointerType pointer
                && result.addressSpace() != pointer.addressSpace()) {
            findings.error("gc.relocate: relocating a pointer shouldn't change its address space", call);
        }
    }
}
