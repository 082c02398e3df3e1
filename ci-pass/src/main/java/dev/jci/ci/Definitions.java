package dev.jci.ci;

import dev.jci.ir.Function;
import dev.jci.ir.Linkage;
import dev.jci.ir.Module;
import dev.jci.ir.RuntimePreemption;
import dev.jci.ir.analysis.CallGraph;

/**
 * Whether the body of a function that the module has is the one that runs. The linker or the loader may put another one in its place (LangRef,
 * "Linkage Types"; {@code isInterposable} and {@code isDefinitionExact} of LLVM's {@code GlobalValue}).
 *
 * @param semanticInterposition whether the module flag of that name lets the loader replace every function that is not {@code dso_local}
 */
record Definitions(boolean semanticInterposition) {
    /** Those of a module. */
    static Definitions of(Module module) {
        return new Definitions(ModuleFlags.number(module, "SemanticInterposition") != 0);
    }

    /** Whether a function that does something else may run instead: nothing is known of what a call does. */
    boolean isInterposable(Function function) {
        return CallGraph.isInterposable(function)
                || (semanticInterposition
                        && !function.hasLocalLinkage()
                        && function.preemption() != RuntimePreemption.DSO_LOCAL);
    }

    /**
     * Whether no other body may run. One that does the same, from another module, may be placed differently there: it may count itself,
     * because it is used in another way.
     */
    boolean isExact(Function function) {
        Linkage linkage = function.linkage();
        return !isInterposable(function) && linkage != Linkage.LINKONCE_ODR && linkage != Linkage.WEAK_ODR;
    }
}
