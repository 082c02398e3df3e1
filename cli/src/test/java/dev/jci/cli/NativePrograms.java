package dev.jci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ci.ProbeAbi;
import dev.jci.testsupport.NativeTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * C programs that tests compile and run in a folder.
 *
 * @param folder where everything is put
 */
record NativePrograms(Path folder) {
    static final Path SOURCES = Path.of("src", "test", "resources", "dev", "jci", "cli", "runtime");
    private static final int MINUTES = 2;

    /** What a program wrote on its standard output, or a complaint when it failed. */
    String run(String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return "no end: " + String.join(" ", command);
        }
        String said = Files.readString(out, StandardCharsets.ISO_8859_1);
        return process.exitValue() == 0
                ? said
                : said + "exit code " + process.exitValue() + "\n" + Files.readString(err, StandardCharsets.ISO_8859_1);
    }

    /** Runs a command that has to succeed. */
    void must(List<String> command) throws IOException, InterruptedException {
        assertThat(run(command.toArray(String[]::new)))
                .as(String.join(" ", command))
                .doesNotContain("exit code")
                .doesNotStartWith("no end");
    }

    /** Compiles a program of {@link #SOURCES}, C or C++, with more files and options, and links it. */
    Path compile(String source, List<String> more) throws IOException, InterruptedException {
        boolean plusPlus = source.endsWith(".cpp");
        String compiler = new NativeTool(plusPlus ? "g++" : "gcc").require().toString();
        Path program = folder.resolve(source + ".program");
        List<String> command = new ArrayList<>(List.of(
                compiler,
                "-O1",
                "-Wall",
                "-Wextra",
                "-Werror",
                "-I../runtime/include",
                "-I" + SOURCES,
                SOURCES.resolve(source).toString(),
                "-o",
                program.toString()));
        command.addAll(more);
        command.addAll(List.of("-lpthread", "-lm"));
        must(command);
        return program;
    }

    private static String runtimeSource(String triple) {
        try {
            return RuntimeFiles.source(triple, ProbeAbi.JCI);
        } catch (Failure failure) {
            throw new AssertionError(failure);
        }
    }

    /** The runtime as an object file, with a cycle counter that the program makes up: its function {@code test_cycles}. */
    Path runtimeWithOwnCounter(String triple) throws IOException, InterruptedException {
        String own = runtimeSource(triple)
                .replace("declare i64 @llvm.readcyclecounter()", "")
                .replace("@llvm.readcyclecounter()", "@test_cycles()")
                // Nothing passes unseen on a counter that only the test moves.
                .replaceAll("(@jci_cycles_of_\\w+\\(\\) #2 \\{\\s+ret i64) \\d+", "$1 0")
                .replace("asm sideeffect \"mrs $0, cntvct_el0\", \"=r\"()", "@test_cycles()");
        assertThat(own)
                .contains("call i64 @test_cycles()")
                .doesNotContain("call i64 asm sideeffect \"mrs")
                .contains("@jci_cycles_of_call()", "@jci_cycles_of_look()")
                .doesNotContainPattern("define [^@]*@jci_cycles_of_[^}]*ret i64 [^0]");
        Path text = Files.writeString(
                folder.resolve("own-counter.ll"), RuntimeFiles.inlined(own + "\ndeclare i64 @test_cycles()\n"));
        Path object = folder.resolve("own-counter.o");
        must(List.of("llc-19", "-relocation-model=pic", "-filetype=obj", text.toString(), "-o", object.toString()));
        return object;
    }

    /** Runs the command {@code jci}, which has to succeed. */
    static void jci(Object... arguments) {
        Outcome outcome = Outcome.ofJci(arguments);
        assertThat(outcome.exitCode())
                .as("jci %s: %s", Arrays.toString(arguments), outcome.err())
                .isZero();
    }
}
