package dev.jci.ci;

import dev.jci.ir.CallBase;
import dev.jci.ir.Function;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.Instruction;
import dev.jci.ir.analysis.CallGraph;
import java.util.IdentityHashMap;

/**
 * What instructions cost when the functions that they call have been placed before.
 *
 * @param options the cost model and the commit interval
 * @param calls who calls whom, with the definitions in other modules of the program
 * @param summaries of the functions that have been placed
 */
record InstructionCosts(Options options, CallGraph calls, IdentityHashMap<Function, Summary> summaries) {
    /**
     * What one instruction costs.
     *
     * @param low the least work
     * @param high the most work
     * @param mean the expected work
     * @param run the most work that it may do before a probe of its own or its end
     * @param probes whether it runs a probe
     */
    record Cost(long low, long high, long mean, long run, boolean probes) {
        static final Cost NONE = new Cost(0, 0, 0, 0, false);
    }

    /** The cost of an instruction; calls of folded functions cost what the functions do. */
    Cost of(Instruction instruction) {
        long own = options.costs().of(instruction);
        Function target = instruction instanceof CallBase call ? CallGraph.target(call) : null;
        Function callee = target == null ? null : calls.definition(target);
        Summary summary = callee == null || callee.isDeclaration() ? null : summaries.get(callee);
        if (callee != null && !callee.isDeclaration() && summary == null) {
            // A function of the same cycle of calls, or one that is left alone: nothing is known of it.
            return new Cost(own, own, own, CostModel.saturatedSum(own, options.commitInterval()), true);
        }
        if (summary == null) {
            // Behind a pointer there may be any function of the program, which may go on until its own first probe.
            long run = isIndirect(instruction) ? CostModel.saturatedSum(own, options.commitInterval()) : own;
            return new Cost(own, own, own, run, run > own);
        }
        if (summary.folded()) {
            return new Cost(
                    own + summary.low(), own + summary.high(), own + summary.mean(), own + summary.high(), false);
        }
        long all = own + summary.mean();
        return new Cost(all, all, all, CostModel.saturatedSum(own, summary.entryRun()), true);
    }

    private static boolean isIndirect(Instruction instruction) {
        return instruction instanceof CallBase call
                && CallGraph.target(call) == null
                && !(call.callee() instanceof InlineAsm);
    }
}
