package dev.jci.ci;

import static java.util.Objects.requireNonNull;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;
import dev.jci.ir.CallBase;
import dev.jci.ir.DataLayout;
import dev.jci.ir.Diagnostic;
import dev.jci.ir.Function;
import dev.jci.ir.Module;
import dev.jci.ir.Ret;
import dev.jci.ir.analysis.CallGraph;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.LoopForest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The pass: adds probes to the functions of a module, or of all modules of a program. */
public final class CompilerInterrupts {
    /** How many blocks are worth several threads. */
    private static final int WORTH_SHARING = 1000;

    private final Module module;
    private final Options options;
    private final CallGraph calls;
    private final Definitions definitions;
    private final DataLayout layout;
    private final Exclusions exclusions;
    private final @Nullable Runtime runtime;
    private final InstructionCosts costs;
    private final IdentityHashMap<Function, Before> sizes;
    private final boolean isProgram;
    private final boolean mayHaveMarks;
    private final Map<Function, Report.FunctionReport> reports = new ConcurrentHashMap<>();
    private final Map<Function, Diagnostic> diagnostics = new ConcurrentHashMap<>();
    private final Map<Function, List<CallBase>> reaching = new ConcurrentHashMap<>();
    private final Set<Function> untouched = ConcurrentHashMap.newKeySet();

    private CompilerInterrupts(
            Module module,
            Options options,
            CallGraph calls,
            boolean isProgram,
            InstructionCosts costs,
            IdentityHashMap<Function, Before> sizes) {
        this.module = module;
        this.options = options;
        this.calls = calls;
        this.isProgram = isProgram;
        this.costs = costs;
        this.sizes = sizes;
        this.mayHaveMarks = Disabled.mayBeIn(module);
        this.definitions = Definitions.of(module);
        this.layout = DataLayout.of(module);
        this.exclusions = new Exclusions(module, calls, options.skip());
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
        List<Module> program = List.of(module);
        return instrument(program, options, CallGraph.of(program), false, 1).getFirst();
    }

    /**
     * As {@link #instrument(Module, Options)}, with several threads: functions of which neither calls the other are placed at the same time. The
     * module is the same for any number of threads.
     *
     * @param threads how many, 1 or more
     */
    public static Report instrument(Module module, Options options, int threads) {
        List<Module> program = List.of(module);
        return instrument(program, options, CallGraph.of(program), false, threads)
                .getFirst();
    }

    /**
     * Instruments the modules of one program in place, callees first, whichever module they are in. Functions that nothing outside these modules
     * calls by name, as far as the program counts, may leave their work to callers in other modules.
     *
     * @param program all modules of the program that are instrumented
     * @param options what to do; {@link #programOptions} is applied
     * @param threads how many functions may be placed at the same time, 1 or more; the modules are the same for any number
     * @return what was done to each
     * @throws IllegalArgumentException as for one module
     */
    public static List<Report> instrumentProgram(List<Module> program, Options options, int threads) {
        CallGraph calls = CallGraph.of(program);
        return instrument(program, programOptions(calls, options), calls, true, threads);
    }

    /** The options with the costs that hold where these modules are one program: a call of another of them is no call of a library. */
    public static Options programOptions(List<Module> program, Options options) {
        return programOptions(CallGraph.of(program), options);
    }

    private static Options programOptions(CallGraph calls, Options options) {
        Map<String, Long> functions = new HashMap<>(options.costs().functions());
        for (Function function : calls.functions()) {
            if (calls.definition(function) != function && function.name() != null) {
                functions.put(function.name(), 0L);
            }
        }
        return Callbacks.withCosts(calls, options.withCosts(options.costs().withFunctions(functions)));
    }

    /**
     * The first half of {@link #instrument(Module, Options)}: prepares loops and says where probes go, for all functions. The second half is {@link
     * Placement#emit}; both together leave the module as {@code instrument} does. For those who want to know how long each takes.
     *
     * @param module the module; its loops are prepared for probes
     * @param options what to do
     * @return the places, in memory for all functions at the same time
     * @throws IllegalArgumentException as {@link #instrument(Module, Options)}
     */
    public static Placement place(Module module, Options options) {
        CallGraph calls = CallGraph.of(List.of(module));
        CompilerInterrupts pass = passes(List.of(module), options, calls, false).getFirst();
        List<Runnable> emissions = new ArrayList<>();
        PlacementThreads.place(PlacementOrder.of(calls), 1, function -> emissions.add(pass.place(function)));
        return new Placement(pass, emissions);
    }

