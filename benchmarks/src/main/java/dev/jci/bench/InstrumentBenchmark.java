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

/**
 * The pass: analyses, placement and emission of probes, together and the first two without the third, which {@link EmissionBenchmark} has. It changes the module, so each call gets one read for it, outside of the
 * time measured.
 */
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
    private Module module = new Module();

    /** Brings the text into memory. */
    @Setup
    public void load() {
        subject = Subject.of(file);
        options = Options.defaults().withMode(mode).withCommitInterval(commitInterval);
    }

    /** Reads a module to change; a call takes long enough for the clock to be read around each. */
    @Setup(Level.Invocation)
    public void read() {
        module = subject.read();
    }

    /** The whole pass. */
    @Benchmark
    public Report instrument(Size size) {
        size.add(subject);
        return CompilerInterrupts.instrument(module, options);
    }

    /** Analyses and placement. */
    @Benchmark
    public CompilerInterrupts.Placement place(Size size) {
        size.add(subject);
        return CompilerInterrupts.place(module, options);
    }
}
