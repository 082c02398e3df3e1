package dev.jci.ci;

import dev.jci.ir.CallBase;
import dev.jci.ir.Function;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.Instruction;
import dev.jci.ir.Load;
import dev.jci.ir.Store;
import dev.jci.ir.analysis.CallGraph;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What instructions cost when the functions that they call have been placed before. Several threads may ask at the same time as long as none
 * places a function that calls, or is called by, one that another thread places.
 *
 * @param options the cost model and the commit interval
 * @param calls who calls whom, with the definitions in other modules of the program
 * @param summaries of the functions that have been placed
 * @param assumed the functions of which nothing was known when one that calls them was placed, or whose callers may not run any code behind
 *     the call
 */
record InstructionCosts(Options options, CallGraph calls, Map<Function, Summary> summaries, Set<Function> assumed) {
    /** Intrinsics that call functions of the program. */
    private static final List<String> CALLING_INTRINSICS = List.of(
            "llvm.experimental.gc.statepoint",
            "llvm.experimental.patchpoint",
            "llvm.experimental.deoptimize",
            "llvm.coro",
            "llvm.call.preallocated");

    /**
     * What one instruction costs.
     *
     * @param low the least work
     * @param high the most work
     * @param mean the expected work
     * @param run the most work that it may do before a probe of its own or its end
     * @param probes whether it may run a probe
     * @param probesSurely whether it runs a probe in any case
     */
    record Cost(long low, long high, long mean, long run, boolean probes, boolean probesSurely) {
        static final Cost NONE = of(0, 0);
        private static final Cost ONE = of(1, 1);

        /** Of an instruction that runs no code with probes, or of which it is not known. */
        static Cost of(long work, long run) {
            return new Cost(work, work, work, run, run > work, false);
        }
    }

    /** Whether a caller cannot count what this function may leave to its callers, or not behind the call. */
    boolean isAssumed(Function function) {
        return assumed.contains(function);
    }

    /** The cost of an instruction; calls of folded functions cost what the functions do. */
    Cost of(Instruction instruction) {
        long own = LibraryBrackets.cost(instruction, options);
        if (!(instruction instanceof CallBase call)) {
            return own == 0 ? Cost.NONE : own == 1 ? Cost.ONE : Cost.of(own, own);
        }
        Function target = CallGraph.target(call);
        Function callee = target == null ? null : calls.definition(target);
        Summary summary = callee == null || callee.isDeclaration() ? null : summaries.get(callee);
        if (callee != null && !callee.isDeclaration() && summary == null) {
            // A function of the same cycle of calls, or one that is left alone: nothing is known of it.
            assumed.add(callee);
            return Cost.of(own, CostModel.saturatedSum(own, options.commitInterval()));
        }
        if (summary == null) {
            // Behind a pointer there may be any function of the program, which may go on until its own first probe.
            return Cost.of(own, isIndirect(call) ? CostModel.saturatedSum(own, options.commitInterval()) : own);
        }
        long low = own + summary.low();
        long high = own + summary.high();
        long run = summary.folded() ? high : CostModel.saturatedSum(own, summary.entryRun());
        return new Cost(low, high, own + summary.mean(), run, !summary.folded(), summary.probes());
    }

    /**
     * Whether an instruction may look at the countdown of the thread, or change it: a call, but of a function that is known to leave it alone, and
     * what the program itself does with it.
     */
    boolean mayUseCountdown(Instruction instruction) {
        return switch (instruction) {
            case Load load -> Runtime.isCountdown(load.pointer());
            case Store store -> Runtime.isCountdown(store.pointer());
            case CallBase call
            when call.isIntrinsic() -> CALLING_INTRINSICS.stream().anyMatch(call::isIntrinsic);
            case CallBase call
            when call.callee() instanceof InlineAsm assembly ->
                !assembly.template().isEmpty();
            case CallBase call -> !isQuiet(call);
            default -> false;
        };
    }

    private boolean isQuiet(CallBase call) {
        Function target = CallGraph.target(call);
        Function callee = target == null ? null : calls.definition(target);
        Summary summary = callee == null || callee.isDeclaration() ? null : summaries.get(callee);
        return summary != null && summary.quiet();
    }

    private static boolean isIndirect(CallBase call) {
        return CallGraph.target(call) == null && !(call.callee() instanceof InlineAsm);
    }
}
