package dev.jci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code jci convert}. */
class ConvertTest {
    private static final String NEWER = """
            define i32 @f(i32 range(i32 0, 9) %x) {
              %1 = trunc nuw i32 %x to i8
              %2 = trunc nuw i32 %x to i8
              %3 = zext i8 %2 to i32
              ret i32 %3
            }
            """;

    private static final String NOT_FOR_OLDER = """
            define void @f(ptr %p) {
              %1 = atomicrmw usub_sat ptr %p, i32 1 seq_cst, align 4
              ret void
            }
            """;

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void saysWhatItWroteAsInstructions() throws IOException {
        Path in = file("expression.ll", """
                @g = global i8 0

                define i64 @f() {
                  ret i64 mul (i64 ptrtoint (ptr @g to i64), i64 3)
                }
                """);

        assertThat(Outcome.ofJci("convert", "--llvm", 21, "-v", in, "-o", folder.resolve("out.ll"))
                        .err())
                .contains("expression.ll:4:3: note: wrote constant expressions as instructions");
    }

    @Test
    void filesOfOneNameDoNotOverwriteEachOther() throws IOException {
        for (String name : new String[] {"a", "b", "out"}) {
            Files.createDirectory(folder.resolve(name));
        }
        Path one = file("a/x.ll", NEWER);
        Path other = file("b/x.ll", NEWER);
        Path out = folder.resolve("out");

        for (Outcome outcome : List.of(
                Outcome.ofJci("convert", "--llvm", 16, one, other, "-o", out),
                Outcome.ofJci("instrument", one, other, "-o", out))) {
            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err())
                    .contains(one + " and " + other + " would both be written to " + out.resolve("x.ll"));
        }
        assertThat(out).isEmptyDirectory();
    }

    @Test
    void saysWhatItDropsOnlyWhenAsked() throws IOException {
        Path in = file("in.ll", NEWER);
        Path out = folder.resolve("out.ll");

        assertThat(Outcome.ofJci("convert", "--llvm", 16, in, "-o", out)).isEqualTo(new Outcome(0, "", ""));
        assertThat(out).content().contains("define i32 @f(i32 %x)").doesNotContain("nuw");

        Outcome verbose = Outcome.ofJci("convert", "--llvm", 16, "-v", in, "-o", out);
        assertThat(verbose.exitCode()).isZero();
        assertThat(verbose.err())
                .contains("in.ll:1:12: note: dropped the attribute range, LLVM 19 is the first that has it\n")
                .contains("in.ll:2:3: note: dropped trunc nuw, LLVM 19 is the first that has it (2 times)\n");
    }

    @Test
    void writesNothingWhenItRefuses() throws IOException {
        Path in = file("in.ll", NOT_FOR_OLDER);
        Path out = folder.resolve("out.ll");

        Outcome refused = Outcome.ofJci("convert", "--llvm", 16, in, "-o", out);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains("in.ll:2:3: error: atomicrmw usub_sat cannot be printed for LLVM 16;"
                        + " LLVM 20 is the first that has it\n");
        assertThat(out).doesNotExist();
    }

    @Test
    void answersForEachFileOfABatch() throws IOException {
        Path good = file("good.ll", NEWER);
        Path bad = file("bad.ll", NOT_FOR_OLDER);
        Path first = folder.resolve("first.ll");
        Path second = folder.resolve("second.ll");
        Path list = file("list.txt", good + "\t" + first + "\n" + bad + "\t" + second + "\n");

        assertThat(Outcome.ofJci("convert", "--llvm", 14, "--batch", list).exitCode())
                .isEqualTo(1);

        assertThat(first).isRegularFile();
        assertThat(second).doesNotExist();
        assertThat(folder.resolve("second.ll.err")).content().contains("atomicrmw usub_sat cannot be printed");
    }

    @Test
    void putsSeveralFilesIntoAFolder() throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        Files.writeString(in.resolve("a.ll"), NEWER);
        Files.writeString(in.resolve("b.ll"), NEWER);
        Path out = Files.createDirectory(folder.resolve("out"));

        assertThat(Outcome.ofJci("convert", "--llvm", 14, in, "-o", out).exitCode())
                .isZero();
        assertThat(out).isDirectoryContaining("glob:**a.ll").isDirectoryContaining("glob:**b.ll");
    }

    @Test
    void knowsTheVersionsThatThereAre() throws IOException {
        Path in = file("in.ll", NEWER);

        assertThat(Outcome.ofJci("convert", "--llvm", 13, in))
                .isEqualTo(new Outcome(2, "", "jci: error: --llvm takes 14 to 22, not 13\n"));
    }
}
