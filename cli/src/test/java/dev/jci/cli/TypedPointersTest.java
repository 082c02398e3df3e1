package dev.jci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.testsupport.NativeTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The option {@code --typed-pointers}. */
class TypedPointersTest {
    private static final Path OPAQUE =
            Path.of("src", "test", "resources", "dev", "jci", "cli", "convert", "pointers.ll");

    /** Puts three numbers into a list and prints their sum through a pointer to a function. */
    private static final String PROGRAM = """
            %Node = type { ptr, i32 }

            @text = private constant [8 x i8] c"sum %d\\0A\\00"
            @print = global ptr @printf

            declare i32 @printf(ptr, ...)

            define i32 @main() {
            entry:
              %nodes = alloca [3 x %Node]
              br label %fill

            fill:
              %i = phi i32 [ 0, %entry ], [ %next, %fill ]
              %head = phi ptr [ null, %entry ], [ %node, %fill ]
              %node = getelementptr inbounds [3 x %Node], ptr %nodes, i32 0, i32 %i
              store ptr %head, ptr %node
              %number = getelementptr inbounds %Node, ptr %node, i32 0, i32 1
              %next = add i32 %i, 1
              store i32 %next, ptr %number
              %full = icmp eq i32 %next, 3
              br i1 %full, label %walk, label %fill

            walk:
              %at = phi ptr [ %node, %fill ], [ %behind, %walk ]
              %sum = phi i32 [ 0, %fill ], [ %more, %walk ]
              %place = getelementptr i8, ptr %at, i64 8
              %term = load i32, ptr %place
              %more = add i32 %sum, %term
              %behind = load ptr, ptr %at
              %last = icmp eq ptr %behind, null
              br i1 %last, label %end, label %walk

            end:
              %function = load ptr, ptr @print
              %written = call i32 (ptr, ...) %function(ptr @text, i32 %more)
              ret i32 0
            }
            """;

    @TempDir
    private Path folder;

    private static String errors(int exitCode, Object... arguments) {
        Outcome outcome = Outcome.ofJci(arguments);
        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(exitCode);
        return outcome.err();
    }

    @Test
    void isForLlvmsThatReadThem() {
        assertThat(errors(2, "convert", "--llvm", 17, "--typed-pointers", OPAQUE))
                .contains("takes --llvm 14 to 16");
        assertThat(errors(2, "print", "--typed-pointers", OPAQUE)).contains("takes --llvm 14 to 16");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 16})
    void llvmReadsThem(int version) throws IOException, InterruptedException {
        String assembler = new NativeTool("llvm-as-" + version).require().toString();
        Path typed = folder.resolve("typed.ll");

        errors(0, "convert", "--llvm", version, "--typed-pointers", OPAQUE, "-o", typed);

        assertThat(Files.readString(typed)).doesNotContainPattern("\\bptr\\b");
        assertThat(new NativePrograms(folder).run(assembler, typed.toString(), "-o", folder + "/typed.bc"))
                .isEmpty();
    }

    @Test
    void aProgramDoesWhatItDid() throws IOException, InterruptedException {
        String compiler = new NativeTool("llc-14").require().toString();
        String linker = new NativeTool("cc").require().toString();
        Path in = Files.writeString(folder.resolve("program.ll"), PROGRAM);
        Path typed = folder.resolve("typed.ll");
        errors(0, "convert", "--llvm", 14, "--typed-pointers", in, "-o", typed);

        NativePrograms programs = new NativePrograms(folder);
        String object = folder + "/program.o";
        String program = folder + "/program";
        programs.must(List.of(compiler, "-filetype=obj", "-relocation-model=pic", typed.toString(), "-o", object));
        programs.must(List.of(linker, object, "-o", program));

        assertThat(programs.run(program)).isEqualTo("sum 6\n");
    }
}
