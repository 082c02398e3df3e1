package dev.jci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.testsupport.NativeTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The runtime as object files of every target, and in programs of more than one module. */
class RuntimeTargetsTest {
    @TempDir
    private Path folder;

    private String symbols(Path object) throws IOException, InterruptedException {
        String nm = new NativeTool("llvm-nm-19").require().toString();
        return new NativePrograms(folder).run(nm, "--format=posix", object.toString());
    }

    private Path object(String triple, String abi, String version) {
        new NativeTool("llc-" + version).require();
        Path object = folder.resolve("runtime.o");
        NativePrograms.jci("runtime", "object", "--triple", triple, "--abi", abi, "--llvm", version, "-o", object);
        return object;
    }

    @ParameterizedTest
    @CsvSource({
        "x86_64-pc-linux-gnu, 14", "x86_64-pc-linux-gnu, 19", "x86_64-pc-linux-gnu, 22",
        "aarch64-unknown-linux-gnu, 14", "aarch64-unknown-linux-gnu, 19", "aarch64-unknown-linux-gnu, 22",
    })
    void theRuntimeCompiles(String triple, String version) throws IOException, InterruptedException {
        String symbols = symbols(object(triple, "jci", version));

        assertThat(symbols)
                .contains("jci_fire T", "jci_fire_cycles T", "jci_countdown D")
                .contains("register_ci T", "deregister_ci T", "ci_disable T", "ci_enable T", "ci_clock T");
    }

    @ParameterizedTest
    @CsvSource({
        "x86_64-pc-linux-gnu, 14",
        "x86_64-pc-linux-gnu, 22",
        "aarch64-unknown-linux-gnu, 14",
        "aarch64-unknown-linux-gnu, 22",
    })
    void theRuntimeOfThePublishedAbiCompiles(String triple, String version) throws IOException, InterruptedException {
        String symbols = symbols(object(triple, "libci", version));

        assertThat(symbols)
                .contains("register_ci T", "deregister_ci T", "ci_disable T", "ci_enable T", "ci_clock T")
                .doesNotContain("jci_fire", "jci_countdown");
    }

    @ParameterizedTest
    @CsvSource({
        "x86_64-pc-linux-gnu, 14", "x86_64-pc-linux-gnu, 22",
        "aarch64-unknown-linux-gnu, 14", "aarch64-unknown-linux-gnu, 22",
    })
    void theRuntimeForTuningCompiles(String triple, int version) throws Failure, IOException, InterruptedException {
        new NativeTool("llc-" + version).require();
        Path object = folder.resolve("tune.o");
        try (Objects objects = new Objects(ModuleFiles.ofProcess(), version)) {
            objects.compileTo(RuntimeFiles.forTuning(triple).getBytes(StandardCharsets.UTF_8), true, object.toString());
        }

        assertThat(symbols(object))
                .contains("jci_fire T", "jci_countdown B", "register_ci T", "ci_clock T")
                .contains("getrusage U", "creat U");
    }

    /** D1: as wide as the pass uses them. */
    @Test
    void thePublishedVariablesAreWide() throws IOException, InterruptedException {
        String symbols = symbols(object("x86_64-pc-linux-gnu", "libci", "19"));

        for (String name : List.of(
                "LocalLC",
                "NextInterval",
                "ci_ir_interval",
                "ci_reset_ir_interval",
                "ci_cycles_interval",
                "ci_cycles_threshold",
                "intvActionHook")) {
            assertThat(symbols).containsPattern("(?m)^" + name + " [BD] [0-9a-f]+ 8$");
        }
        assertThat(symbols).containsPattern("(?m)^lc_disabled_count [BD] [0-9a-f]+ 4$");
    }

    /** R6: names that are not part of an interface stay inside. */
    @ParameterizedTest
    @ValueSource(strings = {"jci", "libci"})
    void onlyTheInterfaceIsVisible(String abi) throws IOException, InterruptedException {
        Path object = object("x86_64-pc-linux-gnu", abi, "19");
        String nm = new NativeTool("llvm-nm-19").require().toString();

        assertThat(new NativePrograms(folder)
                        .run(nm, "--extern-only", "--defined-only", "--format=just-symbols", object.toString())
                        .lines())
                .allMatch(name -> name.matches(
                        "(DW\\.ref\\.__gcc_personality_v0|jci_(countdown|fire(_cycles)?(_xmm)?|look|slow_path(_cycles)?)"
                                + "|ci_(clock|deadline|interval|target_cycles|action_hook|disabled_depth|leave_handler|enable|disable)"
                                + "|(de)?register_ci|register_ci_(en|dis)able_hook|instr_(en|dis)able"
                                + "|LocalLC|NextInterval|ci_(reset_)?ir_interval|ci_cycles_(interval|threshold)|intvActionHook"
                                + "|lc_disabled_count)"));
    }

