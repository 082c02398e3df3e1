package dev.jci.bench;

import dev.jci.ir.DataLayout;
import dev.jci.ir.Function;
import dev.jci.ir.Module;
import dev.jci.ir.analysis.BranchProbabilities;
import dev.jci.ir.analysis.CallGraph;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.DominatorTree;
import dev.jci.ir.analysis.Loop;
import dev.jci.ir.analysis.LoopForest;
import dev.jci.ir.analysis.PostDominatorTree;
import dev.jci.ir.analysis.TripCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The analyses that the pass builds on, each for all functions of a module. Each gets the ones that it needs ready made. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class AnalysisBenchmark {
    /** {@code small}, {@code medium} or a path. */
    @Param({"small", "medium"})
    public String file = "";

    private record Analysed(Function function, ControlFlowGraph graph, DominatorTree dominators, LoopForest loops) {}

    private final List<Analysed> functions = new ArrayList<>();
    private Subject subject = Subject.of("small");
    private Module module = new Module();
    private DataLayout layout = DataLayout.of(module);

    /** Reads the module and prepares what the analyses need. */
    @Setup
    public void load() {
        subject = Subject.of(file);
        module = subject.read();
        layout = DataLayout.of(module);
        for (Function function : module.functions()) {
            if (!function.isDeclaration()) {
                ControlFlowGraph graph = ControlFlowGraph.of(function);
                DominatorTree dominators = DominatorTree.of(graph);
                functions.add(new Analysed(function, graph, dominators, LoopForest.of(graph, dominators)));
            }
        }
    }

    /** Who calls whom, and in which order to visit them. */
    @Benchmark
    public List<List<Function>> callGraph(Size size) {
        size.add(subject);
        return CallGraph.of(module).bottomUp();
    }

    /** Blocks and edges. */
    @Benchmark
    public void controlFlowGraph(Size size, Blackhole result) {
        size.add(subject);
        functions.forEach(one -> result.consume(ControlFlowGraph.of(one.function)));
    }

    /** Dominators. */
    @Benchmark
    public void dominators(Size size, Blackhole result) {
        size.add(subject);
        functions.forEach(one -> result.consume(DominatorTree.of(one.graph)));
    }

    /** Post-dominators. */
    @Benchmark
    public void postDominators(Size size, Blackhole result) {
        size.add(subject);
        functions.forEach(one -> result.consume(PostDominatorTree.of(one.graph)));
    }

    /** The loops and how they nest. */
    @Benchmark
    public void loops(Size size, Blackhole result) {
        size.add(subject);
        functions.forEach(one -> result.consume(LoopForest.of(one.graph, one.dominators)));
    }

    /** How often each loop runs. */
    @Benchmark
    public void tripCounts(Size size, Blackhole result) {
        size.add(subject);
        for (Analysed one : functions) {
            for (Loop loop : one.loops.innermostFirst()) {
                result.consume(TripCounts.of(loop, one.dominators, layout));
            }
        }
    }

    /** How likely each branch is. */
    @Benchmark
    public void branchProbabilities(Size size, Blackhole result) {
        size.add(subject);
        functions.forEach(one -> result.consume(BranchProbabilities.of(one.graph, one.loops)));
    }
}
