package dev.jci.bench;

import dev.jci.ci.Options;
import dev.jci.toolchain.ToolException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Locale;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Instrumented code itself: short functions of a shape each, called in this process, with no handler registered. The difference of a
 * mode to {@code PLAIN} is what its probes cost in a call.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgsAppend = {"-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"})
public class KernelBenchmark {
    /** A function of {@code kernels.ll}. */
    @Param({"counted", "uncounted", "calls", "recursion"})
    public String kernel = "";

    /** Where probes go; {@code PLAIN} for none. */
    @Param({"PLAIN", "CI", "CI_CYCLES", "NAIVE", "CNB", "COREDET"})
    public String mode = "";

    /** How many turns a loop makes. */
    @Param("1000")
    public long turns;

    /** The most work without a probe. */
    @Param("1000")
    public long commitInterval;

    private Arena arena = Arena.ofShared();
    private MemorySegment data = MemorySegment.NULL;
    private MethodHandle function = MethodHandles.zero(long.class);

    /**
     * Compiles and loads the kernels.
     *
     * @throws ToolException when there is no {@code llc} or C compiler, or it fails
     * @throws IOException when there is no room for temporary files
     */
    @Setup
    public void load() throws ToolException, IOException {
        arena = Arena.ofShared();
        data = arena.allocate(ValueLayout.JAVA_LONG, turns);
        for (long i = 0; i < turns; i++) {
            // A chain through all elements that ends at the first.
            data.setAtIndex(ValueLayout.JAVA_LONG, i, (i + 1) % turns);
        }
        Options options = mode.equals("PLAIN")
                ? null
                : Options.defaults()
                        .withMode(dev.jci.ci.Mode.valueOf(mode.toUpperCase(Locale.ROOT)))
                        .withCommitInterval(commitInterval);
        function = KernelLibrary.load(options, arena).function(kernel);
    }

    /** Unloads them. */
    @TearDown
    public void unload() {
        arena.close();
    }

    /**
     * One call.
     *
     * @return what the function returns, the same in every mode
     * @throws Throwable never
     */
    @Benchmark
    public long call() throws Throwable {
        return (long) function.invokeExact(data, turns);
    }
}
