package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.DataLayout;
import dev.jci.ir.Diagnostic;
import dev.jci.ir.Function;
import dev.jci.ir.Module;
import dev.jci.ir.analysis.CallGraph;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.DominatorTree;
import dev.jci.ir.analysis.LoopForest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pass: adds probes to the functions of a module. */
public final class CompilerInterrupts {
    private final Module module;
    private final Options options;
    private final CallGraph calls;
    private final Definitions definitions;
    private final DataLayout layout;
    private final Exclusions exclusions;
    private final @Nullable Runtime runtime;
    private final IdentityHashMap<Function, Summary> summaries = new IdentityHashMap<>();
    private final Map<Function, Report.FunctionReport> reports = new HashMap<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final Set<Function> untouched = new HashSet<>();

    private CompilerInterrupts(Module module, Options options) {
        this.module = module;
        this.options = options;
        this.calls = CallGraph.of(module);
        this.definitions = Definitions.of(module);
        this.layout = DataLayout.of(module);
        this.exclusions = new Exclusions(module, options.skip());
        this.runtime = options.abi() == ProbeAbi.JCI ? Runtime.declare(module, options) : null;
    }

    /**
     * Instruments every function of the module in place, callees first.
     *
     * @param module the module; the runtime's symbols are declared in it
     * @param options what to do
     * @return what was done
     * @throws IllegalArgumentException when the module has something else under the name of a runtime symbol, when it is for a processor
     *     that the default ABI does not know, or when the options ask for cycle checks with the published ABI
     */
    public static Report instrument(Module module, Options options) {
        if (options.mode() == Mode.CI_CYCLES && options.abi() == ProbeAbi.LIBCI) {
            throw new IllegalArgumentException("mode ci-cycles needs the jci probe ABI");
        }
        return new CompilerInterrupts(module, options).run();
    }

    private Report run() {
        for (List<Function> component : calls.bottomUp()) {
            for (Function function : component) {
                if (!function.isDeclaration()) {
                    visit(function);
                }
            }
        }
        SideEffects.admit(module, untouched);
        module.useListOrders().clear();
        List<Report.FunctionReport> inOrder = new ArrayList<>();
        for (Function function : module.functions()) {
            Report.FunctionReport report = reports.get(function);
            if (report != null) {
                inOrder.add(report);
            }
        }
        return new Report(inOrder, diagnostics);
    }

    private void visit(Function function) {
        int instructions = 0;
        for (BasicBlock block : function.blocks()) {
            for (var instruction = block.first(); instruction != null; instruction = instruction.next()) {
                instructions++;
            }
        }
        int blocks = function.blockCount();
        ControlFlowGraph graph = ControlFlowGraph.of(function);
        int loops =
                LoopForest.of(graph, DominatorTree.of(graph)).innermostFirst().size();
        String reason = exclusions.reason(function);
        CountdownEmitter.Count count = new CountdownEmitter.Count(0, 0);
        if (reason == null) {
            function.useListOrders().clear();
            boolean byCost = options.mode() == Mode.CI || options.mode() == Mode.CI_CYCLES;
            if (byCost && calls.isRecursive(function) && !definitions.isInterposable(function)) {
                RecursiveInlining.apply(function);
            }
            count = emit(function, place(function));
        } else {
            untouched.add(function);
        }
        Summary summary = summaries.get(function);
        reports.put(
                function,
                new Report.FunctionReport(
                        function.name() == null ? "" : function.name(),
                        instructions,
                        blocks,
                        loops,
                        count.probes(),
                        count.counters(),
                        summary != null && (summary.folded() || summary.mean() > 0) ? summary.mean() : -1,
                        reason));
    }

    private Plan place(Function function) {
        Disabled disabled = Disabled.takeFrom(function);
        return switch (options.mode()) {
            case NAIVE -> SimplePlacements.everyBlock(function, options, disabled);
            case EXACT -> SimplePlacements.exact(function, options);
            case CNB -> SimplePlacements.callsAndBackEdges(function, options, disabled);
            case COREDET -> BalancePlacement.place(function, options, disabled);
            case CI, CI_CYCLES -> placeByCost(function, disabled);
        };
    }

    private Plan placeByCost(Function function, Disabled disabled) {
        boolean knowsCallers = function.hasLocalLinkage()
                || (options.exportCosts() && definitions.isExact(function) && !"main".equals(function.name()));
        boolean mayFold = knowsCallers && !calls.isAddressTaken(function) && !calls.isRecursive(function);
        try {
            DagPlacement.Result result =
                    DagPlacement.place(function, new InstructionCosts(options, summaries), disabled, layout, mayFold);
            if (!definitions.isInterposable(function)) {
                summaries.put(function, result.summary());
            }
            return result.plan();
        } catch (PlacementException exception) {
            diagnostics.add(Diagnostic.warning(
                    function + ": " + exception.getMessage() + "; every block of it gets a probe",
                    function.position()));
            return SimplePlacements.everyBlock(function, options, disabled);
        }
    }

    private CountdownEmitter.Count emit(Function function, Plan plan) {
        if (plan.isEmpty()) {
            return new CountdownEmitter.Count(0, 0);
        }
        CountdownEmitter.Probe probe = runtime != null
                ? new JciProbe(runtime, function)
                : new LibciProbe(module, function, Runtime.threadLocalMode(module, options));
        return CountdownEmitter.emit(function, plan, probe, DagPlacement.budget(options));
    }
}
