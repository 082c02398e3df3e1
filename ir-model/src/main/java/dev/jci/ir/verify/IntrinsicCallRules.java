package dev.jci.ir.verify;

import dev.jci.ir.CallBase;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.DataLayout;
import dev.jci.ir.Function;
import dev.jci.ir.IntegerType;
import dev.jci.ir.MDNode;
import dev.jci.ir.MetadataAsValue;
import dev.jci.ir.Module;
import dev.jci.ir.PointerType;
import dev.jci.ir.Type;
import dev.jci.ir.VectorType;
import org.jspecify.annotations.Nullable;

/** Leads each call of an intrinsic to the rules for it, and has those that stand alone. */
final class IntrinsicCallRules {
    private static final long FEWEST_REGISTERS = 24;
    private static final long MOST_REGISTERS = 256;

    private final Findings findings;
    private final IntrinsicNames names;
    private final DebugInfoRules debugInfo;
    private final @Nullable Module module;
    private final MatrixRules matrices;
    private final ConstrainedFpRules constrained;
    private final VectorRules vectors;
    private final GcRules collector;

    IntrinsicCallRules(Function function, ModuleRules module) {
        this.findings = module.findings();
        this.names = module.intrinsicNames();
        this.debugInfo = module.debugInfo();
        this.module = function.parent();
        this.matrices = new MatrixRules(findings);
        this.constrained = new ConstrainedFpRules(findings);
        this.vectors = new VectorRules(function, findings);
        this.collector = new GcRules(function, findings);
    }

    void check(CallBase call, Function callee) {
        String full = callee.name();
        if (full == null || full.startsWith("llvm.dbg.") || Immediates.isReadAsInstruction(full)) {
            return;
        }
        // Without a declaration, each call says what it means by the name.
        if (!callee.isImplied() && !callee.functionType().equals(call.functionType())) {
            findings.error("Intrinsic called with incompatible signature", call);
            return;
        }
        String complaint =
                callee.isImplied() ? IntrinsicSignatures.complaint(full, call.functionType()) : names.complaint(callee);
        if (complaint != null) {
            findings.error(complaint, call);
            return;
        }
        followMetadata(call);
        String name = names.of(callee);
        if (!name.isEmpty()) {
            check(call, name);
        } else if (full.startsWith(ConstrainedFpRules.PREFIX)) {
            constrained.check(call, full);
        }
    }

    private void check(CallBase call, String name) {
        switch (name) {
            case "llvm.matrix.multiply",
                    "llvm.matrix.transpose",
                    "llvm.matrix.column.major.load",
                    "llvm.matrix.column.major.store" -> matrices.check(call, name);
            case "llvm.experimental.gc.statepoint", "llvm.experimental.gc.result", "llvm.experimental.gc.relocate" ->
                collector.check(call, name);
            case "llvm.fptrunc.round" -> constrained.checkRoundedTruncation(call);
            case "llvm.ptrmask" -> checkPointerMask(call);
            case "llvm.nvvm.setmaxnreg.inc.sync.aligned.u32", "llvm.nvvm.setmaxnreg.dec.sync.aligned.u32" ->
                checkRegisterCount(call);
            default -> vectors.check(call, name);
        }
    }

    /** What arguments lead to stays when debug information is dropped. */
    private void followMetadata(CallBase call) {
        for (int i = 0; i < call.argumentCount(); i++) {
            if (call.argument(i) instanceof MetadataAsValue wrapped && wrapped.metadata() instanceof MDNode node) {
                debugInfo.visit(node, false, call.position());
            }
        }
    }

    /** The mask covers the bits that address arithmetic touches; before version 18 it could be of any width. */
    private void checkPointerMask(CallBase call) {
        if (!findings.since(18) || module == null || call.argumentCount() != 2) {
            return;
        }
        Type pointers = call.argument(0).type();
        Type masks = call.argument(1).type();
        if (!(pointers.scalar() instanceof PointerType pointer)) {
            findings.error("llvm.ptrmask intrinsic first argument must be pointer or vector of pointers", call);
        } else if (pointers instanceof VectorType != masks instanceof VectorType) {
            findings.error("llvm.ptrmask intrinsic arguments must be both scalars or both vectors", call);
        } else if (pointers instanceof VectorType left
                && masks instanceof VectorType right
                && left.length() != right.length()) {
            findings.error("llvm.ptrmask intrinsic arguments must have the same number of elements", call);
        } else if (masks.scalar() instanceof IntegerType mask
                && mask.bits() != DataLayout.of(module).indexBits(pointer.addressSpace())) {
            findings.error(
                    "llvm.ptrmask intrinsic second argument bitwidth must match pointer index type size of first"
                            + " argument",
                    call);
        }
    }

    private void checkRegisterCount(CallBase call) {
        if (call.argumentCount() == 1 && call.argument(0) instanceof ConstantInt count && count.fitsLong()) {
            if (count.longValue() % 8 != 0) {
                findings.error("reg_count argument to nvvm.setmaxnreg must be in multiples of 8", call);
            }
            if (count.longValue() < FEWEST_REGISTERS || count.longValue() > MOST_REGISTERS) {
                findings.error("reg_count argument to nvvm.setmaxnreg must be within [24, 256]", call);
            }
        }
    }
}
