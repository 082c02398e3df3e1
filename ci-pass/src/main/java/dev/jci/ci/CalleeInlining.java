package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;
import dev.jci.ir.CallBase;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.Module;
import dev.jci.ir.UseIndex;
import dev.jci.ir.analysis.BlockFrequencies;
import dev.jci.ir.analysis.BranchProbabilities;
import dev.jci.ir.analysis.CallGraph;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.LoopForest;
import dev.jci.ir.transform.InlineBody;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts functions that do little most times in the place of calls inside loops. A call of one that counts its own work costs a commit before and one
 * at its end, which is a large part of what such a function does; in the place of the call its ways count as any others. The compiler left the
 * call because all of the function is large. The branches that take the place of calls and returns count as they did.
 */
final class CalleeInlining {
    /** Of a function that is put in the place of calls, in instructions. */
    private static final int LARGEST_BODY = 200;
    /** The work that it is expected to do. */
    private static final double MOST_WORK = 40;
    /** The calls that it is expected to make: each has commits of its own, which stay. */
    private static final double MOST_CALLS = 0.25;
    /** How often a call is made at least when the function that makes it runs once. */
    private static final double LEAST_FREQUENCY = 0.25;
    /** Into one function. */
    private static final int MOST_COPIES = 48;
    /** By how much a function may grow: a share of it, and a bit. */
    private static final int LARGEST_SHARE = 4;

    private static final int LEAST_GROWTH = 400;

    private final CallGraph calls;
    private final Options options;
    private final Exclusions exclusions;
    private final Definitions definitions;
    private final Set<Function> frequent;
    private final IdentityHashMap<Function, Optional<InlineBody>> bodies = new IdentityHashMap<>();

    private CalleeInlining(Module module, CallGraph calls, Options options, Set<Function> frequent) {
        this.calls = calls;
        this.options = options;
        this.frequent = frequent;
        this.exclusions = new Exclusions(module, calls, options.skip());
        this.definitions = Definitions.of(module);
    }

