package dev.jci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.testsupport.NativeTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code jci tune}, with a program of one loop. Nothing here depends on how fast the machine is. */
class TuneTest {
    private static final Path WORK = Path.of("src", "test", "resources", "dev", "jci", "cli", "tune", "work.ll");
    private static final String ENOUGH = "40000000";

    @TempDir
    private Path folder;

    private static Outcome tune(String steps, String way, String... options) {
        List<String> words = new ArrayList<>(List.of("tune", WORK.toString(), "--llvm", "19", "-q", "--runs", "1"));
        words.addAll(List.of("--commit-intervals", "400"));
        words.addAll(List.of(options));
        words.addAll(List.of("--", steps, way));
        return Outcome.ofJci(words.toArray());
    }

    @BeforeEach
    void findTheTools() {
        new NativeTool("llc-19").require();
        new NativeTool("gcc").require();
        Assumptions.assumeTrue(System.getProperty("os.arch", "").equals("amd64"), "the program is for x86-64");
    }

    @Test
    void theOptionsFoundGoIntoAFileThatInstrumentTakes() throws IOException {
        Path found = folder.resolve("found.options");
        Path byFile = folder.resolve("by-file.ll");
        Path byHand = folder.resolve("by-hand.ll");

        Outcome outcome = tune(ENOUGH, "-", "-o", found.toString(), "--memory-cost", "2", "--skip", "no such*");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out())
                .startsWith("wanted: 5000 cycles, ")
                .contains("commit interval  IR interval  median cycles")
                .containsPattern("(?m)^ +400 +\\d+ +\\d+ +\\d+ +\\d+ +[+-]\\d+\\.\\d %$")
                .contains("instrument with: --mode ci --commit-interval 400 --memory-cost 2 --skip no such*")
                .containsPattern("(?m)^in the program:  register_ci\\(\\d+, 5000, handler\\)$");
        assertThat(found)
                .content()
                .containsPattern("(?m)^# in the program: register_ci\\(\\d+, 5000, handler\\)$")
                .endsWith("--mode ci --commit-interval 400 --memory-cost 2 --skip \"no such*\"\n");
        assertThat(Outcome.ofJci("instrument", "@" + found, WORK, "-o", byFile).exitCode())
                .isZero();
        Outcome.ofJci("instrument", "--commit-interval", "400", "--memory-cost", "2", WORK, "-o", byHand);
        assertThat(byFile).hasSameTextualContentAs(byHand);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ci-cycles", "naive"})
    void otherModesAreTuned(String mode) {
        Outcome outcome = tune(ENOUGH, "-", "--mode", mode, "--microseconds", "20");

        assertThat(outcome.err()).doesNotContain("error");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains(" 20.000 microseconds", "instrument with: --mode " + mode);
    }

    @Test
    void oneCommitIntervalMayBeGiven() {
        Outcome outcome = tune(ENOUGH, "-", "--commit-interval", "700");

        assertThat(outcome.out()).containsPattern("(?m)^ +700 ").doesNotContainPattern("(?m)^ +400 ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    40000000 | abort    | the program was ended by signal 6: I give up
                    40000000 | pid      | the program prints something else each time it is run; --any-output takes it as it is
                    40000000 | clock    | the program prints something else with probes; --any-output takes it as it is
                    40000000 | _exit    | the program did not end through exit or the end of main, so that nothing could be measured
                    1000000000000 | -   | the program did not end within 1 seconds; see --timeout
                    """)
    void programsThatCannotBeTunedAreToldInOneLine(String steps, String way, String message) {
        Outcome outcome = tune(steps, way, "--timeout", steps.length() > 10 ? "1" : "60");

        assertThat(outcome).isEqualTo(new Outcome(1, "", WORK + ": error: " + message + System.lineSeparator()));
    }

    @Test
    void shortProgramsAreToldToBeShort() {
        assertThat(tune("1000", "-").err())
                .matches(
                        "\\S+work\\.ll: error: the program is too short to measure: \\d+\\.\\d milliseconds of user time,"
                                + " and 20 are needed; give it more work; it ended with exit code 3\\R");
        assertThat(tune(ENOUGH, "-", "--cycles", "2000000000").err())
                .matches("\\S+work\\.ll: error: the program is too short to measure: the handler was called .*,"
                        + " and 100 calls are needed; give it more work or ask for shorter intervals\\R");
    }

    @Test
    void outputMayBeLeftUnchecked() {
        assertThat(tune(ENOUGH, "pid", "--any-output").exitCode()).isZero();
    }

    @Test
    void programsThatDoNotLinkAreAFailureOfTheTool() {
        Outcome outcome = tune(ENOUGH, "-", "--link=-lnosuchlibrary");

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.err()).startsWith("jci: error: exit code 1 of: ").contains("-lnosuchlibrary");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --mode exact | in mode exact nothing fires, so that there is nothing to tune
                    --abi libci | jci tune measures the default probes, not --abi libci
                    --cycles 5 --microseconds 5 | name the wanted interval in cycles or in microseconds, not in both
                    --cycles 0 | the wanted interval must be positive
                    --microseconds -1 | the wanted interval must be positive
                    --timeout 0 | --runs and --timeout take positive numbers
                    """)
    void wrongUseIsTold(String options, String message) {
        assertThat(tune(ENOUGH, "-", options.split(" ")))
                .isEqualTo(new Outcome(2, "", "jci: error: " + message + System.lineSeparator()));
    }

    @Test
    void nothingIsLeftBehind() throws IOException {
        try (var before = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            List<Path> there = before.filter(TuneTest::isOurs).toList();
            tune("1000", "-");
            try (var after = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
                assertThat(after.filter(TuneTest::isOurs)).isSubsetOf(there);
            }
        }
    }

    private static boolean isOurs(Path file) {
        return file.getFileName().toString().startsWith("jci-tune");
    }
}
