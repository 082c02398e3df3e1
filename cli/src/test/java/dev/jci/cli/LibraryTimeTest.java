package dev.jci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.testsupport.NativeTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A program whose time is that of the C library, with library calls measured and not. No machine writes a megabyte in 2500 cycles. */
class LibraryTimeTest {
    private static final Path PROGRAM = Path.of("src", "test", "resources", "dev", "jci", "cli", "library.ll");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"ci, 14", "ci, 22", "ci-cycles, 19"})
    void timeInTheLibraryIsCounted(String mode, String llvm) throws IOException, InterruptedException {
        assertThat(run(llvm, "--mode", mode, "--bracket-library-calls")).isEqualTo("handler on, clock on, sum 10684\n");
    }

    @Test
    void withoutBracketsItIsNot() throws IOException, InterruptedException {
        assertThat(run("19", "--mode", "ci")).isEqualTo("handler off, clock off, sum 10684\n");
    }

    private String run(String llvm, String... options) throws IOException, InterruptedException {
        new NativeTool("llc-" + llvm).require();
        new NativeTool("gcc").require();
        Assumptions.assumeTrue(System.getProperty("os.arch", "").equals("amd64"), "the program is for x86-64");
        Path program = folder.resolve("program");
        Object[] words = new Object[options.length + 6];
        System.arraycopy(options, 0, words, 6, options.length);
        System.arraycopy(new Object[] {"build", PROGRAM, "-o", program, "--llvm", llvm}, 0, words, 0, 6);
        NativePrograms.jci(words);
        return new NativePrograms(folder).run(program.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"14", "22"})
    void aarch64Compiles(String llvm) throws IOException, InterruptedException {
        String llc = new NativeTool("llc-" + llvm).require().toString();
        Path text = folder.resolve("text.ll");
        Path instrumented = folder.resolve("instrumented.ll");
        Files.writeString(
                text, Files.readString(PROGRAM).replace("x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"));
        NativePrograms.jci(
                "instrument",
                "--bracket-library-calls",
                "--library-rate",
                "60",
                text,
                "--llvm",
                llvm,
                "-o",
                instrumented);

        String pointers = llvm.equals("14") ? "-opaque-pointers" : "-O2";
        assertThat(new NativePrograms(folder).run(llc, pointers, instrumented.toString(), "-o", "-"))
                .contains("mrs\tx", "bl\tmemset");
    }
}
