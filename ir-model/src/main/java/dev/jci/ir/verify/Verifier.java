package dev.jci.ir.verify;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.Diagnostic;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.LanguageVersion;
import dev.jci.ir.Module;
import dev.jci.ir.Terminator;
import java.util.ArrayList;
import java.util.List;

/** Finds what LLVM's verifier would not accept. */
public final class Verifier {
    private Verifier() {}

    /**
     * Checks a whole module: what every LLVM refuses is wrong.
     *
     * @return what is wrong, in the order of the module; empty for a valid one
     */
    public static List<Diagnostic> verify(Module module) {
        return verify(module, LanguageVersion.ANY);
    }

    /**
     * Checks a whole module.
     *
     * @param version the LLVM that the module was written for: what its verifier refuses is wrong
     * @return what is wrong, in the order of the module; empty for a valid one
     */
    public static List<Diagnostic> verify(Module module, LanguageVersion version) {
        List<Diagnostic> found = new ArrayList<>();
        GlobalRules.check(module, found);
        for (Function function : module.functions()) {
            found.addAll(verify(function));
        }
        return found;
    }

    /**
     * Checks one function.
     *
     * @return what is wrong, in the order of the function; empty for a valid one or a declaration
     */
    public static List<Diagnostic> verify(Function function) {
        List<Diagnostic> found = new ArrayList<>();
        AttributeRules attributes = new AttributeRules(found);
        attributes.check(function);
        FunctionRules.check(function, found);
        if (function.blockCount() == 0) {
            return found;
        }
        if (!shape(function, found)) {
            return found;
        }
        OperandRules rules = new OperandRules(function, found);
        MemoryRules memory = new MemoryRules(function, found);
        IntrinsicRules intrinsics = new IntrinsicRules(function, found);
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                rules.check(instruction);
                memory.check(instruction);
                if (instruction instanceof CallBase call) {
                    intrinsics.check(call);
                    attributes.check(call);
                }
            }
        }
        SsaRules.check(function, found);
        return found;
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
