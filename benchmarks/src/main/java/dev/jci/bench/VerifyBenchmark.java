package dev.jci.bench;

import dev.jci.ir.Diagnostic;
import dev.jci.ir.Module;
import dev.jci.ir.verify.Verifier;
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

/** The verifier on a module. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class VerifyBenchmark {
    /** {@code small}, {@code medium} or a path. */
    @Param({"small", "medium"})
    public String file = "";

    private Subject subject = Subject.of("small");
    private Module module = new Module();

    /** Reads the module. */
    @Setup
    public void load() {
        subject = Subject.of(file);
        module = subject.read();
    }

    /** All rules on the whole module. */
    @Benchmark
    public List<Diagnostic> verify(Size size) {
        size.add(subject);
        return Verifier.verify(module);
    }
}
