package dev.jci.bench;

import dev.jci.ci.CompilerInterrupts;
import dev.jci.ci.Mode;
import dev.jci.ci.Options;
import dev.jci.ci.Report;
import dev.jci.ir.Module;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The pass: analyses, placement and emission of probes, whole and in its two halves. */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class InstrumentBenchmark {
    /** {@code small}, {@code medium} or a path. */
    @Param({"small", "medium"})
    public String file = "";

    /** Where probes go. */
    @Param({"CI", "CI_CYCLES", "NAIVE", "CNB", "COREDET", "EXACT"})
    public Mode mode = Mode.CI;

    /** The most work without a probe. */
    @Param("1000")
    public long commitInterval;

    private Subject subject = Subject.of("small");
    private Options options = Options.defaults();

    /** Brings the text into memory. */
    @Setup
    public void load() {
        subject = Subject.of(file);
        options = Options.defaults().withMode(mode).withCommitInterval(commitInterval);
    }

    /** The pass changes the module, so each call gets one read for it, outside of the time measured; a call takes long enough for that. */
    @State(Scope.Benchmark)
    public static class Unplaced {
        private Module module = new Module();

        /** Reads a module. */
        @Setup(Level.Invocation)
        public void read(InstrumentBenchmark pass) {
            module = pass.subject.read();
        }
    }

    /** A module for each call whose probes have their places. */
    @State(Scope.Benchmark)
    public static class Placed {
        private CompilerInterrupts.Placement placement = CompilerInterrupts.place(new Module(), Options.defaults());

        /** Reads a module and says where its probes go. */
        @Setup(Level.Invocation)
        public void place(InstrumentBenchmark pass) {
            placement = CompilerInterrupts.place(pass.subject.read(), pass.options);
        }
    }

    /** The whole pass. */
    @Benchmark
    public Report instrument(Unplaced input, Size size) {
        size.add(subject);
        return CompilerInterrupts.instrument(input.module, options);
    }

    /** Analyses and placement. */
    @Benchmark
    public CompilerInterrupts.Placement place(Unplaced input, Size size) {
        size.add(subject);
        return CompilerInterrupts.place(input.module, options);
    }

    /** Emission. */
    @Benchmark
    public Report emit(Placed input, Size size) {
        size.add(subject);
        return input.placement.emit();
    }
}
