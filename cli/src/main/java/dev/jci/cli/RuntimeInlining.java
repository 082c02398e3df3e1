package dev.jci.cli;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.Module;
import dev.jci.ir.analysis.CallGraph;
import dev.jci.ir.transform.InlineBody;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the runtime's functions with the attribute {@code alwaysinline} in the place of their calls. The code generator alone does not, and a probe
 * that fires goes through thirty of them: as calls they are more than half of what it takes.
 */
final class RuntimeInlining {
    private final Map<Function, InlineBody> bodies = new HashMap<>();

    private RuntimeInlining() {}

    /** Does so in all functions of a module, and removes what is not called any more and nothing outside can call. */
    static void apply(Module runtime) {
        RuntimeInlining inlining = new RuntimeInlining();
        CallGraph.of(runtime).bottomUp().forEach(cycle -> cycle.forEach(inlining::visit));
        CallGraph calls = CallGraph.of(runtime);
        inlining.bodies.keySet().stream()
                .filter(function -> function.hasLocalLinkage()
                        && calls.callers(function).isEmpty()
                        && !calls.isAddressTaken(function))
                .forEach(runtime::remove);
    }

    /** Callees have been visited: their bodies have no more calls to replace. */
    private void visit(Function function) {
        for (Call call : calls(function)) {
            InlineBody body = call.calledFunction() == null ? null : bodies.get(call.calledFunction());
            if (body != null) {
                body.replace(call);
            }
        }
        if (function.attributes().has("alwaysinline") && InlineBody.isSimple(function)) {
            bodies.put(function, InlineBody.of(function));
        }
    }

    private static List<Call> calls(Function function) {
        List<Call> found = new ArrayList<>();
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                if (instruction instanceof Call call) {
                    found.add(call);
                }
            }
        }
        return found;
    }
}
