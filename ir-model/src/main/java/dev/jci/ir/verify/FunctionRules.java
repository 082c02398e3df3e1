package dev.jci.ir.verify;

import dev.jci.ir.Argument;
import dev.jci.ir.Function;
import dev.jci.ir.MDNode;
import dev.jci.ir.MetadataAttachment;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Type;
import java.util.Set;

/**
 * The rules about the signature of a function and what is attached to it (LangRef, "Functions", "Calling Conventions").
 * Debug information is not looked at: where it is wrong LLVM drops it with a warning and takes the module.
 */
final class FunctionRules {
    private static final Set<String> KERNELS = Set.of("amdgpu_kernel", "spir_kernel", "amdgpu_cs_chain");

    private static final Set<String> NO_VARARGS = Set.of(
            "amdgpu_kernel",
            "amdgpu_vs",
            "amdgpu_gs",
            "amdgpu_ps",
            "amdgpu_cs",
            "amdgpu_hs",
            "spir_kernel",
            "fastcc",
            "coldcc",
            "intel_ocl_bicc",
            "ptx_kernel",
            "ptx_device");

    private final Function function;
    private final ModuleRules module;

    private FunctionRules(Function function, ModuleRules module) {
        this.function = function;
        this.module = module;
    }

    static void check(Function function, ModuleRules module) {
        FunctionRules rules = new FunctionRules(function, module);
        rules.checkConvention();
        rules.checkAttachments();
        if (!IntrinsicRules.isIntrinsic(function)) {
            rules.checkTypes();
        }
    }

    private void error(String message) {
        module.findings().error(message, function.position());
    }

    private void checkTypes() {
        Type result = function.functionType().result();
        if (result == SpecialType.TOKEN || result == SpecialType.X86_AMX) {
            error("Function returns a " + result + " but isn't an intrinsic");
        }
        for (Argument argument : function.arguments()) {
            Type type = argument.type();
            if (type == SpecialType.TOKEN || type == SpecialType.X86_AMX || type == SpecialType.METADATA) {
                error("Function takes " + type + " but isn't an intrinsic");
            }
        }
    }

    private void checkConvention() {
        String convention = function.callingConvention().keyword();
        if (KERNELS.contains(convention) && function.functionType().result() != SpecialType.VOID) {
            error("Calling convention requires void return type");
        }
        if (NO_VARARGS.contains(convention) && function.functionType().varArg()) {
            error("Calling convention does not support varargs or perfect forwarding!");
        }
        if (convention.startsWith("amdgpu_") || convention.equals("spir_kernel")) {
            for (Argument argument : function.arguments()) {
                if (argument.attributes().has("sret") && !convention.equals("amdgpu_gfx")) {
                    error("Calling convention does not allow sret");
                }
            }
        }
    }

    private void checkAttachments() {
        boolean definition = !function.isDeclaration();
        int profiles = 0;
        int types = 0;
        for (MetadataAttachment attachment : function.attachments()) {
            MDNode node = attachment.node();
            module.nodeShapes().check(node, function.position());
            module.debugInfo().checkAttachment(attachment.kind(), node, function.position());
            switch (attachment.kind()) {
                case "prof" -> {
                    profiles++;
                    if (!definition) {
                        error("function declaration may not have a !prof attachment");
                    }
                }
                case "kcfi_type" -> {
                    types++;
                    if (node.operandCount() != 1) {
                        error("!kcfi_type must have exactly one operand");
                    }
                }
                default -> {}
            }
        }
        if (profiles > 1) {
            error("function must have a single !prof attachment");
        }
        if (types > 1) {
            error("function must have a single !kcfi_type attachment");
        }
    }
}