    /** The places of the probes of a module, see {@link #place}. */
    public static final class Placement {
        private final CompilerInterrupts pass;
        private final List<Runnable> emissions;

        private Placement(CompilerInterrupts pass, List<Runnable> emissions) {
            this.pass = pass;
            this.emissions = emissions;
        }

        /**
         * Writes the probes into the module. To be called once, with the module as {@link CompilerInterrupts#place} left it.
         *
         * @return what was done
         */
        public Report emit() {
            emissions.forEach(Runnable::run);
            return pass.finish();
        }
    }

    private static List<Report> instrument(
            List<Module> program, Options options, CallGraph calls, boolean isProgram, int threads) {
        List<CompilerInterrupts> passes = passes(program, options, calls, isProgram);
        IdentityHashMap<Function, CompilerInterrupts> passOf = new IdentityHashMap<>();
        for (CompilerInterrupts pass : passes) {
            pass.module.functions().forEach(function -> passOf.put(function, pass));
        }
        PlacementThreads.place(
                PlacementOrder.of(calls),
                isWorthSharing(calls) && !declaresInOrder(passes, options) ? threads : 1,
                function -> requireNonNull(passOf.get(function)).place(function).run());
        return passes.stream().map(CompilerInterrupts::finish).toList();
    }

    private static List<CompilerInterrupts> passes(
            List<Module> program, Options given, CallGraph original, boolean isProgram) {
        Options options = Callbacks.withCosts(original, given);
        if (options.mode() == Mode.CI_CYCLES && options.abi() == ProbeAbi.LIBCI) {
            throw new IllegalArgumentException("mode ci-cycles needs the jci probe ABI");
        }
        IdentityHashMap<Function, Before> sizes = sizes(program, original);
        boolean inlined = options.mode().isByCost() && CalleeInlining.apply(program, original, options);
        CallGraph calls = inlined ? CallGraph.of(program) : original;
        InstructionCosts costs =
                new InstructionCosts(options, calls, new ConcurrentHashMap<>(), ConcurrentHashMap.newKeySet());
        if (options.mode().isByCost()) {
            costs.assumed().addAll(calledInTail(calls));
        }
        return program.stream()
                .map(module -> new CompilerInterrupts(module, options, calls, isProgram, costs, sizes))
                .toList();
    }

    private static IdentityHashMap<Function, Before> sizes(List<Module> program, CallGraph calls) {
        IdentityHashMap<Function, Before> sizes = new IdentityHashMap<>();
        for (Module module : program) {
            for (Function function : module.functions()) {
                sizes.put(function, new Before(calls.instructionCount(function), function.blockCount()));
            }
        }
        return sizes;
    }

    /** Whether several symbols of a module are declared when they are first used, so that functions are written in one order only. */
    private static boolean declaresInOrder(List<CompilerInterrupts> passes, Options options) {
        return options.abi() == ProbeAbi.LIBCI
                || options.libraryRate().isPresent()
                || passes.stream().anyMatch(pass -> pass.runtime != null && pass.runtime.hasSeveralSlowPaths());
    }

    /** Whether a second thread would begin before the first one is done. */
    private static boolean isWorthSharing(CallGraph calls) {
        return calls.functions().stream().mapToInt(Function::blockCount).sum() >= WORTH_SHARING;
    }

    /** The functions that return in place of a caller, where it cannot count any more. */
    private static Set<Function> calledInTail(CallGraph calls) {
        Set<Function> found = new HashSet<>();
        for (Function function : calls.functions()) {
            for (BasicBlock block : function.layout()) {
                Function target = block.last() instanceof Ret
                                && Legality.lastInsertionPoint(block) instanceof Call call
                                && Legality.mustPrecedeReturn(call)
                        ? CallGraph.target(call)
                        : null;
                if (target != null) {
                    found.add(calls.definition(target));
                }
            }
        }
        return found;
    }

    private Report finish() {
        SideEffects.admit(module, reaching, untouched);
        module.useListOrders().clear();
        List<Report.FunctionReport> inOrder = new ArrayList<>();
        List<Diagnostic> warnings = new ArrayList<>();
        for (Function function : module.functions()) {
            Report.FunctionReport report = reports.get(function);
            if (report != null) {
                inOrder.add(report);
            }
            Diagnostic diagnostic = diagnostics.get(function);
            if (diagnostic != null) {
                warnings.add(diagnostic);
            }
        }
        return new Report(inOrder, warnings);
    }

