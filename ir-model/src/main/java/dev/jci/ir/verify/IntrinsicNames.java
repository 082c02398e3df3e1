package dev.jci.ir.verify;

import dev.jci.ir.Function;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which of the intrinsics with rules of their own a function is: its name without the suffixes that stand for types. */
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

    private final IdentityHashMap<Function, String> names = new IdentityHashMap<>();

    /** The name of the intrinsic; empty for one without rules of its own. */
    String of(Function function) {
        String known = names.get(function);
        if (known == null) {
            known = find(function.name());
            names.put(function, known);
        }
        return known;
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
