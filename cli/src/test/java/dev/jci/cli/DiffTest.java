package dev.jci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.testsupport.RequiresTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiffTest {
    private static final Path PRIMES = Path.of("..", "examples", "primes.ll");

    private static final String COUNT = """
            @text = private constant [3 x i8] c"ab\\00"
            declare void @use(ptr)
            define i32 @count(i32 %limit) #0 {
            entry:
              br label %loop
            loop:
              %i = phi i32 [ 0, %entry ], [ %next, %loop ]
              call void @use(ptr @text)
              %next = add nsw i32 %i, 1
              %more = icmp slt i32 %next, %limit
              br i1 %more, label %loop, label %done
            done:
              ret i32 %next, !note !0
            }
            attributes #0 = { nounwind "key"="value" }
            !0 = !{!1, i32 7}
            !1 = distinct !{!1}
            """;

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.ISO_8859_1);
    }

    private Outcome diff(String before, String after, Object... options) throws IOException {
        Object[] arguments = new Object[options.length + 3];
        System.arraycopy(options, 0, arguments, 3, options.length);
        arguments[0] = "diff";
        arguments[1] = file("a.ll", before);
        arguments[2] = file("b.ll", after);
        return Outcome.ofJci(arguments);
    }

    @Test
    void namesNumbersAndOrderDoNotCount() throws IOException {
        String renamed = """
                define i32 @count(i32 %0) #7 {
                  br label %2
                2:
                  %3 = phi i32 [ %4, %2 ], [ 0, %1 ]
                  call void @use(ptr @other)
                  %4 = add nsw i32 %3, 1
                  %5 = icmp slt i32 %4, %0
                  br i1 %5, label %2, label %6
                6:
                  ret i32 %4, !note !9
                }
                declare void @use(ptr)
                @other = private constant [3 x i8] c"ab\\00"
                attributes #7 = { "key"="value" nounwind }
                !8 = distinct !{!8}
                !9 = !{!8, i32 7}
                """;
        assertThat(diff(COUNT, renamed)).isEqualTo(new Outcome(0, "", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "add nsw i32 %i, 1 | add i32 %i, 1 | 1 removed, 1 inserted",
                "add nsw i32 %i, 1 | add nsw i32 %i, 2 | 1 removed, 1 inserted",
                "add nsw i32 %i, 1 | add nsw i32 %limit, 1 | 1 removed, 1 inserted",
                "icmp slt i32 %next, %limit | icmp slt i32 %limit, %next | 1 removed, 1 inserted",
                "label %loop, label %done | label %done, label %loop | 1 removed, 1 inserted",
                "[ 0, %entry ], [ %next, %loop ] | [ 1, %entry ], [ %next, %loop ] | 1 removed, 1 inserted",
                "call void @use(ptr @text) | call void @use(ptr null) | 1 removed, 1 inserted",
                "ret i32 %next, !note !0 | ret i32 %next | 1 removed, 1 inserted",
            })
    void whatAnInstructionDoesCounts(String from, String to, String summary) throws IOException {
        assertThat(COUNT).contains(from);
        Outcome outcome = diff(COUNT, COUNT.replace(from, to), "--summary");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).contains("@@ @count @@ " + summary);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "declare void @use(ptr) | declare void @use(ptr nonnull) | @@ @use @@",
                "c\"ab\\00\" | c\"ac\\00\" | @@ @text @@",
                "@count | @counted | @@ @counted @@",
                "\"key\"=\"value\" | \"key\"=\"other\" | @@ @count @@",
                "i32 7 | i32 8 | @@ metadata @@",
            })
    void whatAModuleHoldsCounts(String from, String to, String head) throws IOException {
        assertThat(COUNT).contains(from);
        Outcome outcome = diff(COUNT, COUNT.replace(from, to));
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).contains(head);
    }

    @Test
    void theReportShowsLinesOfBothFiles() throws IOException {
        String changed = COUNT.replace("  %next = add", "  %twice = mul i32 %i, 2\n  %next = add");
        assertThat(diff(COUNT, changed).out()).isEqualToNormalizingNewlines("""
                        --- %s
                        +++ %s
                        @@ @count, block %%loop @@ %s:9
                        +      9   %%twice = mul i32 %%i, 2
                        """.formatted(
                        folder.resolve("a.ll"), folder.resolve("b.ll"), folder.resolve("b.ll")));
        assertThat(diff(COUNT, changed, "--quiet")).isEqualTo(new Outcome(1, "", ""));
    }

    @Test
    void aLineThatUsesAChangedResultIsNotToldAgain() throws IOException {
        Outcome outcome = diff(COUNT, COUNT.replace("add nsw i32 %i, 1", "sub nsw i32 %i, 1"), "--summary");
        assertThat(outcome.out()).contains("@@ @count @@ 1 removed, 1 inserted");
    }

    @Test
    void troubleHasAnExitCodeOfItsOwn() throws IOException {
        assertThat(diff(COUNT, "bogus").exitCode()).isEqualTo(2);
        assertThat(diff(COUNT, "bogus").err()).contains("b.ll:1:1: error: expected top-level entity");
        assertThat(Outcome.ofJci("diff", file("a.ll", COUNT), folder.resolve("none.ll"))
                        .exitCode())
                .isEqualTo(2);
        assertThat(Outcome.ofJci("diff", file("a.ll", COUNT)).exitCode()).isEqualTo(2);
        assertThat(Outcome.ofJci("diff", "-", "-").exitCode()).isEqualTo(2);
    }

    @Test
    void itsOwnPrintIsTheSame() {
        Path printed = folder.resolve("printed.ll");
        assertThat(Outcome.ofJci("print", PRIMES, "-o", printed).exitCode()).isZero();
        assertThat(Outcome.ofJci("diff", PRIMES, printed)).isEqualTo(new Outcome(0, "", ""));
    }

    @Test
    void naiveProbesAreOnlyInserted() {
        Path instrumented = folder.resolve("instrumented.ll");
        assertThat(Outcome.ofJci("instrument", PRIMES, "--mode", "naive", "-o", instrumented)
                        .exitCode())
                .isZero();
        Outcome outcome = Outcome.ofJci("diff", PRIMES, instrumented, "--summary");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out().lines().filter(line -> line.endsWith(" inserted")))
                .isNotEmpty()
                .allMatch(line -> line.contains("@@ 0 removed, "));
    }

    @Test
    @RequiresTool("llvm-as-14")
    void whatLlvmReadsAndPrintsIsTheSame() throws IOException, InterruptedException {
        Path bitcode = folder.resolve("a.bc");
        Path printed = folder.resolve("a.ll");
        run("llvm-as-14", PRIMES, bitcode);
        run("llvm-dis-14", bitcode, printed);
        assertThat(Outcome.ofJci("diff", PRIMES, printed)).isEqualTo(new Outcome(0, "", ""));
    }

    private static void run(String tool, Path from, Path to) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(tool, from.toString(), "-o", to.toString())
                        .start()
                        .waitFor())
                .isZero();
    }
}
