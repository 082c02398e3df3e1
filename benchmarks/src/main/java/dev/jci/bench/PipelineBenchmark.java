package dev.jci.bench;

import dev.jci.ci.CompilerInterrupts;
import dev.jci.ci.Mode;
import dev.jci.ci.Options;
import dev.jci.emit.LlvmIrPrinter;
import dev.jci.emit.PrintOptions;
import dev.jci.emit.UnprintableException;
import dev.jci.ir.Module;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What {@code jci instrument} and {@code jci print} do with a file, from bytes to bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "-XX:+UseSerialGC")
public class PipelineBenchmark {
    /** {@code small}, {@code medium} or a path. */
    @Param({"small", "medium"})
    public String file = "";

    /** The most work without a probe. */
    @Param("1000")
    public long commitInterval;

    private Subject subject = Subject.of("small");
    private Options options = Options.defaults();

    /** Brings the text into memory. */
    @Setup
    public void load() {
        subject = Subject.of(file);
        options = Options.defaults().withMode(Mode.CI).withCommitInterval(commitInterval);
    }

    /**
     * Read, print.
     *
     * @throws UnprintableException never
     */
    @Benchmark
    public byte[] readPrint(Size size) throws UnprintableException {
        size.add(subject);
        return LlvmIrPrinter.bytes(subject.read(), PrintOptions.AS_WRITTEN);
    }

    /**
     * Read, instrument in mode ci, print.
     *
     * @throws UnprintableException never
     */
    @Benchmark
    public byte[] readInstrumentPrint(Size size) throws UnprintableException {
        size.add(subject);
        Module module = subject.read();
        CompilerInterrupts.instrument(module, options);
        return LlvmIrPrinter.bytes(module, PrintOptions.AS_WRITTEN);
    }
}
