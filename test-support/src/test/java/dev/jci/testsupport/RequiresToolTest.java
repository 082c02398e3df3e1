package dev.jci.testsupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class RequiresToolTest {
    private static final NativeTool MISSING = new NativeTool("no-such-tool-7");

    @ParameterizedTest
    @CsvSource({
        "llc-14,llvm-14",
        "llvm-as-22,llvm-22",
        "clang-19,clang-19",
        "clang++-16,clang-16",
        "cc,gcc",
        "gcc,gcc",
        "rustc,rustc"
    })
    void namesTheDebianPackage(String command, String debianPackage) {
        assertThat(new NativeTool(command).debianPackage()).isEqualTo(debianPackage);
    }

    @Test
    void findsAnExecutableFileOnThePath(@TempDir Path folder) throws Exception {
        Path plain = Files.writeString(folder.resolve("tool"), "");
        assertThat(new NativeTool("tool").findIn("/nonexistent:" + folder)).isEmpty();
        Files.setPosixFilePermissions(plain, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(new NativeTool("tool").findIn("/nonexistent::" + folder)).contains(plain);
    }

    @Test
    void missingToolSkips() {
        assertThatExceptionOfType(TestAbortedException.class)
                .isThrownBy(() -> MISSING.require(false))
                .withMessage("no-such-tool-7 not found; Debian package llvm-7 brings it");

        Outcome outcome = run(NeedsMissingTool.class, false);
        assertThat(outcome.summary().getTestsSkippedCount()).isEqualTo(1);
        assertThat(outcome.summary().getTestsAbortedCount()).isEqualTo(1);
        assertThat(outcome.summary().getTestsFailedCount()).isZero();
    }

    @Test
    void oneLineTellsWhatWasSkippedForAReason() {
        assertThat(run(NeedsMissingTool.class, false).report())
                .isEqualTo("skipped: no-such-tool-7 not found; Debian package llvm-7 brings it"
                        + " (RequiresToolTest$NeedsMissingTool)\n");
    }

    @Test
    void missingToolFailsWhereToolsAreRequired() {
        assertThatExceptionOfType(AssertionFailedError.class).isThrownBy(() -> MISSING.require(true));

        Outcome outcome = run(NeedsMissingTool.class, true);
        assertThat(outcome.summary().getTestsFailedCount()).isEqualTo(1);
        assertThat(outcome.summary().getTestsSkippedCount()).isZero();
    }

    @Test
    void installedToolLetsTheTestRun() {
        Outcome outcome = run(NeedsShell.class, true);
        assertThat(outcome.summary().getTestsSucceededCount()).isEqualTo(1);
        assertThat(outcome.report()).isEmpty();
    }

    private record Outcome(TestExecutionSummary summary, String report) {}

    private static Outcome run(Class<?> tests, boolean mustBeThere) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        LauncherConfig quiet = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .build();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .configurationParameter(RequiresToolCondition.REQUIRE_PARAMETER, String.valueOf(mustBeThere))
                .build();
        LauncherFactory.create(quiet)
                .execute(
                        request, summary, new SkippedTestReport(new PrintStream(report, true, StandardCharsets.UTF_8)));
        return new Outcome(summary.getSummary(), report.toString(StandardCharsets.UTF_8));
    }

    /** Run by the tests above only: a static nested class is not found by Surefire. */
    static final class NeedsMissingTool {
        @Test
        @RequiresTool("no-such-tool-7")
        void marked() {}

        @Test
        void asking() {
            MISSING.require(false);
        }
    }

    /** Run by a test above only. */
    @RequiresTool("sh")
    @RequiresTool("ls")
    static final class NeedsShell {
        @Test
        void marked() {}
    }
}
