package dev.jci.ci.paths;

import dev.jci.ci.CostModel;
import dev.jci.ci.Report;
import dev.jci.ir.Function;
import dev.jci.ir.Module;
import java.util.List;

/**
 * Bounds the work between two probes on all paths of a module, also those that no input takes. A loop without a probe must have a constant
 * trip count or be one that reserves the work of its iterations; that it stops when it should is not looked into here. A call of a
 * function that leaves its work to its callers does as much as they count for it.
 */
public final class PathAudit {
    private static final int ROUNDS = 50;

    private PathAudit() {}

    /**
     * The most work on any path between two probes, or between a probe and the start or end of a function that other modules may call.
     *
     * @param module after the pass
     * @param report of the pass
     * @param budget what the register begins with
     * @param chunk the most work of a chunk of a loop that is taken from the countdown before it begins; on a path it counts as the budget
     * @throws AssertionError when there is no bound, or the code is not what the pass writes
     */
    public static long longest(Module module, CostModel costs, Report report, long budget, long chunk) {
        Calls calls = new Calls(module, costs, report);
        QuietRegions.Chunks chunks = new QuietRegions.Chunks(budget, chunk);
        List<Function> functions = module.functions().stream()
                .filter(function -> !function.isDeclaration())
                .toList();
        boolean changed = true;
        long longest = 0;
        for (int round = 0; changed; round++) {
            if (round == ROUNDS) {
                throw new AssertionError("calls add up without a probe");
            }
            changed = false;
            longest = 0;
            long jumped = calls.jumped();
            for (Function function : functions) {
                FunctionPaths paths = new FunctionPaths(function, calls, chunks);
                changed |= calls.learn(function, paths.bounds());
                longest = Math.max(longest, paths.longest());
            }
            changed |= calls.jumped() > jumped;
        }
        return longest;
    }
}
