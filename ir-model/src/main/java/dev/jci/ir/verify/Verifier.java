package dev.jci.ir.verify;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.Diagnostic;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.LanguageVersion;
import dev.jci.ir.Module;
import dev.jci.ir.Terminator;
import java.util.List;

/** Finds what LLVM's verifier would not accept. */
public final class Verifier {
    private Verifier() {}

    /**
     * Checks a whole module by the rules that LLVM 14 to 22 share, so that it finds nothing wrong with what any of them accepts.
     *
     * @return what is wrong, in the order of the module; empty for a valid one
     */
    public static List<Diagnostic> verify(Module module) {
        return verify(module, LanguageVersion.ANY);
    }

    /**
     * Checks a whole module by the rules of one LLVM.
     *
     * @param module the module
     * @param version the LLVM that the module was written for: what its verifier refuses is wrong
     * @return what is wrong, in the order of the module; empty for a valid one
     */
    public static List<Diagnostic> verify(Module module, LanguageVersion version) {
        ModuleRules rules = new ModuleRules(module, version);
        rules.nodeShapes().check(module);
        GlobalRules.check(module, rules);
        for (Function function : module.functions()) {
            check(function, rules);
        }
        UseListRules.check(module, rules.findings());
        rules.debugInfo().checkNamed(module);
        ModuleFlagRules.check(module, rules.findings());
        return rules.findings().diagnostics();
    }

    /**
     * Checks one function.
     *
     * @return what is wrong, in the order of the function; empty for a valid one or a declaration
     */
    public static List<Diagnostic> verify(Function function) {
        ModuleRules rules = new ModuleRules(function.parent(), LanguageVersion.ANY);
        check(function, rules);
        return rules.findings().diagnostics();
    }

    private static void check(Function function, ModuleRules module) {
        List<Diagnostic> found = module.findings().diagnostics();
        AttributeRules attributes = new AttributeRules(function, module.findings());
        attributes.check(function);
        FunctionRules.check(function, module);
        if (function.blockCount() == 0 || !shape(function, found)) {
            return;
        }
        OperandRules rules = new OperandRules(function, module.findings());
        MemoryRules memory = new MemoryRules(function, found);
        IntrinsicRules intrinsics = new IntrinsicRules(function, module);
        ExceptionRules exceptions = new ExceptionRules(function, module.findings());
        InlineAsmRules assembly = new InlineAsmRules(module.findings());
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                rules.check(instruction);
                memory.check(instruction);
                exceptions.check(instruction);
                if (instruction instanceof CallBase call) {
                    intrinsics.check(call);
                    attributes.check(call);
                    assembly.check(call);
                }
                module.metadata().check(instruction);
            }
        }
        SsaRules.check(function, found);
    }

    /** Whether every block is made of instructions and one terminator at its end, which everything else relies on. */
    private static boolean shape(Function function, List<Diagnostic> found) {
        for (BasicBlock block : function.blocks()) {
            if (!(block.last() instanceof Terminator)) {
                found.add(Diagnostic.error(
                        "Basic Block in function '" + function.name() + "' does not have terminator!",
                        block.position()));
                return false;
            }
            for (Instruction instruction : block.instructions()) {
                if (instruction instanceof Terminator && instruction != block.last()) {
                    found.add(Diagnostic.error(
                            "Terminator found in the middle of a basic block!", instruction.position()));
                    return false;
                }
                String complaint = OperandKinds.complaint(instruction, function);
                if (complaint != null) {
                    found.add(Diagnostic.error(complaint, instruction.position()));
                    return false;
                }
            }
            for (BasicBlock successor : block.terminator().successors()) {
                if (successor.parent() != function) {
                    found.add(Diagnostic.error(
                            "Referring to a basic block in another function!",
                            block.terminator().asInstruction().position()));
                    return false;
                }
                if (successor == function.entry()) {
                    found.add(Diagnostic.error(
                            "Entry block to function must not have predecessors!",
                            function.entry().position() >= 0 ? function.entry().position() : function.position()));
                    return false;
                }
            }
        }
        return true;
    }
}
