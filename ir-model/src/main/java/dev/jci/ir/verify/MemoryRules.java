package dev.jci.ir.verify;

import dev.jci.ir.Alloca;
import dev.jci.ir.Argument;
import dev.jci.ir.AtomicOrdering;
import dev.jci.ir.AtomicRMW;
import dev.jci.ir.CallBase;
import dev.jci.ir.CmpXchg;
import dev.jci.ir.CondBr;
import dev.jci.ir.Diagnostic;
import dev.jci.ir.Fence;
import dev.jci.ir.FloatingPointType;
import dev.jci.ir.Function;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.LandingPad;
import dev.jci.ir.Load;
import dev.jci.ir.Phi;
import dev.jci.ir.PointerType;
import dev.jci.ir.Resume;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Store;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules about memory accesses, their orderings and sizes, and about values that only some instructions may touch. */
final class MemoryRules {
    private final Function function;
    private final List<Diagnostic> found;
    private @Nullable Type landing;

    MemoryRules(Function function, List<Diagnostic> found) {
        this.function = function;
        this.found = found;
    }

    private void error(String message, Instruction at) {
        found.add(Diagnostic.error(message, at.position()));
    }

    void check(Instruction instruction) {
        switch (instruction) {
            case Load load -> checkLoad(load);
            case Store store -> checkStore(store);
            case AtomicRMW update -> checkUpdate(update);
            case CmpXchg exchange -> checkExchange(exchange);
            case Fence fence -> {
                if (fence.ordering() == AtomicOrdering.UNORDERED || fence.ordering() == AtomicOrdering.MONOTONIC) {
                    error("fence instructions may only have acquire, release, acq_rel, or seq_cst ordering.", fence);
                }
            }
            case Alloca alloca -> checkAlloca(alloca);
            case CondBr branch -> {
                if (!branch.condition().type().equals(IntegerType.I1)) {
                    error("Branch condition is not 'i1' type!", branch);
                }
            }
            case IndirectBr branch -> {
                if (!(branch.address().type() instanceof PointerType)) {
                    error("Indirectbr operand must have pointer type!", branch);
                }
            }
            case LandingPad pad -> checkLandingType(pad, pad.type());
            case Resume resume -> checkLandingType(resume, resume.value().type());
            case Phi phi -> {
                if (phi.type() == SpecialType.TOKEN) {
                    error("PHI nodes cannot have token type!", phi);
                }
            }
            case CallBase call -> checkCallee(call);
            default -> {}
        }
        checkSwiftError(instruction);
    }

    private void checkCallee(CallBase call) {
        if (call.calledFunction() == null && call.functionType().result() == SpecialType.TOKEN) {
            error("Return type cannot be token for indirect call!", call);
        }
    }

    private void checkLandingType(Instruction at, Type type) {
        if (landing != null && !landing.equals(type)) {
            error(
                    at instanceof Resume
                            ? "The resume instruction should have a consistent result type inside a function."
                            : "The landingpad instruction should have a consistent result type inside a function.",
                    at);
        }
        if (function.personality() == null && at instanceof Resume) {
            error("ResumeInst needs to be in a function with a personality.", at);
        }
        landing = type;
    }

    private void checkLoad(Load load) {
        if (!SizedTypes.isSized(load.type())) {
            error("loading unsized types is not allowed", load);
        }
        if (load.ordering() != null) {
            if (load.ordering() == AtomicOrdering.RELEASE || load.ordering() == AtomicOrdering.ACQ_REL) {
                error("Load cannot have Release ordering", load);
            }
            checkAtomic(load.type(), "atomic load operand must have integer, pointer, or floating point type!", load);
        }
    }