    /** LLVM 14's own cycle counter is one that user code must not read there. */
    @ParameterizedTest
    @ValueSource(strings = {"14", "19", "22"})
    void aarch64ReadsTheVirtualCounter(String version) throws IOException, InterruptedException {
        Path object = object("aarch64-unknown-linux-gnu", "jci", version);
        String objdump = new NativeTool("llvm-objdump-19").require().toString();

        assertThat(new NativePrograms(folder).run(objdump, "-d", object.toString()))
                .containsIgnoringCase("cntvct_el0")
                .doesNotContainIgnoringCase("pmccntr_el0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x86_64-pc-windows-msvc", "arm64-apple-macosx14", "x86_64-unknown-freebsd", "riscv64-linux-gnu"})
    void otherTargetsAreRefused(String triple) {
        Outcome outcome = Outcome.ofJci("runtime", "ll", "--triple", triple);

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.err()).contains("the runtime does not know the").contains("'" + triple + "'");
    }

    /** D9. */
    @ParameterizedTest
    @CsvSource({"ci, jci", "ci-cycles, jci", "naive, jci", "ci, libci", "naive, libci", "coredet, libci"})
    void modulesInstrumentedApartAreLinkedTogether(String mode, String abi) throws IOException, InterruptedException {
        new NativeTool("llc-19").require();
        new NativeTool("gcc").require();
        Path first = Files.writeString(folder.resolve("first.ll"), """
                define i64 @work(i64 %n) {
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
        Path second = Files.writeString(folder.resolve("second.ll"), """
                @calls = global i64 0
                @text = private constant [14 x i8] c"%ld %d calls\\0A\\00"
                declare i64 @work(i64)
                declare void @register_ci(i32, i32, ptr)
                declare i32 @printf(ptr, ...)
                define void @handler(i64 %clock) {
                  %old = load i64, ptr @calls
                  %new = add i64 %old, 1
                  store i64 %new, ptr @calls
                  ret void
                }
                define i32 @main() {
                  call void @register_ci(i32 1000, i32 1000, ptr @handler)
                  %sum = call i64 @work(i64 100000)
                  %calls = load i64, ptr @calls
                  %enough = icmp ugt i64 %calls, 50
                  %word = zext i1 %enough to i32
                  %n = call i32 (ptr, ...) @printf(ptr @text, i64 %sum, i32 %word)
                  ret i32 0
                }
                """);
        Path program = folder.resolve("program");

        NativePrograms.jci("build", "--mode", mode, "--abi", abi, "--llvm", "19", first, second, "-o", program);

        assertThat(new NativePrograms(folder).run(program.toString())).endsWith(" 1 calls\n");
    }

    /** The command reads, verifies and leaves alone what it writes itself. */
    @ParameterizedTest
    @CsvSource({"x86_64-pc-linux-gnu, jci", "x86_64-pc-linux-gnu, libci", "aarch64-linux-gnu, jci"})
    void theRuntimeIsNotInstrumented(String triple, String abi) throws IOException {
        Path text = folder.resolve("runtime.ll");
        Path instrumented = folder.resolve("runtime-ci.ll");

        NativePrograms.jci("runtime", "ll", "--triple", triple, "--abi", abi, "-o", text);
        NativePrograms.jci("check", text);
        NativePrograms.jci("instrument", "--mode", "naive", text, "-o", instrumented);

        assertThat(Files.readString(instrumented))
                .doesNotContain("call coldcc", "call preserve_allcc", "\"bl jci_fire", "ci.countdown");
    }

    @Test
    void theRuntimeMayStandInASharedLibrary() throws IOException, InterruptedException {
        Path runtime = object("x86_64-pc-linux-gnu", "jci", "19");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                System.getProperty("os.arch", "").equals("amd64"), "a shared library of x86-64");
        String gcc = new NativeTool("gcc").require().toString();
        NativePrograms programs = new NativePrograms(folder);
        Path library = folder.resolve("libruntime.so");
        programs.must(List.of(gcc, "-shared", runtime.toString(), "-o", library.toString()));

        Path program = programs.compile("inside.c", List.of(library.toString(), "-Wl,-rpath," + folder));

        assertThat(programs.run(program.toString())).startsWith("disabled: 1, depth 1\n");
    }
}
