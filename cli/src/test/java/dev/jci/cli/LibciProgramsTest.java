package dev.jci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.testsupport.NativeTool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs with the published ABI do what they did before, and their handlers are called. */
class LibciProgramsTest {
    private static final Path PROGRAMS = Path.of("..", "benchmarks", "programs");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"recursion, 0, 14", "recursion, 2, 14", "switches, 2, 19", "threads, 2, 19"})
    void programsDoWhatTheyDid(String name, int level, String version) throws IOException, InterruptedException {
        String clang = new NativeTool("clang-" + version).require().toString();
        new NativeTool("llc-" + version).require();
        String gcc = new NativeTool("gcc").require().toString();
        NativePrograms programs = new NativePrograms(folder);
        Path source = PROGRAMS.resolve(name + ".c");
        Path text = folder.resolve(name + ".ll");
        Path plain = folder.resolve("plain");
        Path harness = folder.resolve("harness.o");
        Path program = folder.resolve("program");
        programs.must(List.of(clang, "-O" + level, "-S", "-emit-llvm", source.toString(), "-o", text.toString()));
        programs.must(List.of(gcc, source.toString(), "-o", plain.toString(), "-lm", "-lpthread"));
        programs.must(List.of(
                gcc,
                "-c",
                "-O1",
                "-I../runtime/include",
                PROGRAMS.resolve("harness/ci_main.c").toString(),
                "-o",
                harness.toString()));

        NativePrograms.jci(
                "build", "--abi", "libci", "--llvm", version, text, harness, "-o", program, "--", "-lm", "-lpthread");

        String expected = firstLines(programs.run(plain.toString()));
        assertThat(firstLines(programs.run(program.toString()))).isEqualTo(expected);
        String registered = programs.run("/bin/sh", "-c", "JCI_TEST_REGISTER=5000 " + program + " 2>&1");
        assertThat(registered).contains(expected.lines().findFirst().orElseThrow());
        assertThat(registered).containsPattern("fired=[1-9]\\d* clock=[1-9]\\d*");
    }

    /** Without what the harness says. */
    private static String firstLines(String output) {
        return output.lines()
                .filter(line -> !line.matches("ci(-thread)?: .*"))
                .reduce("", (before, line) -> before + line + "\n");
    }
}
