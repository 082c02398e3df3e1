package dev.jci.ir.verify;

import dev.jci.ir.CallBase;
import dev.jci.ir.ConstantExpr;
import dev.jci.ir.ConstantFP;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Diagnostic;
import dev.jci.ir.Function;
import dev.jci.ir.IntegerType;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.Value;
import java.util.List;
import java.util.Map;

/**
 * The rule about arguments that must be constants ({@code immarg}). LLVM knows them from its table of intrinsics and not from
 * the declaration, so the common ones stand here; for all others the declaration is asked.
 */
final class Immediates {
    private static final Map<String, int[]> BY_NAME = Map.ofEntries(
            Map.entry("llvm.abs", new int[] {1}),
            Map.entry("llvm.ctlz", new int[] {1}),
            Map.entry("llvm.cttz", new int[] {1}),
            Map.entry("llvm.is.fpclass", new int[] {1}),
            Map.entry("llvm.memcpy", new int[] {3}),
            Map.entry("llvm.memmove", new int[] {3}),
            Map.entry("llvm.memset", new int[] {3}),
            Map.entry("llvm.memcpy.element.unordered.atomic", new int[] {3}),
            Map.entry("llvm.memmove.element.unordered.atomic", new int[] {3}),
            Map.entry("llvm.memset.element.unordered.atomic", new int[] {3}),
            Map.entry("llvm.prefetch", new int[] {1, 2, 3}),
            Map.entry("llvm.returnaddress", new int[] {0}),
            Map.entry("llvm.frameaddress", new int[] {0}),
            Map.entry("llvm.expect.with.probability", new int[] {2}),
            Map.entry("llvm.smul.fix", new int[] {2}),
            Map.entry("llvm.umul.fix", new int[] {2}),
            Map.entry("llvm.vector.insert", new int[] {2}),
            Map.entry("llvm.vector.extract", new int[] {1}),
            Map.entry("llvm.experimental.get.vector.length", new int[] {1, 2}),
            Map.entry("llvm.amdgcn.cs.chain", new int[] {4}));

    private Immediates() {}

    static void check(CallBase call, Function intrinsic, List<Diagnostic> found) {
        String name = intrinsic.name();
        if (name == null || isReadAsInstruction(name)) {
            return;
        }
        for (int i = 0; i < intrinsic.arguments().size() && i < call.argumentCount(); i++) {
            if (intrinsic.arguments().get(i).attributes().has("immarg")) {
                require(call, i, found);
            }
        }
        if (name.startsWith("llvm.loongarch.l")) {
            checkLoongArch(call, name, found);
            return;
        }
        int[] indices = lookUp(name);
        for (int index : indices) {
            require(call, index, found);
        }
    }

    /** The atomics of AMDGPU are read as {@code atomicrmw} instructions. */
    static boolean isReadAsInstruction(String name) {
        return name.startsWith("llvm.amdgcn.atomic.") || name.startsWith("llvm.amdgcn.ds.f");
    }

    /** The longest entry that the name is or extends by a type suffix. */
    private static int[] lookUp(String name) {
        String prefix = name;
        while (true) {
            int[] indices = BY_NAME.get(prefix);
            if (indices != null) {
                return indices;
            }
            int dot = prefix.lastIndexOf('.');
            if (dot <= 4) {
                return new int[0];
            }
            prefix = prefix.substring(0, dot);
        }
    }

    /** In the vector extensions of LoongArch an {@code i32} at the end is an immediate, except where a register is replicated. */
    private static void checkLoongArch(CallBase call, String name, List<Diagnostic> found) {
        if (name.contains("replve.") || name.contains("replgr2vr")) {
            return;
        }
        int last = call.argumentCount() - 1;
        boolean loadsImmediate = name.contains("vldi") || name.contains("vrepli.");
        if ((last >= 1 || loadsImmediate)
                && last >= 0
                && call.argument(last).type().equals(IntegerType.I32)) {
            require(call, last, found);
        }
        if (name.contains("stelm.") && last == 3) {
            require(call, 2, found);
        }
    }

    private static void require(CallBase call, int index, List<Diagnostic> found) {
        if (index >= call.argumentCount()) {
            return;
        }
        Value argument = call.argument(index);
        if (argument instanceof ConstantExpr) {
            // LLVM folds these while it reads.
            return;
        }
        boolean zero = argument instanceof SimpleConstant simple && simple.kind() == SimpleConstant.Kind.ZERO;
        if (!(argument instanceof ConstantInt) && !(argument instanceof ConstantFP) && !zero) {
            found.add(Diagnostic.error("immarg operand has non-immediate parameter", call.position()));
        }
    }
}
