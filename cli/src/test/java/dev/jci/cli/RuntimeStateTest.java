package dev.jci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.testsupport.NativeTool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The state machine of the runtime ({@code runtime/README.md}), for both ABIs of probes. The programs beside this test have their probes
 * written by hand, so that it is known where each of them stands.
 */
class RuntimeStateTest {
    private static final String REGISTERS =
            NativePrograms.SOURCES.resolve("registers.S").toString();

    @TempDir
    private Path folder;

    private NativePrograms programs = new NativePrograms(Path.of(""));

    @BeforeEach
    void takeTheFolder() {
        new NativeTool("llc-19").require();
        new NativeTool("gcc").require();
        programs = new NativePrograms(folder);
    }

    private Path runtime(String abi) {
        Path object = folder.resolve(abi + ".o");
        NativePrograms.jci("runtime", "object", "--abi", abi, "--llvm", "19", "-o", object);
        return object;
    }

    private String run(String source, String abi, String... more) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of(runtime(abi).toString()));
        if (abi.equals("libci")) {
            options.add("-DCI_ABI_LIBCI");
        }
        options.addAll(List.of(more));
        return programs.run(programs.compile(source, options).toString());
    }

    /** R1. */
    @ParameterizedTest
    @ValueSource(strings = {"jci", "libci"})
    void whatTheHandlerDoesToItsRegistrationStaysDone(String abi) throws IOException, InterruptedException {
        assertThat(run("inside.c", abi)).isEqualTo("""
                disabled: 1, depth 1
                enabled and disabled again: 2
                deregistered: 1
                replaced: 1, then 4
                """);
    }

    /**
     * A text with {jci|libci} where the two differ: with the published probes an interval begins when the last one was noticed to be over, with
     * ours when it was over.
     */
    private static String expected(String abi, String text) {
        return text.replaceAll("\\{(\\d+)\\|(\\d+)\\}", abi.equals("jci") ? "$1" : "$2");
    }

    /** R2. */
    @ParameterizedTest
    @ValueSource(strings = {"jci", "libci"})
    void aHandlerIsNotCalledInItself(String abi) throws IOException, InterruptedException {
        assertThat(run("long-handler.c", abi)).isEqualTo(expected(abi, "calls {11|10}, deepest 1\n"));
    }

    /** R3. */
    @ParameterizedTest
    @ValueSource(strings = {"jci", "libci"})
    void aHandlerLeftByLongjmpIsCalledAgainWhereverTheNextProbeStands(String abi)
            throws IOException, InterruptedException {
        assertThat(run("longjmp.c", abi))
                .isEqualTo(expected(abi, "1 {11|10} {12|10} {12|10} {12|10} {12|10} {12|10} {12|10}\n"));
    }

    /** R3. */
    @ParameterizedTest
    @ValueSource(strings = {"jci", "libci"})
    void everyCallOfAHandlerMayEndWithALongjmp(String abi) throws IOException, InterruptedException {
        assertThat(run("longjmp-again.c", abi)).isEqualTo("50\n");
    }

    /** R3: where the runtime cannot see it, the handler says that it is about to be left. */
    @ParameterizedTest
    @ValueSource(strings = {"jci", "libci"})
    void aHandlerMaySayThatItIsLeft(String abi) throws IOException, InterruptedException {
        assertThat(run("leave.c", abi)).isEqualTo(expected(abi, "{11|10}\n"));
    }

    /** R3. */
    @ParameterizedTest
    @ValueSource(strings = {"jci", "libci"})
    void handlersAndHooksMayThrow(String abi) throws IOException, InterruptedException {
        assertThat(run("exceptions.cpp", abi)).isEqualTo(expected(abi, """
                caught at 1200
                handler called again: {11|10}
                hook called again: 3, depth 0
                """));
    }

    /** R3: the look at the handler's frame does not touch memory that is gone. */
    @ParameterizedTest
    @ValueSource(strings = {"jci", "libci"})
    void aHandlerMayNeverComeBackFromAnotherStack(String abi) throws IOException, InterruptedException {
        assertThat(run("stacks.c", abi)).isEqualTo(expected(abi, """
                while the handler waits above: 1
                when its stack is gone: {12|11}
                """));
    }

    /** R4. */
    @ParameterizedTest
    @ValueSource(strings = {"jci", "libci"})
    void disablingNestsAndOutlivesRegistration(String abi) throws IOException, InterruptedException {
        assertThat(run("nesting.c", abi)).isEqualTo(expected(abi, """
                registered: depth 0, calls {11|10}
                disabled three times: depth 3, calls 0
                enabled twice: depth 1, calls 0
                enabled three times: depth 0, calls {12|10}
                enabled twice too often, disabled once: depth 1, calls 0
                registered while disabled: depth 1, calls 0
                enabled: depth 0, calls {12|10}
                deregistered: depth 0, calls 0
                enabled without registration: depth 0, calls 0
                """));
    }

    /** R4. */
    @ParameterizedTest
    @ValueSource(strings = {"jci", "libci"})
    void hooksAreCalledWhileInterruptsAreOnAndOnlyWhenThatChanges(String abi) throws IOException, InterruptedException {
        assertThat(run("hooks.c", abi)).isEqualTo("""
                enable without need
                disable
                disable hook: depth 0, interrupts on
                disable again
                enable
                enable again
                enable hook: depth 0, interrupts on
                no hooks
                """);
    }

    /** R4. */
    @ParameterizedTest
    @ValueSource(strings = {"jci", "libci"})
    void whatAHookDisablesAndEnablesCountsButCallsNoHook(String abi) throws IOException, InterruptedException {
        assertThat(run("hooks-that-disable.c", abi)).isEqualTo("""
                balanced, disabled: disable hook 1, enable hook 0, depth 1
                balanced, enabled: disable hook 0, enable hook 1, depth 0
                the disable hook disables once more: disable hook 1, enable hook 0, depth 2
                enabled once: disable hook 0, enable hook 0, depth 1
                enabled twice: disable hook 0, enable hook 1, depth 0
                the enable hook disables: disable hook 1, enable hook 0, depth 1
                and again: disable hook 1, enable hook 0, depth 1
                left by longjmp: disable hook 1, enable hook 0, depth 0
                and once more: disable hook 1, enable hook 0, depth 0
                """);
    }

    /** R9. */
    @ParameterizedTest
    @ValueSource(strings = {"jci", "libci"})
    void aChildGoesOnAsItsParentWas(String abi) throws IOException, InterruptedException {
        assertThat(run("fork.c", abi)).isEqualTo(expected(abi, """
                child: {12|10}, clock 24000
                parent: {11|10}, status 0
                """));
    }

    /** R9. */
    @ParameterizedTest
    @ValueSource(strings = {"jci", "libci"})
    void aRegistrationBelongsToItsThreadAndEndsWithIt(String abi) throws IOException, InterruptedException {
        assertThat(run("threads.c", abi)).isEqualTo(expected(abi, """
                unregistered thread: 0, depth 0, clock 12000
                registered thread: {11|10}
                after its end: 0
                ended in the handler: yes
                main: {11|10}
                """));
    }

    /** D1. */
    @ParameterizedTest
    @ValueSource(strings = {"jci", "libci"})
    void theClockIsWideAndCountsNothingButWork(String abi) throws IOException, InterruptedException {
        assertThat(run("clock.c", abi)).isEqualTo("""
                start 500
                registered 500
                at the interval 1500, calls 0
                behind it 1501, calls 1, handler's clock 1501
                wide 6000001501, calls 3, handler's clock 6000001501
                disabled 6000001508
                deregistered 6000001515
                bytes 8 8
                """);
    }

    /** D8. */
    @ParameterizedTest
    @ValueSource(strings = {"jci", "libci"})
    void lateProbesCallTheHandlerOnce(String abi) throws IOException, InterruptedException {
        assertThat(run("bursts.c", abi))
                .isEqualTo("""
                after registration: 0
                after a long way without a probe: 1
                after a long handler: 1
                after a long time disabled: %d
                then: %d
                """.formatted(abi.equals("jci") ? 1 : 0, abi.equals("jci") ? 100 : 50));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jci", "libci"})
    void aHandlerDoesNotChangeErrno(String abi) throws IOException, InterruptedException {
        assertThat(run("errno.c", abi)).isEqualTo("calls 1, errno kept\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jci", "libci"})
    void programsForThePublishedHeaderCompile(String abi) throws IOException, InterruptedException {
        assertThat(run("published.c", abi)).isEqualTo("""
                before: 100000 50000
                10 3000 3000 1500 5000
                threshold fits
                hook called: 77
                disabled 1: 77
                deregistered: 77
                after: 100000 100000
                """);
    }

    @Test
    void aProbeKeepsEveryRegister() throws IOException, InterruptedException {
        assumeX86();

        assertThat(run("registers.c", "jci", REGISTERS)).isIn("calls 36, wrong 0, misaligned 0\n", "no avx\n");
    }

    @Test
    void aProbeThatLooksAtTheCycleCounterKeepsEveryRegister() throws IOException, InterruptedException {
        assumeX86();

        assertThat(programs.run(withOwnCounter("registers.c", REGISTERS).toString()))
                .isIn("calls 18, wrong 0, misaligned 0\n", "no avx\n");
    }

    @Test
    void aProbeOfCodeWithoutWideVectorsKeepsItsRegisters() throws IOException, InterruptedException {
        assumeX86();

        assertThat(run("registers.c", "jci", REGISTERS, "-DFIRE=jci_fire_xmm", "-DKEPT=16"))
                .isIn("calls 36, wrong 0, misaligned 0\n", "no avx\n");
        assertThat(programs.run(lookingWith("jci_fire_cycles_xmm", "registers.c", REGISTERS, "-DKEPT=16")
                        .toString()))
                .isIn("calls 18, wrong 0, misaligned 0\n", "no avx\n");
    }

    /** What a program that makes up its cycle counter writes, when it is run with the arguments. */
    private String runWithOwnCounter(String source, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(withOwnCounter(source).toString()));
        command.addAll(List.of(arguments));
        return programs.run(command.toArray(String[]::new));
    }

    private Path withOwnCounter(String source, String... more) throws IOException, InterruptedException {
        return lookingWith("jci_fire_cycles", source, more);
    }

    private Path lookingWith(String fire, String source, String... more) throws IOException, InterruptedException {
        List<String> options = new ArrayList<>(List.of(
                programs.runtimeWithOwnCounter(RuntimeFiles.hostTriple()).toString(), "-DFIRE=" + fire));
        options.addAll(List.of(more));
        return programs.compile(source, options);
    }

    /** A run of mode ci-cycles with a counter of its own: mean distance of calls in cycles, and looks at the counter for one call. */
    private List<long[]> cycles(String... arguments) throws IOException, InterruptedException {
        List<long[]> found = new ArrayList<>();
        for (String line : runWithOwnCounter("cycles.c", arguments).lines().toList()) {
            String[] words = line.split(" ");
            assertThat(words).as(line).hasSize(4);
            found.add(new long[] {Long.parseLong(words[1]), Long.parseLong(words[3])});
        }
        return found;
    }

    /** D17. */
    @Test
    void aFarTooSmallFirstGuessIsOutgrown() throws IOException, InterruptedException {
        assumeX86();

        List<long[]> found = cycles("10", "100000", "1000000", "10", "200");

        assertThat(found.get(0)[0]).isBetween(100_000L, 103_000L);
        assertThat(found.get(0)[1]).as("readings of the counter for one call").isLessThanOrEqualTo(5);
    }

    /** D17. */
    @Test
    void aFarTooLargeFirstGuessIsForgotten() throws IOException, InterruptedException {
        assumeX86();

        List<long[]> found = cycles("100000000", "5000", "1001000", "100", "150", "100000", "100", "150");

        assertThat(found.get(1)[0]).isBetween(5_000L, 5_300L);
    }

    /** D17, D19: the mean follows the target, to 2 % where there is caution. Sixteen intervals at most are as long as the rate before would have them. */
    @Test
    void aRateThatChangesIsFollowed() throws IOException, InterruptedException {
        assumeX86();

        List<long[]> found = cycles(
                "1000", "50000", "100000", "100", "100", "8000", "100", "400", "92000", "100", "400", "2000", "100",
                "25", "98000", "100", "25", "32000", "100", "100", "68000", "100", "100");

        assertThat(List.of(found.get(0), found.get(2), found.get(4), found.get(6)))
                .allSatisfy(mean -> assertThat(mean[0]).isBetween(49_000L, 52_000L));
    }

    /** After 100 intervals of the same rate the counter is not looked at for each. */
    @Test
    void whereTheRateIsEvenTheWorkIsReliedUpon() throws IOException, InterruptedException {
        assumeX86();

        List<long[]> found = cycles("5000", "5000", "5000", "100", "100", "100000", "100", "100");

        assertThat(found.get(1)[0]).isBetween(5_000L, 5_100L);
        assertThat(found.get(1)[1]).as("readings of the counter for one call").isZero();
    }

    /** Where one interval in four holds half as much work as the others, the counter is looked at for each. */
    @Test
    void whereTheRateIsUnevenTheCounterIsLookedAt() throws IOException, InterruptedException {
        assumeX86();

        List<String> arguments = new ArrayList<>(List.of("5000", "5000"));
        for (int i = 0; i < 100; i++) {
            arguments.addAll(List.of("150", "100", "100", "25", "100", "200"));
        }
        List<long[]> found = cycles(arguments.toArray(String[]::new));

        assertThat(found.subList(100, 200).stream().mapToLong(each -> each[1]).sum())
                .isGreaterThanOrEqualTo(100);
    }

    /** Where the handler takes about as long each time, its end is read once for eight calls. */
    @Test
    void theEndOfARegularHandlerIsSeldomRead() throws IOException, InterruptedException {
        assumeX86();

        Intervals regular = handlers("300", "310", "7");
        Intervals irregular = handlers("300", "1000", "2");

        assertThat(irregular.readings() - regular.readings())
                .as("more readings for 100 calls")
                .isGreaterThan(60);
        assertThat(List.of(regular, irregular))
                .allSatisfy(intervals -> assertThat(intervals.mean()).isBetween(4_700L, 5_100L));
    }

    /** What a handler does is no part of an interval that becomes too long, whether its end is read or not. */
    @Test
    void aHandlerThatSeldomTakesLongDelaysNoCall() throws IOException, InterruptedException {
        assumeX86();

        Intervals regular = handlers("300", "300", "1");
        Intervals seldom = handlers("300", "30000", "50");

        assertThat(seldom.longest()).isLessThanOrEqualTo(regular.longest() + 200);
        assertThat(seldom.mean()).isBetween(4_700L, 5_100L);
    }

    private record Intervals(long mean, long longest, long readings) {}

    private Intervals handlers(String... arguments) throws IOException, InterruptedException {
        Matcher line = Pattern.compile("mean (\\d+) longest (\\d+) readings (\\d+)\n")
                .matcher(runWithOwnCounter("handlers.c", arguments));
        assertThat(line.matches()).isTrue();
        return new Intervals(
                Long.parseLong(line.group(1)), Long.parseLong(line.group(2)), Long.parseLong(line.group(3)));
    }

    /** D17. */
    @Test
    void aCounterThatGoesBackOrStandsStillDoesNoHarm() throws IOException, InterruptedException {
        assumeX86();

        List<long[]> found = cycles(
                "1000",
                "50000",
                "10000",
                "100",
                "100",
                "0",
                "-1000000000",
                "0",
                "100000",
                "100",
                "100",
                "10000",
                "100",
                "0",
                "100000",
                "100",
                "100");

        assertThat(found).hasSize(4);
        assertThat(found.get(1)[0]).as("after a jump back").isBetween(50_000L, 52_000L);
        assertThat(found.get(2)[0])
                .as("standing still: none, or one that was all but due")
                .isIn(-1L, 0L);
        assertThat(found.get(3)[0]).as("running again").isBetween(50_000L, 55_000L);
    }

    /** 10.5: cycles with interrupts on from one call to the next; 10,000 are asked for, and a probe comes every 100. */
    @Test
    void theTimeThatInterruptsAreOffIsNoPartOfAnInterval() throws IOException, InterruptedException {
        assertThat(runWithOwnCounter("pauses.c")).isEqualTo("""
                no pauses: 10000
                short pauses at every step: 10000
                pauses longer than the interval: 10000
                pauses with slow work: 10000
                pauses with fast work: 10000
                pauses in pauses: 10000
                the counter goes back in a pause: 10000
                registered in a pause: 10000
                deregistered in a pause: 10000
                the handler disables: 10000
                the handler disables and enables: 10000
                the handler disables and leaves: 10000
                the disable hook takes long: 10000
                the disable hook disables and enables: 10000
                the enable hook disables and enables: 10000
                """);
    }

    private static void assumeX86() {
        org.junit.jupiter.api.Assumptions.assumeTrue(
                System.getProperty("os.arch", "").equals("amd64"), "the cycle counter of x86-64");
    }
}
