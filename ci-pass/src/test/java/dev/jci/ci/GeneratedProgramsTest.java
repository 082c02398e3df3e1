package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jci.ci.generated.GeneratedProgram;
import dev.jci.ci.paths.Pieces;
import dev.jci.emit.LlvmIrPrinter;
import dev.jci.emit.PrintOptions;
import dev.jci.emit.UnprintableException;
import dev.jci.grammar.LlvmIrReader;
import dev.jci.ir.Module;
import dev.jci.ir.verify.Verifier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What holds for every program in every mode, tried on generated ones that are run by the interpreter before and after the pass. What mode
 * {@code ci} promises is in {@link PlacementPropertiesTest}.
 */
class GeneratedProgramsTest {
    private static final long PROGRAMS = 100;
    private static final List<Long> INTERVALS = List.of(2L, 10L, 40L, 100L, 400L, 1000L);
    private static final List<Long> LIBRARY_CALLS = List.of(0L, 5L, 100L);

    private record Sample(
            GeneratedProgram program, Options options, Module original, Module instrumented, Report report) {
        static Sample of(GeneratedProgram program, Module original, Options options) {
            Module instrumented = read(program);
            return new Sample(
                    program, options, original, instrumented, CompilerInterrupts.instrument(instrumented, options));
        }

        /** The largest cost of what is done in one piece. */
        long largestCost() {
            return Pieces.largest(original, options.costs());
        }

        @Override
        public String toString() {
            return "seed " + program.seed() + ", " + options.mode() + ", commit interval " + options.commitInterval()
                    + ", library call " + options.costs().libraryCall() + ":\n" + program.text();
        }
    }

    private static Module read(GeneratedProgram program) {
        return LlvmIrReader.read("seed" + program.seed() + ".ll", program.text())
                .orThrow();
    }

    private static String print(Module module) {
        try {
            return LlvmIrPrinter.print(module, PrintOptions.AS_WRITTEN);
        } catch (UnprintableException exception) {
            throw new AssertionError(exception);
        }
    }

    private static Options options(long seed) {
        long interval = INTERVALS.get((int) (seed % INTERVALS.size()));
        long libraryCall = LIBRARY_CALLS.get((int) (seed / INTERVALS.size() % LIBRARY_CALLS.size()));
        return Options.defaults()
                .withCommitInterval(interval)
                .withCosts(CostModel.defaults().withLibraryCall(libraryCall));
    }

    @Test
    void programsStayValidDoTheSameAndAreCountedInEveryMode() {
        for (long seed = 0; seed < PROGRAMS; seed++) {
            GeneratedProgram program = GeneratedProgram.of(seed);
            Module original = read(program);
            Observation before = Observation.before(original, options(seed).costs());
            for (Mode mode : Mode.values()) {
                Sample sample = Sample.of(program, original, options(seed).withMode(mode));
                theModuleIsValid(sample);
                if (before.ended()) {
                    Observation after = Observation.after(sample.instrumented, sample.options.costs());
                    assertThat(after.outcome()).as("%s", sample).isEqualTo(before.outcome());
                    // Comparisons that chunks of a loop make superfluous are gone.
                    assertThat(after.work()).as("%s", sample).isLessThanOrEqualTo(before.work());
                    theClockShowsTheWork(sample, before, after);
                    probesAreCloseEnough(sample, after);
                }
            }
        }
    }

    @Test
    void theClockOfThePublishedAbiShowsTheSame() {
        for (long seed = 0; seed < PROGRAMS; seed++) {
            GeneratedProgram program = GeneratedProgram.of(seed);
            Module original = read(program);
            for (Mode mode : List.of(Mode.NAIVE, Mode.CI)) {
                Options options = options(seed).withMode(mode);
                Sample ours = Sample.of(program, original, options);
                Sample published = Sample.of(program, original, options.withAbi(ProbeAbi.LIBCI));
                theModuleIsValid(published);
                Observation expected = Observation.after(ours.instrumented, ours.options.costs());
                Observation actual = Observation.after(published.instrumented, published.options.costs());
                assertThat(actual.outcome()).as("%s", published).isEqualTo(expected.outcome());
                if (mode == Mode.NAIVE || expected.thrown() == 0) {
                    assertThat(actual.clock()).as("%s", published).isEqualTo(expected.clock());
                }
                if (mode == Mode.NAIVE) {
                    assertThat(actual.probes()).as("%s", published).isEqualTo(expected.probes());
                }
            }
        }
    }

    private static void theModuleIsValid(Sample sample) {
        assertThat(Verifier.verify(sample.instrumented)).as("%s", sample).isEmpty();
        assertThat(sample.report.diagnostics()).as("%s", sample).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void twoRunsGiveTheSameText(Mode mode) {
        for (long seed = 0; seed < PROGRAMS / 5; seed++) {
            GeneratedProgram program = GeneratedProgram.of(seed);
            Module original = read(program);
            Options options = options(seed).withMode(mode);
            Sample first = Sample.of(program, original, options);
            Sample second = Sample.of(program, original, options);
            assertThat(print(second.instrumented)).as("%s", first).isEqualTo(print(first.instrumented));
        }
    }

    /** An exception takes what is pending in the frames that it leaves with it, except where it is all about the clock. */
    private static void theClockShowsTheWork(Sample sample, Observation before, Observation after) {
        switch (sample.options.mode()) {
            case EXACT -> assertThat(after.clock()).as("%s", sample).isEqualTo(before.work());
            case NAIVE -> {
                if (before.thrown() == 0) {
                    assertThat(after.clock()).as("%s", sample).isEqualTo(before.work());
                }
            }
            case CI, CI_CYCLES -> {
                if (before.thrown() == 0) {
                    // A function whose paths cost the same but for a twentieth is counted by its callers, by the mean.
                    assertThat(after.clock()).as("%s", sample).isCloseTo(before.work(), within(before.work() / 20));
                }
            }
            case CNB, COREDET -> assertThat(after.clock()).as("%s", sample).isNotNegative();
        }
    }

    /** What a function outside does before the first probe of one that it calls back is not known to its caller. */
    private static boolean callsBack(GeneratedProgram program) {
        return program.text().contains("i64 @apply(ptr %");
    }

    private static void probesAreCloseEnough(Sample sample, Observation after) {
        boolean counts = sample.options.mode() == Mode.CI || sample.options.mode() == Mode.CI_CYCLES;
        if (counts && !callsBack(sample.program)) {
            assertThat(after.longest())
                    .as("%s", sample)
                    .isLessThanOrEqualTo(sample.options.commitInterval() + sample.largestCost());
        }
    }
}