    private void checkStore(Store store) {
        if (!SizedTypes.isSized(store.value().type())) {
            error("storing unsized types is not allowed", store);
        }
        if (store.ordering() != null) {
            if (store.ordering() == AtomicOrdering.ACQUIRE || store.ordering() == AtomicOrdering.ACQ_REL) {
                error("Store cannot have Acquire ordering", store);
            }
            checkAtomic(
                    store.value().type(),
                    "atomic store operand must have integer, pointer, or floating point type!",
                    store);
        }
    }

    private void checkUpdate(AtomicRMW update) {
        if (update.ordering() == AtomicOrdering.UNORDERED) {
            error("atomicrmw instructions cannot be unordered.", update);
        }
        if (update.value().type() instanceof IntegerType integer) {
            checkSize(integer.bits(), update);
        }
    }

    private void checkExchange(CmpXchg exchange) {
        Type type = exchange.operand(1).type();
        if (!(type instanceof IntegerType) && !(type instanceof PointerType)) {
            error("cmpxchg operand must have integer or pointer type", exchange);
        } else if (!type.equals(exchange.operand(2).type())) {
            error("Expected value type does not match pointer operand type!", exchange);
        } else if (type instanceof IntegerType integer) {
            checkSize(integer.bits(), exchange);
        }
    }

    /** LLVM lets vectors through as a whole only from version 21 on; elements are checked here, whatever the version. */
    private void checkAtomic(Type type, String message, Instruction at) {
        switch (type) {
            case IntegerType integer -> checkSize(integer.bits(), at);
            case FloatingPointType floating -> checkSize(floating.bits() == 80 ? 128 : floating.bits(), at);
            case PointerType pointer -> {}
            default -> error(message, at);
        }
    }

    private void checkSize(int bits, Instruction at) {
        if (bits < 8) {
            error("atomic memory access' size must be byte-sized", at);
        } else if (Integer.bitCount(bits) != 1) {
            error("atomic memory access' operand must have a power-of-two size", at);
        }
    }

    private void checkAlloca(Alloca alloca) {
        if (!SizedTypes.isSized(alloca.allocatedType())) {
            error("Cannot allocate unsized type", alloca);
        }
        if (alloca.count() != null && !(alloca.count().type() instanceof IntegerType)) {
            error("Alloca array size must have integer type", alloca);
        }
        if (alloca.swiftError()) {
            if (!(alloca.allocatedType() instanceof PointerType)) {
                error("swifterror alloca must have pointer type", alloca);
            }
            if (alloca.count() != null && !dev.jci.ir.ConstantInt.i32(1).equals(alloca.count())) {
                error("swifterror alloca must not be array allocation", alloca);
            }
        }
    }

    private static boolean isSwiftError(Value value) {
        return switch (value) {
            case Alloca alloca -> alloca.swiftError();
            case Argument argument -> argument.attributes().has("swifterror");
            default -> false;
        };
    }

    private static boolean calleeTakesSwiftError(CallBase call, int index) {
        Function callee = call.calledFunction();
        return callee != null
                && index < callee.arguments().size()
                && callee.arguments().get(index).attributes().has("swifterror");
    }

    private void checkSwiftError(Instruction user) {
        for (int i = 0; i < user.operandCount(); i++) {
            Value value = user.operand(i);
            boolean swiftError = isSwiftError(value);
            if (!swiftError) {
                continue;
            }
            boolean allowed = switch (user) {
                case Load load -> true;
                case Store store -> i == 1;
                case CallBase call ->
                    i >= 1
                            && i <= call.argumentCount()
                            && (call.argumentAttributes(i - 1).has("swifterror") || calleeTakesSwiftError(call, i - 1));
                default -> false;
            };
            if (!allowed) {
                error(
                        user instanceof Store
                                ? "swifterror value should be the second operand when used by stores"
                                : user instanceof CallBase
                                        ? "swifterror value when used in a callsite should be marked with swifterror"
                                                + " attribute"
                                        : "swifterror value can only be loaded and stored from, or as a swifterror"
                                                + " argument!",
                        user);
            }
        }
    }
}
