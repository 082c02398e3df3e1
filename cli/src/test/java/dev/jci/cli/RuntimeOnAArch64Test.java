package dev.jci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.testsupport.NativeTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The runtime and instrumented programs on AArch64, run by an emulator. */
class RuntimeOnAArch64Test {
    private static final String REGISTERS =
            NativePrograms.SOURCES.resolve("registers-aarch64").toString();

    private static final String TRIPLE = "aarch64-unknown-linux-gnu";

    @TempDir
    private Path folder;

    private NativePrograms programs = new NativePrograms(Path.of(""));

    @BeforeEach
    void takeTheFolder() {
        for (String tool : List.of("llc-19", "gcc", "aarch64-linux-gnu-gcc", "qemu-aarch64")) {
            new NativeTool(tool).require();
        }
        programs = new NativePrograms(folder);
    }

    private Path runtime(String triple) {
        Path object = folder.resolve(triple + ".o");
        NativePrograms.jci("runtime", "object", "--triple", triple, "--llvm", "19", "-o", object);
        return object;
    }

    private Path compile(String source, List<String> more) throws IOException, InterruptedException {
        return compile(source, runtime(TRIPLE), more);
    }

    private Path compile(String source, Path runtime, List<String> more) throws IOException, InterruptedException {
        Path program = folder.resolve("program-aarch64");
        List<String> command = new ArrayList<>(List.of(
                "aarch64-linux-gnu-gcc",
                "-O1",
                "-I../runtime/include",
                "-I" + NativePrograms.SOURCES,
                source,
                runtime.toString(),
                "-o",
                program.toString()));
        command.addAll(more);
        programs.must(command);
        return program;
    }

    private String emulate(Path program) throws IOException, InterruptedException {
        return programs.run("qemu-aarch64", "-L", "/usr/aarch64-linux-gnu", program.toString());
    }

    /** What {@link RuntimeStateTest} asserts holds here as well. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "inside.c",
                "long-handler.c",
                "longjmp.c",
                "stacks.c",
                "hooks-that-disable.c",
                "threads.c",
                "clock.c"
            })
    void theStateMachineIsTheSame(String source) throws IOException, InterruptedException {
        String here = RuntimeFiles.hostTriple();
        Path there = compile(NativePrograms.SOURCES.resolve(source).toString(), List.of());

        assertThat(emulate(there))
                .isEqualTo(programs.run(
                        programs.compile(source, List.of(runtime(here).toString()))
                                .toString()))
                .isNotEmpty();
    }

    @Test
    void pausesAreNoPartOfAnIntervalEither() throws IOException, InterruptedException {
        Path runtime = programs.runtimeWithOwnCounter(TRIPLE);
        Path there = compile(
                NativePrograms.SOURCES.resolve("pauses.c").toString(), runtime, List.of("-DFIRE=jci_fire_cycles"));

        assertThat(emulate(there).lines()).hasSize(15).allMatch(line -> line.matches(".*: 10[01]00"));
    }

    @Test
    void aProbeKeepsEveryRegister() throws IOException, InterruptedException {
        Path program = compile(REGISTERS + ".c", List.of(REGISTERS + ".S"));

        assertThat(emulate(program)).isEqualTo("calls 6, wrong 0\n");
    }

    @Test
    void aProbeThatLooksAtTheCycleCounterKeepsEveryRegister() throws IOException, InterruptedException {
        Path program = compile(
                REGISTERS + ".c",
                programs.runtimeWithOwnCounter(TRIPLE),
                List.of(REGISTERS + ".S", "-DFIRE=jci_fire_cycles"));

        assertThat(emulate(program)).isEqualTo("calls 3, wrong 0\n");
    }

    /** Probes in a function that calls nothing else have to save its return address. */
    @ParameterizedTest
    @CsvSource({"ci, 14", "naive, 14", "ci, 19", "ci-cycles, 19", "ci, 22"})
    void aProbeMayBeTheOnlyCallOfAFunction(String mode, String version) throws IOException, InterruptedException {
        new NativeTool("llc-" + version).require();
        Path text = Files.writeString(folder.resolve("leaf.ll"), """
                target triple = "aarch64-unknown-linux-gnu"
                define i64 @leaf(i64 %n) {
                entry:
                  br label %loop
                loop:
                  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
                  %sum = phi i64 [ 0, %entry ], [ %more, %loop ]
                  %square = mul i64 %i, %i
                  %more = xor i64 %sum, %square
                  %next = add i64 %i, 1
                  %again = icmp ult i64 %next, %n
                  br i1 %again, label %loop, label %done
                done:
                  ret i64 %more
                }
                """);
        Path main = Files.writeString(folder.resolve("main.c"), """
                #include <stdio.h>
                #include "ci.h"
                long leaf(long n);
                static int calls;
                static void handler(long clock) {
                    (void)clock;
                    calls++;
                }
                int main(void) {
                    register_ci(1000, 1, handler);
                    long sum = 0;
                    for (int i = 0; i < 100; i++) sum += leaf(5000);
                    printf("%ld, enough calls: %d\\n", sum, calls > 100);
                }
                """);
        Path instrumented = folder.resolve("leaf-ci.ll");
        Path object = folder.resolve("leaf.o");
        NativePrograms.jci("instrument", "--mode", mode, "--llvm", version, text, "-o", instrumented);
        programs.must(new ArrayList<>(List.of(
                "llc-" + version,
                version.equals("14") ? "-opaque-pointers" : "-O2",
                "-relocation-model=pic",
                "-filetype=obj",
                instrumented.toString(),
                "-o",
                object.toString())));

        Path program = compile(main.toString(), List.of(object.toString()));

        assertThat(emulate(program)).isEqualTo(100 * xorOfSquares(5000) + ", enough calls: 1\n");
    }

    private static long xorOfSquares(long n) {
        long sum = 0;
        for (long i = 0; i < n; i++) {
            sum ^= i * i;
        }
        return sum;
    }
}
