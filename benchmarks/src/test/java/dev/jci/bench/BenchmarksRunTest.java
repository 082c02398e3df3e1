package dev.jci.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark method works: each is run for a moment. Nothing is measured. */
class BenchmarksRunTest {
    private static final int PHASES = 17;
    private static final int MODES = 6;
    private static final int BY_MODE = 3; // the pass and its two halves

    private static Collection<RunResult> run(OptionsBuilder options) throws RunnerException {
        System.setProperty("jmh.ignoreLock", "true");
        return new Runner(options.forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(1))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
    }

    private static OptionsBuilder phases() {
        OptionsBuilder options = new OptionsBuilder();
        options.include("dev.jci.bench.*").exclude("KernelBenchmark");
        return options;
    }

    @Test
    void everyPhaseOnTheSmallModule() throws RunnerException {
        OptionsBuilder options = phases();
        options.param("file", "small");

        Collection<RunResult> results = run(options);

        assertThat(results).hasSize(PHASES - BY_MODE + BY_MODE * MODES);
        assertThat(results).allSatisfy(result -> {
            assertThat(result.getPrimaryResult().getScore()).isPositive();
            assertThat(result.getSecondaryResults().get("lines").getScore()).isPositive();
        });
    }

    @Test
    void everyPhaseOnTheMediumModule() throws RunnerException {
        OptionsBuilder options = phases();
        options.param("file", "medium");
        options.param("mode", "CI");

        assertThat(run(options)).hasSize(PHASES);
    }
}
