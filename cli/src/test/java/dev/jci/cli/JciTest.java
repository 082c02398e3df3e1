package dev.jci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JciTest {
    private static final Path PRIMES = Path.of("..", "examples", "primes.ll");

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.ISO_8859_1);
    }

    @Test
    void instrumentWritesAModuleWithProbes() throws IOException {
        Path out = folder.resolve("out.ll");

        assertThat(Outcome.ofJci("instrument", PRIMES, "-o", out)).isEqualTo(new Outcome(0, "", ""));
        assertThat(out).content().contains("@jci_countdown").contains("call coldcc void @jci_fire_xmm()");
        assertThat(Outcome.ofJci("check", out).exitCode()).isZero();
    }

    @Test
    void whatIsPrintedIsReadAgainAsTheSame() throws IOException {
        Path once = folder.resolve("once.ll");
        Path twice = folder.resolve("twice.ll");

        assertThat(Outcome.ofJci("print", PRIMES, "-o", once).exitCode()).isZero();
        assertThat(Outcome.ofJci("print", once, "-o", twice).exitCode()).isZero();
        assertThat(twice).hasSameTextualContentAs(once);
    }

    @Test
    void severalFilesGoIntoAFolder() throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        Path out = Files.createDirectory(folder.resolve("out"));
        for (int i = 0; i < 5; i++) {
            Files.copy(PRIMES, in.resolve("m" + i + ".ll"));
        }

        assertThat(Outcome.ofJci("instrument", in, "-o", out, "--report", folder.resolve("r.json"))
                        .exitCode())
                .isZero();
        assertThat(out).isDirectoryContaining("glob:**m4.ll");
        assertThat(folder.resolve("r.json")).content().contains("\"probes\": ").contains("\"name\": \"main\"");
    }

    @ParameterizedTest
    @CsvSource({"2,ci", "4,naive", "6,coredet", "10,cnb", "12,ci-cycles"})
    void publishedOptionsMeanWhatTheyDid(String granularity, String mode) throws IOException {
        Path published = folder.resolve("published.ll");
        Path own = folder.resolve("own.ll");

        assertThat(Outcome.ofJci(
                                "instrument",
                                PRIMES,
                                "-inst-gran=" + granularity,
                                "--commit-intv",
                                "500",
                                "-all-dev=50",
                                "-o",
                                published)
                        .exitCode())
                .isZero();
        assertThat(Outcome.ofJci(
                                "instrument",
                                PRIMES,
                                "--mode",
                                mode,
                                "--commit-interval",
                                "500",
                                "--library-call-cost",
                                "50",
                                "-o",
                                own)
                        .exitCode())
                .isZero();
        assertThat(published).hasSameTextualContentAs(own);
    }

    @Test
    void statsCountsAsTableAndAsJson() {
        assertThat(Outcome.ofJci("stats", PRIMES).out())
                .contains("probes")
                .contains("main")
                .contains("in all");
        assertThat(Outcome.ofJci("stats", "--json", PRIMES).out())
                .startsWith("[")
                .contains("\"name\": \"main\"");
    }

    @Test
    void theTableOfTheLibraryGivesWayToWhatIsGiven() throws IOException {
        Path user = file("user.ll", "declare i32 @getpid()\ndefine void @f() {\n  call i32 @getpid()\n  ret void\n}\n");
        Path table = file("table.txt", "class-own:cost-70\ngetpid\n");
        Path out = folder.resolve("out.ll");

        Outcome.ofJci("instrument", user, "-o", out, "--library-call-cost", "30");
        assertThat(out).content().contains("sub i64 %ci.countdown, 32");
        Outcome.ofJci("instrument", user, "-o", out, "-all-dev=40");
        assertThat(out).content().contains("sub i64 %ci.countdown, 42");
        Outcome.ofJci("instrument", user, "-o", out, "--cost-config", table);
        assertThat(out).content().contains("sub i64 %ci.countdown, 72");
        Outcome.ofJci("instrument", user, "-o", out);
        assertThat(out).content().doesNotContain("sub i64 %ci.countdown, 102");
    }

    @Test
    void costsGoFromOneModuleToAnother() throws IOException {
        Path library = file("library.ll", "define i32 @lib(i32 %x) {\n  %y = add i32 %x, 1\n  ret i32 %y\n}\n");
        Path user = file(
                "user.ll",
                "declare i32 @lib(i32)\ndefine i32 @f(i32 %x) {\n  %y = call i32 @lib(i32 %x)\n  ret i32 %y\n}\n");
        Path costs = folder.resolve("costs.txt");
        Path out = folder.resolve("out.ll");

        assertThat(Outcome.ofJci("instrument", library, "-o", out, "--export-costs", costs)
                        .exitCode())
                .isZero();
        assertThat(costs).content().isEqualTo("Cost File\nlib:2\n");
        assertThat(Outcome.ofJci("instrument", user, "-o", out, "--import-costs", costs)
                        .exitCode())
                .isZero();
        assertThat(out).content().contains("sub i64 %ci.countdown, 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"instrument", "print", "check", "stats"})
    void wrongInputGivesOneDiagnosticAndExitCode1(String command) throws IOException {
        Path wrong = file("wrong.ll", "define i32 @f() {\n  ret i32 %nope\n}\n");

        Outcome outcome = Outcome.ofJci(command, wrong);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith(wrong + ":2:11: error: use of undefined value '%nope'\n  ret i32 %nope\n          ^");
    }

    @Test
    void whatOnlyTheVerifierSeesIsFoundByCheck() throws IOException {
        Path wrong = file("wrong.ll", """
                define i32 @f(i1 %c) {
                entry:
                  br i1 %c, label %a, label %b
                a:
                  %x = add i32 1, 2
                  br label %b
                b:
                  ret i32 %x
                }
                """);

        Outcome outcome = Outcome.ofJci("check", wrong);

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains(wrong + ":8:3: error: Instruction does not dominate all uses!");
    }

    @Test
    void nothingIsWrittenWhenSomethingIsWrong() throws IOException {
        Path out = folder.resolve("out.ll");

        Outcome.ofJci("instrument", file("wrong.ll", "define i32 @f() {"), "-o", out);

        assertThat(out).doesNotExist();
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void filesThatCannotBeReadOrWrittenAreNamed() {
        assertThat(Outcome.ofJci("print", folder.resolve("missing.ll")))
                .satisfies(outcome -> assertThat(outcome.exitCode()).isEqualTo(1))
                .satisfies(
                        outcome -> assertThat(outcome.err()).contains("missing.ll: error: cannot read: no such file"));
        assertThat(Outcome.ofJci("print", PRIMES, "-o", folder.resolve("no/such/folder/out.ll"))
                        .err())
                .contains("cannot write");
    }

    @Test
    void wrongUsageIsExitCode2() {
        assertThat(Outcome.ofJci("instrument").exitCode()).isEqualTo(2);
        assertThat(Outcome.ofJci("nonsense").exitCode()).isEqualTo(2);
        assertThat(Outcome.ofJci("instrument", "--mode", "psychic", PRIMES).exitCode())
                .isEqualTo(2);
        assertThat(Outcome.ofJci("instrument", "--commit-interval", "1", PRIMES).exitCode())
                .isEqualTo(2);
        assertThat(Outcome.ofJci("instrument", "-inst-gran=1", PRIMES).exitCode())
                .isEqualTo(2);
    }

    @Test
    void batchAnswersEveryLine() throws IOException {
        Path wrong = file("wrong.ll", "bogus");
        Path list =
                file("list", PRIMES + "\t" + folder.resolve("a") + "\n" + wrong + "\t" + folder.resolve("b") + "\n");

        assertThat(Outcome.ofJci("print", "--batch", list).exitCode()).isEqualTo(1);
        assertThat(folder.resolve("a")).exists();
        assertThat(folder.resolve("b.err")).content().contains(wrong + ":1:1: error:");
    }

    @Test
    void checkedBatchesAnswerEveryLineWhateverComesBefore() throws IOException {
        Path wrong = file("wrong.ll", "define i32 @f() {\n  ret i64 0\n}\n");
        Path list = file(
                "list",
                wrong + "\t" + folder.resolve("a") + "\n"
                        + folder.resolve("missing.ll") + "\t" + folder.resolve("no-folder/b") + "\n"
                        + PRIMES + "\t" + folder.resolve("c") + "\n");

        assertThat(Outcome.ofJci("check", "--batch", list).exitCode()).isEqualTo(1);
        assertThat(folder.resolve("a")).doesNotExist();
        assertThat(folder.resolve("a.err")).content().contains(wrong + ":2:");
        assertThat(folder.resolve("c")).content().isEqualTo("ok\n");
        assertThat(folder.resolve("c.err")).doesNotExist();
    }

    @Test
    void checkWantsAFileOrAList() {
        assertThat(Outcome.ofJci("check").exitCode()).isEqualTo(2);
    }

    @Test
    void theRuntimeComesWithTheCommand() throws IOException {
        Path header = folder.resolve("ci.h");
        Path text = folder.resolve("runtime.ll");

        assertThat(Outcome.ofJci("runtime", "header", "-o", header).exitCode()).isZero();
        assertThat(Outcome.ofJci("runtime", "ll", "-o", text).exitCode()).isZero();
        assertThat(header).content().contains("void register_ci(");
        assertThat(Outcome.ofJci("check", text).exitCode()).isZero();
        assertThat(Outcome.ofJci("runtime", "ll", "--triple", "sparc-sun-solaris")
                        .exitCode())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"print", "check", "instrument"})
    void fromSaysWhichLlvmTheTextIsFor(String command) throws IOException {
        Path gap = file("gap.ll", "define void @f(i32 %0, i32 %5) {\n  ret void\n}\n");

        Outcome refused = Outcome.ofJci(command, "--from", "14", gap);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains(":1:24: error: argument expected to be numbered '%1'");
        assertThat(Outcome.ofJci(command, "--from", "19", gap).exitCode()).isZero();
        assertThat(Outcome.ofJci(command, "--from", "13", gap).exitCode()).isEqualTo(2);
    }
}
