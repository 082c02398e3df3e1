package dev.jci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.testsupport.NativeTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that are instrumented, compiled, linked and run: they do what they did before, and their handlers are called. */
class ProgramsTest {
    private static final Path PROGRAMS = Path.of("..", "benchmarks", "programs");
    private static final Pattern REPORT = Pattern.compile("ci: fired=(\\d+) clock=(-?\\d+)");

    @TempDir
    private Path folder;

    private record Run(int exitCode, String out, String err) {
        long number(int group) {
            Matcher matcher = REPORT.matcher(err);
            assertThat(matcher.find()).as("report of the harness in: %s", err).isTrue();
            return Long.parseLong(matcher.group(group));
        }
    }

    private Run run(List<String> command, String interval) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        if (!interval.isEmpty()) {
            builder.environment().put("JCI_TEST_REGISTER", interval);
        }
        int exitCode = builder.start().waitFor();
        return new Run(
                exitCode,
                Files.readString(out, StandardCharsets.ISO_8859_1),
                Files.readString(err, StandardCharsets.ISO_8859_1));
    }

    private void must(String... command) throws IOException, InterruptedException {
        Run done = run(List.of(command), "");
        assertThat(done.exitCode())
                .as("%s: %s", String.join(" ", command), done.err())
                .isZero();
    }

    private static int jci(Object... arguments) {
        return Outcome.ofJci(arguments).exitCode();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kmeans", "radixsort", "interp", "recursion", "switches", "exceptions", "longjump"})
    void programsDoWhatTheyDidInEveryMode(String name) throws IOException, InterruptedException {
        for (int level : new int[] {0, 2}) {
            check(name, level, "14");
        }
        check(name, 1, "19");
    }

    private void check(String name, int level, String version) throws IOException, InterruptedException {
        boolean plusPlus = !Files.exists(PROGRAMS.resolve(name + ".c"));
        Path source = PROGRAMS.resolve(name + (plusPlus ? ".cpp" : ".c"));
        String clang = new NativeTool("clang-" + version).require().toString();
        new NativeTool("llc-" + version).require();
        String driver = new NativeTool(plusPlus ? "g++" : "gcc").require().toString();
        Path text = folder.resolve(name + level + ".ll");
        List<String> dialect = plusPlus ? List.of("-std=c++17") : List.of();
        List<String> compile = new ArrayList<>(List.of(clang, "-O" + level, "-S", "-emit-llvm"));
        compile.addAll(dialect);
        compile.addAll(List.of(source.toString(), "-o", text.toString()));
        must(compile.toArray(String[]::new));
        Path plain = folder.resolve(name + level + ".plain");
        must(clang, "-c", text.toString(), "-o", plain + ".o");
        must(driver, plain + ".o", "-o", plain.toString(), "-lm", "-lpthread");
        Run expected = run(List.of(plain.toString()), "");
        Path harness = folder.resolve("harness.o");
        must(
                "gcc",
                "-O1",
                "-c",
                "-I../runtime/include",
                PROGRAMS.resolve("harness/ci_main.c").toString(),
                "-o",
                harness.toString());
        Path runtime = folder.resolve("runtime" + version + ".o");
        assertThat(jci("runtime", "object", "--llvm", version, "-o", runtime)).isZero();

        long exact = 0;
        for (String mode : List.of("exact", "ci", "ci-cycles", "naive", "cnb", "coredet")) {
            Path program = build(text, mode, version, driver, harness, runtime);
            Run silent = run(List.of(program.toString()), "");
            Run registered = run(List.of(program.toString()), "5000");
            String what = String.format(Locale.ROOT, "%s -O%d %s llc %s", name, level, mode, version);
            assertThat(silent.out()).as(what).isEqualTo(expected.out());
            assertThat(silent.exitCode()).as(what).isEqualTo(expected.exitCode());
            assertThat(registered.out()).as(what).isEqualTo(expected.out());
            assertThat(silent.number(1))
                    .as("%s: no handler without registration", what)
                    .isZero();
            if (mode.equals("exact")) {
                exact = silent.number(2);
            } else {
                assertThat(registered.number(1)).as("%s: handler calls", what).isPositive();
            }
            // longjmp takes back what registers counted since setjmp: the clock of such a program runs slow.
            if (mode.equals("ci") && !name.equals("longjump")) {
                assertThat((double) silent.number(2)).as("%s: clock", what).isBetween(0.95 * exact, 1.05 * exact);
            }
        }
    }

    private Path build(Path text, String mode, String version, String driver, Path harness, Path runtime)
            throws IOException, InterruptedException {
        Path instrumented = folder.resolve("instrumented.ll");
        assertThat(jci("instrument", "--mode", mode, text, "-o", instrumented)).isZero();
        must(
                "llvm-as-" + version,
                instrumented.toString(),
                "-o",
                folder.resolve("x.bc").toString());
        must(
                "llc-" + version,
                "-O2",
                "-relocation-model=pic",
                "-filetype=obj",
                instrumented.toString(),
                "-o",
                instrumented + ".o");
        Path program = folder.resolve("program-" + mode);
        must(
                driver,
                instrumented + ".o",
                harness.toString(),
                runtime.toString(),
                "-o",
                program.toString(),
                "-lm",
                "-lpthread");
        return program;
    }

    @Test
    void theExampleBuildsAndItsHandlerRuns() throws IOException, InterruptedException {
        new NativeTool("llc-14").require();
        new NativeTool("gcc").require();
        Path program = folder.resolve("primes");

        assertThat(jci("build", Path.of("..", "examples", "primes.ll"), "-o", program, "--llvm", "14", "--", "-lm"))
                .isZero();

        Run done = run(List.of(program.toString()), "");
        assertThat(done.exitCode()).isZero();
        assertThat(done.out()).contains("78498 primes").containsPattern("the handler ran \\d{4} times");
    }
}
