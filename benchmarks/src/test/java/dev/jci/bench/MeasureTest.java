package dev.jci.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.testsupport.RequiresTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that measure: instrumented programs, and jci as a process. Nothing is judged by how long it takes. */
@RequiresTool("python3")
@RequiresTool("cc")
class MeasureTest {
    private static final Path PROGRAMS = Path.of("programs").toAbsolutePath();

    @TempDir
    private Path folder;

    private record Run(int exitCode, String output) {}

    private Run python(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", "-B"));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command)
                .directory(PROGRAMS.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new Run(process.waitFor(), Files.readString(output));
    }

    /** A launcher that runs the classes under test, in the place of the one that builds them. */
    private Path launcher() throws IOException {
        Path launcher = Files.createFile(
                folder.resolve("jci"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        return Files.writeString(
                launcher, """
                #!/bin/sh
                exec '%s/bin/java' -XX:+UseSerialGC -classpath '%s' dev.jci.cli.Jci "$@"
                """.formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
    }

    @Test
    void whatTheTablesSay() throws IOException, InterruptedException {
        Run run = python("-m", "unittest");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).containsPattern("Ran [1-9][0-9]* tests").doesNotContain("skipped");
    }

    @Test
    @RequiresTool("clang-22")
    @RequiresTool("llc-22")
    void aProgramIsMeasuredFromItsSourceToTheTables() throws IOException, InterruptedException {
        Path markdown = folder.resolve("results.md");
        Path plots = folder.resolve("plots");

        Run run = python(
                "measure",
                "--small",
                "--jci=" + launcher(),
                "--programs=switches",
                "--modes=ci-cycles",
                "--level=2,0",
                "--runs=1",
                "--jobs=1",
                "--markdown=" + markdown,
                "--svg=" + plots);

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(Files.readString(markdown))
                .contains("## Summary", "## Probes only, no handler registered, -O0")
                .contains("## Handler intervals, mode ci-cycles, library time excluded")
                .containsPattern("\\| probes only, -O2: worst \\| at most 1.10 \\| \\**[0-9.]+ \\(switches\\)")
                .containsPattern("\\| counting error: worst \\| at most 3 % \\| \\*\\*[0-9.]+ %\\*\\* \\|")
                .containsPattern("\\| switches( \\| [1-9][0-9,]*){5}( \\| [1-9][0-9.,]*){4} \\|");
        assertThat(plots).isDirectoryContaining("glob:**.svg");
    }

    @Test
    @RequiresTool("opt-19")
    void jciIsComparedWithOpt() throws IOException, InterruptedException {
        Run run = python(
                "../whole-process/compare-opt",
                "--llvm=19",
                "--runs=1",
                "--warm-up=1",
                "--jci=" + launcher(),
                "--java=" + System.getProperty("java.home") + "/bin/java",
                "--warm=" + System.getProperty("java.class.path"),
                "../../examples/primes.ll");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output())
                .containsPattern("\\| opt -S \\| [0-9.]+ \\| [0-9.]+ \\| 1.00 \\|")
                .containsPattern("\\| jci instrument( \\| [0-9.]+){6} \\|")
                .containsPattern("\\| warm, one thread: read, pass, print( \\| [0-9.]+){3} \\|");
    }

    @Test
    void aModeThatDoesNotExistIsAnErrorOfUsage() throws IOException, InterruptedException {
        assertThat(python("measure", "--modes=fast"))
                .satisfies(run -> assertThat(run.exitCode()).isEqualTo(2))
                .satisfies(run -> assertThat(run.output()).contains("no such mode: fast"));
        assertThat(python("measure", "--level=2,4").output()).contains("levels are 0, 1, 2 and 3");
    }
}
