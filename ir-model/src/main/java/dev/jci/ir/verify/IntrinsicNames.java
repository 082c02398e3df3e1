package dev.jci.ir.verify;

import dev.jci.ir.Function;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known about the intrinsics that a module calls: which of those with rules of their own each is, its name without the suffixes
 * that stand for types, and whether it is declared with the types that it has.
 */
final class IntrinsicNames {
    private static final Set<String> KNOWN = Set.of(
            "llvm.experimental.gc.relocate",
            "llvm.experimental.gc.result",
            "llvm.experimental.gc.statepoint",
            "llvm.experimental.stepvector",
            "llvm.experimental.vector.extract",
            "llvm.experimental.vector.insert",
            "llvm.experimental.vector.splice",
            "llvm.fptrunc.round",
            "llvm.get.active.lane.mask",
            "llvm.matrix.column.major.load",
            "llvm.matrix.column.major.store",
            "llvm.matrix.multiply",
            "llvm.matrix.transpose",
            "llvm.nvvm.setmaxnreg.dec.sync.aligned.u32",
            "llvm.nvvm.setmaxnreg.inc.sync.aligned.u32",
            "llvm.ptrmask",
            "llvm.stepvector",
            "llvm.vector.extract",
            "llvm.vector.insert",
            "llvm.vector.splice",
            // Two other intrinsics, of LLVM 22: the offset counts from one end and may be as large as the vector.
            "llvm.vector.splice.left",
            "llvm.vector.splice.right",
            "llvm.vp.fcmp",
            "llvm.vp.fpext",
            "llvm.vp.fptosi",
            "llvm.vp.fptoui",
            "llvm.vp.fptrunc",
            "llvm.vp.icmp",
            "llvm.vp.inttoptr",
            "llvm.vp.ptrtoint",
            "llvm.vp.sext",
            "llvm.vp.sitofp",
            "llvm.vp.trunc",
            "llvm.vp.uitofp",
            "llvm.vp.zext");

    private record Known(String name, @Nullable String complaint) {}

    private final IdentityHashMap<Function, Known> known = new IdentityHashMap<>();

    /** The name of the intrinsic; empty for one without rules of its own. */
    String of(Function function) {
        return look(function).name;
    }

    /** What is wrong with the types that it is declared with, null when nothing is. */
    @Nullable
    String complaint(Function function) {
        return look(function).complaint;
    }

    private Known look(Function function) {
        Known found = known.get(function);
        if (found == null) {
            String name = function.name();
            found = new Known(find(name), IntrinsicSignatures.complaint(name, function.functionType()));
            known.put(function, found);
        }
        return found;
    }

    private static String find(@Nullable String name) {
        String prefix = name == null ? "" : name;
        while (!KNOWN.contains(prefix)) {
            int dot = prefix.lastIndexOf('.');
            if (dot < 0) {
                return "";
            }
            prefix = prefix.substring(0, dot);
        }
        return prefix;
    }
}
