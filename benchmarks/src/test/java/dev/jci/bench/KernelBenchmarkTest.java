package dev.jci.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ci.Mode;
import dev.jci.ci.Options;
import dev.jci.testsupport.RequiresTool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The kernels compute the same in every mode. */
@RequiresTool("cc")
@RequiresTool("llc-22")
class KernelBenchmarkTest {
    private static final List<String> KERNELS = List.of("counted", "uncounted", "calls", "recursion");
    private static final long TURNS = 500;
    private static final long FIBONACCI_16 = 987;

    private static long[] results(@Nullable Options options) throws Throwable {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate(ValueLayout.JAVA_LONG, TURNS);
            for (long i = 0; i < TURNS; i++) {
                data.setAtIndex(ValueLayout.JAVA_LONG, i, (i + 1) % TURNS);
            }
            KernelLibrary library = KernelLibrary.load(options, arena);
            long[] results = new long[KERNELS.size()];
            for (int i = 0; i < results.length; i++) {
                results[i] = (long) library.function(KERNELS.get(i)).invokeExact(data, TURNS);
            }
            return results;
        }
    }

    @Test
    void everyModeComputesWhatThePlainKernelsDo() throws Throwable {
        long[] plain = results(null);
        assertThat(plain[1]).as("steps of the chain").isEqualTo(TURNS);
        assertThat(plain[3]).as("Fibonacci number").isEqualTo(FIBONACCI_16);

        SoftAssertions all = new SoftAssertions();
        for (Mode mode : List.of(Mode.CI, Mode.CI_CYCLES, Mode.NAIVE, Mode.CNB, Mode.COREDET)) {
            all.assertThat(results(Options.defaults().withMode(mode).withCommitInterval(100)))
                    .as(mode.keyword())
                    .isEqualTo(plain);
        }
        all.assertAll();
    }

    @Test
    void theBenchmarkCallsTheKernelAsked() throws Throwable {
        KernelBenchmark benchmark = new KernelBenchmark();
        benchmark.kernel = "recursion";
        benchmark.mode = "CI";
        benchmark.turns = TURNS;
        benchmark.commitInterval = 1000;
        benchmark.load();
        try {
            assertThat(benchmark.call()).isEqualTo(FIBONACCI_16);
        } finally {
            benchmark.unload();
        }
    }
}
