package dev.jci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.testsupport.NativeTool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** R3 in instrumented programs: handlers that throw or jump away from where they were called. */
class HandlersThatLeaveTest {
    @TempDir
    private Path folder;

    private String run(String source, String level, String abi, String driver)
            throws IOException, InterruptedException {
        NativePrograms programs = new NativePrograms(folder);
        String clang = new NativeTool("clang-19").require().toString();
        new NativeTool("llc-19").require();
        new NativeTool(driver).require();
        Path text = folder.resolve("source.ll");
        programs.must(List.of(
                clang,
                level,
                "-S",
                "-emit-llvm",
                "-I../runtime/include",
                NativePrograms.SOURCES.resolve(source).toString(),
                "-o",
                text.toString()));
        Path program = folder.resolve("program");
        NativePrograms.jci(
                "build",
                "--abi",
                abi,
                "--llvm",
                "19",
                text,
                "-o",
                program,
                "--",
                "-l" + (driver.equals("g++") ? "stdc++" : "m"));
        return programs.run(program.toString());
    }

    @ParameterizedTest
    @CsvSource({"-O0, jci", "-O2, jci", "-O0, libci", "-O2, libci"})
    void anExceptionPassesTheInterruptedFunction(String level, String abi) throws IOException, InterruptedException {
        assertThat(run("thrown.cpp", level, abi, "g++")).isEqualTo("every exception was caught\n");
    }

    @ParameterizedTest
    @CsvSource({"-O0, jci", "-O2, jci", "-O0, libci", "-O2, libci"})
    void aJumpDoesNotSilenceTheHandler(String level, String abi) throws IOException, InterruptedException {
        assertThat(run("jumps.c", level, abi, "gcc")).isEqualTo("calls 30, came back 0\n");
    }
}