    /**
     * Does so in modules that have no probes yet.
     *
     * @param program the modules
     * @param calls who calls whom in them
     * @return whether there was any such call: then the graph is no longer right
     */
    static boolean apply(List<Module> program, CallGraph calls, Options options) {
        IdentityHashMap<Function, CalleeInlining> inliningOf = new IdentityHashMap<>();
        Set<Function> frequent = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Module module : program) {
            if (!Disabled.mayBeIn(module)) {
                CalleeInlining inlining = new CalleeInlining(module, calls, options, frequent);
                module.functions().forEach(function -> inliningOf.put(function, inlining));
            }
        }
        inliningOf.forEach((function, inlining) -> inlining.noteFrequent(function, frequent));
        boolean changed = false;
        for (List<Function> cycle : calls.bottomUp()) {
            for (Function function : cycle) {
                CalleeInlining inlining = inliningOf.get(function);
                changed |= inlining != null && inlining.inlineInto(function);
            }
        }
        return changed;
    }

    /** A call in a loop and how often it is expected to be made. */
    private record Site(Call call, InlineBody body, double frequency) {}

    private boolean mayTakeIn(Function function) {
        return !function.isDeclaration()
                && Legality.mayGrow(function)
                && calls.callees(function).stream()
                        .anyMatch(callee -> body(callee).isPresent())
                && exclusions.reason(function) == null;
    }

    /** Notes what is called often in a loop. It is taken for frequent in other loops too: of an interpreter's cases nothing says which run often. */
    private void noteFrequent(Function function, Set<Function> frequent) {
        if (mayTakeIn(function)) {
            for (Site site : sites(function)) {
                if (site.frequency >= LEAST_FREQUENCY) {
                    frequent.add(site.call.calledFunction());
                }
            }
        }
    }

    private boolean inlineInto(Function function) {
        if (!mayTakeIn(function)) {
            return false;
        }
        int room = LEAST_GROWTH + calls.instructionCount(function) / LARGEST_SHARE;
        int copies = 0;
        List<Site> sites = sites(function);
        if (sites.isEmpty()) {
            return false;
        }
        UseIndex uses = UseIndex.of(function);
        for (Site site : sites) {
            int size = site.body.instructionCount();
            if (size <= room && copies < MOST_COPIES) {
                site.body.replace(site.call, uses);
                room -= size;
                copies++;
            }
        }
        if (copies > 0) {
            function.useListOrders().clear();
        }
        return copies > 0;
    }

    /** The calls that are worth it, those that are made most often first. */
    private List<Site> sites(Function function) {
        ControlFlowGraph graph = ControlFlowGraph.of(function);
        LoopForest loops = LoopForest.of(graph);
        if (loops.loops().isEmpty()) {
            return List.of();
        }
        BlockFrequencies frequencies = BlockFrequencies.of(BranchProbabilities.of(graph, loops), loops);
        List<Site> sites = new ArrayList<>();
        for (int block = 0; block < graph.size(); block++) {
            double frequency = frequencies.of(block);
            if (loops.depth(block) > 0) {
                for (Instruction at = graph.block(block).first(); at != null; at = at.next()) {
                    if (at instanceof Call call && mayReplace(call, function)) {
                        body(call.calledFunction())
                                .filter(body -> body.fits(call))
                                .filter(body ->
                                        frequency >= LEAST_FREQUENCY || frequent.contains(call.calledFunction()))
                                .ifPresent(body -> sites.add(new Site(call, body, frequency)));
                    }
                }
            }
        }
        sites.sort(Comparator.comparingDouble(Site::frequency).reversed());
        return sites;
    }

    private static boolean mayReplace(Call call, Function caller) {
        Function callee = call.calledFunction();
        return callee != null
                && call.callingConvention().equals(callee.callingConvention())
                && call.bundles().isEmpty()
                && !call.attributes().has("noinline")
                && !Legality.mustPrecedeReturn(call)
                && InlineCompatibility.mayBePartOf(callee, caller);
    }

    private Optional<InlineBody> body(Function callee) {
        Optional<InlineBody> known = bodies.get(callee);
        if (known == null) {
            known = isWorthIt(callee) ? Optional.of(InlineBody.of(callee)) : Optional.empty();
            bodies.put(callee, known);
        }
        return known;
    }

    private boolean isWorthIt(Function callee) {
        if (callee.isDeclaration()
                || callee.blockCount() < 2
                || calls.instructionCount(callee) > LARGEST_BODY
                || calls.isRecursive(callee)
                || callee.attributes().has("noinline")
                || callee.attributes().has("cold")
                || definitions.isInterposable(callee)
                || exclusions.reason(callee) != null
                || !InlineBody.isSimple(callee)) {
            return false;
        }
        ControlFlowGraph graph = ControlFlowGraph.of(callee);
        LoopForest loops = LoopForest.of(graph);
        return loops.loops().isEmpty() && !loops.isIrreducible() && doesLittle(graph, loops);
    }

    private boolean doesLittle(ControlFlowGraph graph, LoopForest loops) {
        BlockFrequencies frequencies = BlockFrequencies.of(BranchProbabilities.of(graph, loops), loops);
        double work = 0;
        double made = 0;
        for (int block = 0; block < graph.size(); block++) {
            BasicBlock at = graph.block(block);
            work += frequencies.of(block) * cost(at);
            made += frequencies.of(block) * callsIn(at);
        }
        return work <= MOST_WORK && made <= MOST_CALLS && isUneven(graph);
    }

    private double cost(BasicBlock block) {
        double sum = 0;
        for (Instruction at = block.first(); at != null; at = at.next()) {
            sum += options.costs().of(at);
        }
        return sum;
    }

    private static int callsIn(BasicBlock block) {
        int count = 0;
        for (Instruction at = block.first(); at != null; at = at.next()) {
            if (at instanceof CallBase call && !call.isIntrinsic()) {
                count++;
            }
        }
        return count;
    }

    /** Whether its ways differ too much for its callers to count it. */
    private boolean isUneven(ControlFlowGraph graph) {
        double[] least = new double[graph.size()];
        double[] most = new double[graph.size()];
        boolean[] known = new boolean[graph.size()];
        measure(graph, graph.indexOf(graph.function().entry()), least, most, known);
        int entry = graph.indexOf(graph.function().entry());
        return most[entry] - least[entry] > most[entry] / 20;
    }

    /** The least and the most work from a block to an end of a function without loops. */
    private void measure(ControlFlowGraph graph, int block, double[] least, double[] most, boolean[] known) {
        known[block] = true;
        double low = Double.POSITIVE_INFINITY;
        double high = 0;
        for (int successor : graph.successors(block)) {
            if (!known[successor]) {
                measure(graph, successor, least, most, known);
            }
            low = Math.min(low, least[successor]);
            high = Math.max(high, most[successor]);
        }
        double own = cost(graph.block(block));
        least[block] = own + (Double.isInfinite(low) ? 0 : low);
        most[block] = own + high;
    }
}