    /** Places the probes of a function; what is returned writes them. */
    private Runnable place(Function function) {
        Before before = requireNonNull(sizes.get(function));
        String reason = exclusions.reason(function);
        if (reason != null) {
            untouched.add(function);
            reaching.put(function, SideEffects.reaching(SideEffects.calls(function)));
            return () -> report(function, before, loopsOf(function), new CountdownEmitter.Count(0, 0), reason);
        }
        function.useListOrders().clear();
        if (options.mode().isByCost() && calls.isRecursive(function) && !definitions.isInterposable(function)) {
            RecursiveInlining.apply(function);
        }
        Disabled disabled = mayHaveMarks ? Disabled.takeFrom(function) : Disabled.nowhere();
        Placed placed = place(function, disabled);
        reaching.put(function, SideEffects.reaching(placed.calls));
        return () -> {
            CountdownEmitter.Count count = emit(function, placed.plan).withMore(bracket(function, disabled));
            report(function, before, placed.loops, count, null);
        };
    }

    /** How large a function was. */
    private record Before(int instructions, int blocks) {}

    private void report(
            Function function, Before before, int loops, CountdownEmitter.Count count, @Nullable String reason) {
        Summary summary = costs.summaries().get(function);
        reports.put(
                function,
                new Report.FunctionReport(
                        function.name() == null ? "" : function.name(),
                        before.instructions,
                        before.blocks,
                        loops,
                        count.probes(),
                        count.counters(),
                        summary != null && (summary.folded() || summary.mean() > 0) ? summary.mean() : -1,
                        summary != null && summary.folded(),
                        reason));
    }

    private int bracket(Function function, Disabled disabled) {
        return options.libraryRate().isEmpty() || runtime == null
                ? 0
                : LibraryBrackets.write(function, runtime, options, disabled);
    }

    /**
     * What to do to a function.
     *
     * @param loops how many loops it had
     * @param calls its calls, before it gets probes
     */
    private record Placed(Plan plan, int loops, List<CallBase> calls) {}

    private Placed place(Function function, Disabled disabled) {
        return switch (options.mode()) {
            case NAIVE -> placeSimply(function, SimplePlacements.everyBlock(function, options, disabled));
            case EXACT -> placeSimply(function, SimplePlacements.exact(function, options));
            case CNB -> placeSimply(function, SimplePlacements.callsAndBackEdges(function, options, disabled));
            case COREDET -> placeSimply(function, BalancePlacement.place(function, options, disabled));
            case CI, CI_CYCLES -> placeByCost(function, disabled);
        };
    }

    private static Placed placeSimply(Function function, Plan plan) {
        return new Placed(plan, loopsOf(function), SideEffects.calls(function));
    }

    private static int loopsOf(Function function) {
        return LoopForest.of(ControlFlowGraph.of(function)).innermostFirst().size();
    }

    private Placed placeByCost(Function function, Disabled disabled) {
        boolean knowsCallers = function.hasLocalLinkage()
                || ((isProgram || options.exportCosts())
                        && definitions.isExact(function)
                        && !"main".equals(function.name()));
        boolean mayFold = knowsCallers && !calls.isAddressTaken(function);
        if (!function.hasLocalLinkage() && !isProgram) {
            // Another module may take its address, and call it without counting for it.
            costs.assumed().add(function);
        }
        try {
            DagPlacement.Result result = DagPlacement.place(function, costs, disabled, layout, mayFold);
            if (!definitions.isInterposable(function)) {
                costs.summaries().put(function, result.summary());
            }
            return new Placed(result.plan(), result.loops(), result.calls());
        } catch (PlacementException exception) {
            diagnostics.put(
                    function,
                    Diagnostic.warning(
                            function + ": " + exception.getMessage() + "; every block of it gets a probe",
                            function.position()));
            return placeSimply(function, SimplePlacements.everyBlock(function, options, disabled));
        }
    }

    private CountdownEmitter.Count emit(Function function, Plan plan) {
        if (plan.isEmpty()) {
            return new CountdownEmitter.Count(0, 0);
        }
        if (runtime != null && plan.promotes()) {
            return PromotedEmitter.emit(function, plan, new JciProbe(runtime, function), costs);
        }
        CountdownEmitter.Probe probe = runtime != null
                ? new JciProbe(runtime, function)
                : new LibciProbe(module, function, Runtime.threadLocalMode(module, options));
        return CountdownEmitter.emit(function, plan, probe, DagPlacement.budget(options));
    }
}
