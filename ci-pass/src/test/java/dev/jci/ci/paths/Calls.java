package dev.jci.ci.paths;

import dev.jci.ci.CostModel;
import dev.jci.ci.Report;
import dev.jci.ir.CallBase;
import dev.jci.ir.Function;
import dev.jci.ir.ICmp;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.Instruction;
import dev.jci.ir.Module;
import dev.jci.ir.analysis.CallGraph;
import java.util.HashMap;
import java.util.Map;

/** What instructions of an instrumented module cost, and what the functions that they call do. */
final class Calls {
    private final Module module;
    private final CallGraph graph;
    private final CostModel costs;
    private long jumped = Bounds.NONE;
    private final Map<Function, Bounds> bounds = new HashMap<>();
    private final Map<Function, Long> counted = new HashMap<>();

    Calls(Module module, CostModel costs, Report report) {
        this.module = module;
        this.graph = CallGraph.of(module);
        this.costs = costs;
        for (Report.FunctionReport entry : report.functions()) {
            Function function = module.function(entry.name());
            if (function != null && entry.folded()) {
                counted.put(function, entry.exportedCost());
            }
        }
    }

    /** Whether an instruction is one of the program; what the pass adds does not stand anywhere in the source. */
    static boolean isOfProgram(Instruction instruction) {
        return instruction.position() >= 0;
    }

    /** The work of an instruction itself. */
    long own(Instruction instruction) {
        boolean replaced = instruction instanceof ICmp
                && instruction.name() != null
                && instruction.name().startsWith("ci.goes.on");
        return isOfProgram(instruction) ? Pieces.of(instruction, costs) : replaced ? 1 : 0;
    }

    /** What the callee of an instruction does; for one behind a pointer, what any function does that may be there. */
    Bounds callee(Instruction instruction) {
        if (!(instruction instanceof CallBase call) || call.isIntrinsic() || !isOfProgram(instruction)) {
            return Bounds.NOTHING;
        }
        Function callee = CallGraph.target(call);
        if (callee == null) {
            return call.calledFunction() == null && call.callee() instanceof InlineAsm ? Bounds.NOTHING : anyFunction();
        }
        return callee.isDeclaration() ? external(callee) : bounds.getOrDefault(callee, Bounds.NEVER);
    }

    private Bounds anyFunction() {
        Bounds all = Bounds.NEVER;
        for (Function function : module.functions()) {
            if (!function.isDeclaration() && !graph.hasOnlyKnownCallers(function)) {
                all = all.or(bounds.getOrDefault(function, Bounds.NEVER));
            }
        }
        return all;
    }

    private static Bounds external(Function callee) {
        return switch (String.valueOf(callee.name())) {
            case "throw" -> Bounds.THROWS;
            case "risky" -> Bounds.NOTHING.or(Bounds.THROWS);
            default -> Bounds.NOTHING;
        };
    }

    /** What callers count for a function; -1 when it counts itself. */
    long counted(Function function) {
        return counted.getOrDefault(function, -1L);
    }

    /** Whether an instruction runs no probe, wherever it leads. */
    boolean isQuiet(Instruction instruction) {
        Bounds callee = callee(instruction);
        return callee.isQuiet();
    }

    /** Whether a call is one of a declared function of that name. */
    static boolean isOf(Instruction instruction, String name) {
        return instruction instanceof CallBase call
                && call.calledFunction() != null
                && name.equals(call.calledFunction().name());
    }

    /** The most work since the last probe when {@code jump} goes back to {@code _setjmp}. */
    long jumped() {
        return jumped;
    }

    /** Remembers how much work may have been done at a call of {@code jump}. */
    void jumpsAfter(long work) {
        jumped = Math.max(jumped, work);
    }

    /** Remembers what a function does; whether that is more than was known. */
    boolean learn(Function function, Bounds found) {
        Bounds before = bounds.put(function, found);
        return !found.equals(before);
    }
}
