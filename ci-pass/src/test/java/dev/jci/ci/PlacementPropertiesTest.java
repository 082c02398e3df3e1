package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jci.ci.generated.GeneratedProgram;
import dev.jci.ci.paths.PathAudit;
import dev.jci.ci.paths.Pieces;
import dev.jci.grammar.LlvmIrReader;
import dev.jci.ir.Module;
import dev.jci.ir.verify.Verifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What mode {@code ci} promises, for generated programs with drawn options: no path does more work between two probes than the commit
 * interval and what must be done in one piece, but for a chunk of a loop that was counted before it began; the clock shows what was done, and
 * the program does what it did.
 *
 * <p>The system property {@code jci.programs} says how many programs, {@code jci.seed} with which one to begin.
 */
class PlacementPropertiesTest {
    private static final long PROGRAMS = Long.getLong("jci.programs", 1200);
    private static final long FIRST = Long.getLong("jci.seed", 0);
    private static final int SHOWN = 5;

    /** As if a library did something around the calls of these functions. */
    private static final Map<String, Long> ENTERED =
            Map.of("llvm.entry.f0", 3L, "llvm.entry.f1", 30L, "llvm.entry.f3", 700L);

    private record Sample(GeneratedProgram program, Options options, long argument, long refill) {
        static Sample of(long seed) {
            Random random = new Random(seed * 0x9E3779B97F4A7C15L + 2);
            Options options = Options.defaults()
                    .withMode(random.nextInt(5) == 0 ? Mode.CI_CYCLES : Mode.CI)
                    .withCommitInterval(any(random, 2L, 10L, 40L, 100L, 400L, 1000L, 1000L, 20_000L))
                    .withCosts(CostModel.defaults().withLibraryCall(any(random, 0L, 5L, 100L)))
                    .withAllowedDeviation(random.nextInt(4) == 0 ? any(random, 1L, 10L, 100L) : 0)
                    .withExportCosts(random.nextInt(4) == 0);
            boolean published = options.mode() == Mode.CI && random.nextInt(5) == 0;
            long argument = random.nextBoolean() ? random.nextInt(100) : random.nextLong();
            long refill = any(random, 1L, 40L, 700L, 5000L, 5000L, 1L << 32, Long.MAX_VALUE / 2);
            CostModel costs = options.costs().overriddenBy(any(random, ENTERED, Map.of(), Map.of(), Map.of()));
            return new Sample(
                    GeneratedProgram.of(seed),
                    (published ? options.withAbi(ProbeAbi.LIBCI) : options).withCosts(costs),
                    argument,
                    refill);
        }

        @SafeVarargs
        private static <T> T any(Random random, T... choices) {
            return choices[random.nextInt(choices.length)];
        }

        Module read() {
            return LlvmIrReader.read("seed" + program.seed() + ".ll", program.text())
                    .orThrow();
        }

        /** What a function outside does before the first probe of one that it calls back is not known to its caller. */
        boolean callsBack() {
            return program.text().contains("i64 @apply(ptr %");
        }

        @Override
        public String toString() {
            return "seed " + program.seed() + ", argument " + argument + ", " + options.mode() + ", " + options.abi()
                    + ", commit interval " + options.commitInterval() + ", deviation " + options.allowedDeviation()
                    + ", costs exported " + options.exportCosts() + ", refill " + refill;
        }
    }

    @Test
    void everyPromiseIsKept() {
        List<String> failures = new ArrayList<>();
        for (long seed = FIRST; seed < FIRST + PROGRAMS; seed++) {
            Sample sample = Sample.of(seed);
            try {
                check(sample);
            } catch (AssertionError | RuntimeException failure) {
                failures.add(sample + ": " + failure);
            }
        }
        assertThat(failures.stream().limit(SHOWN))
                .as("%d of %d programs", failures.size(), PROGRAMS)
                .isEmpty();
    }

    private static void check(Sample sample) {
        Module original = sample.read();
        Module instrumented = sample.read();
        CostModel costs = sample.options.costs();
        Report report = CompilerInterrupts.instrument(instrumented, sample.options);
        assertThat(Verifier.verify(instrumented)).isEmpty();
        assertThat(report.diagnostics()).isEmpty();
        long most = sample.options.commitInterval() + Pieces.largest(original, costs);
        long deviation = sample.options.allowedDeviation();
        if (deviation == 0 && !sample.callsBack()) {
            long budget = DagPlacement.budget(sample.options);
            long chunk = DagPlacement.chunk(sample.options);
            assertThat(PathAudit.longest(instrumented, costs, report, budget, chunk))
                    .as("the longest path")
                    .isLessThanOrEqualTo(most);
        }

        // With an allowed deviation each block may be counted by so much too little or too much, and a half for the
        // rounding.
        long allowance = deviation == 0 ? 0 : deviation + 1;
        Observation.Setting setting =
                new Observation.Setting(sample.argument, counted(report), allowance, sample.refill);
        Observation before = Observation.before(original, costs, setting);
        if (!before.ended()) {
            return;
        }
        Observation after = Observation.after(instrumented, costs, setting);
        assertThat(after.outcome()).isEqualTo(before.outcome());
        if (before.thrown() == 0) {
            assertThat(after.clock()).as("the clock").isCloseTo(before.counted(), within(allowance * before.blocks()));
        }
        if (!sample.callsBack()) {
            assertThat(after.longest())
                    .as("the longest run")
                    .isLessThanOrEqualTo(most + longerChunk(instrumented, sample.options));
        }
    }

    /** How much more work than the budget a chunk may do, in a program that takes one from the countdown. */
    private static long longerChunk(Module instrumented, Options options) {
        boolean taken = instrumented.functions().stream().anyMatch(PromotedEmitter::takesChunks);
        return taken ? DagPlacement.chunk(options) - DagPlacement.budget(options) : 0;
    }

    /** What callers count for the functions that leave their work to them. */
    private static Map<String, Long> counted(Report report) {
        Map<String, Long> counted = new HashMap<>();
        for (Report.FunctionReport function : report.functions()) {
            if (function.folded()) {
                counted.put(function.name(), function.exportedCost());
            }
        }
        return counted;
    }
}
