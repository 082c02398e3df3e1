package dev.jci.cli;

import static dev.jci.cli.Build.cancel;
import static dev.jci.cli.Build.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code jci serve}. A request that reads a pipe is one that is worked on until something is written into the pipe. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServeTest {
    private static final Path PRIMES = Path.of("..", "examples", "primes.ll");

    @TempDir
    private Path folder;

    private static List<Answer> answers(String requests, Object... words) throws IOException {
        Object[] command = words.length == 0 ? new Object[] {"serve"} : words;
        Outcome outcome = Outcome.ofJci(new ByteArrayInputStream(requests.getBytes(StandardCharsets.UTF_8)), command);
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        List<Answer> answers = new ArrayList<>();
        for (String line : outcome.out().lines().toList()) {
            answers.add(Answer.parse(line));
        }
        return answers;
    }

    private Path pipe() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        return pipe;
    }

    /** Ends the reading of a pipe: what was worked on goes on. */
    private static void letGoOn(Path pipe) throws IOException {
        Files.write(pipe, Files.readAllBytes(PRIMES));
    }

    /** The answer to a request that succeeded and printed nothing. */
    private static Answer done(int id) {
        return new Answer(id, 0, "", false);
    }

    @Test
    void aRequestDoesWhatTheCommandDoes() throws IOException {
        Path served = folder.resolve("served.ll");
        Path own = folder.resolve("own.ll");

        assertThat(answers(request(0, "", "instrument", PRIMES, "-o", served, "-inst-gran=4") + "\n"))
                .containsExactly(done(0));
        Outcome.ofJci("instrument", PRIMES, "-o", own, "--mode", "naive");
        assertThat(served).hasSameBinaryContentAs(own);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stats", "print", "check", "runtime", "version", "--help"})
    void whatACommandPrintsStandsInItsResponse(String command) throws IOException {
        Object[] words = switch (command) {
            case "runtime" -> new Object[] {command, "header"};
            case "version", "--help" -> new Object[] {command};
            default -> new Object[] {command, PRIMES};
        };

        assertThat(answers(request(7, "", words)))
                .containsExactly(new Answer(7, 0, Outcome.ofJci(words).out(), false));
    }

    @Test
    void messagesAndExitCodesStandInResponsesToo() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.ll"), "define i32 @f() {\n  ret i64 0\n}\n");

        List<Answer> answers = answers(request(0, "", "check", wrong)
                + request(0, "", "diff", wrong, PRIMES)
                + request(0, "", "convert", "--llvm", 13, PRIMES));

        assertThat(answers).extracting(Answer::exitCode).containsExactly(1, 2, 2);
        assertThat(answers.get(0).output()).startsWith(wrong + ":2:7: error: ");
        assertThat(answers.get(2).output()).isEqualTo("jci: error: --llvm takes 14 to 22, not 13\n");
    }

    @Test
    void nothingOfOneRequestStaysForTheNext() throws IOException {
        Path first = folder.resolve("first.ll");
        Path second = folder.resolve("second.ll");

        answers(request(
                        0,
                        "",
                        "instrument",
                        PRIMES,
                        "-o",
                        first,
                        "--mode",
                        "naive",
                        "--library-call-cost",
                        7,
                        "--skip",
                        "m*",
                        "--llvm",
                        19)
                + request(0, "", "instrument", PRIMES, "-o", second));

        Path expected = folder.resolve("expected.ll");
        Outcome.ofJci("instrument", PRIMES, "-o", expected);
        assertThat(second).hasSameBinaryContentAs(expected);
        assertThat(first.toFile())
                .doesNotHave(new org.assertj.core.api.Condition<>(
                        file -> read(file.toPath()).equals(read(expected)), "the default options"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException exception) {
            throw new java.io.UncheckedIOException(exception);
        }
    }

    @Test
    void theEndOfTheInputEndsTheWorkerWhenAllIsAnswered() throws IOException {
        assertThat(answers("")).isEmpty();
        assertThat(answers(" \n\n")).isEmpty();

        StringBuilder many = new StringBuilder();
        Set<Integer> ids = new HashSet<>();
        for (int id = 1; id <= 200; id++) {
            many.append(request(id, "", "print", PRIMES)).append(id % 2 == 0 ? "\n" : "");
            ids.add(id);
        }
        String text = Outcome.ofJci("print", PRIMES).out();
        assertThat(answers(many.toString()))
                .hasSize(200)
                .allMatch(answer -> answer.output().equals(text))
                .extracting(Answer::requestId)
                .containsAll(ids);
    }

    @Test
    void requestsWithAnIdDoNotWaitForEachOther() throws Exception {
        Path pipe = pipe();
        try (Build build = new Build("serve", "--jobs", 2)) {
            build.send(request(1, "", "check", pipe));
            build.send(request(2, "", "check", PRIMES));

            assertThat(build.receive()).isEqualTo(done(2));
            letGoOn(pipe);
            assertThat(build.receive()).isEqualTo(done(1));
        }
    }

    @Test
    void requestsWithoutAnIdAreDoneOneAfterTheOther() throws Exception {
        Path pipe = pipe();
        Path between = folder.resolve("between.ll");
        try (Build build = new Build("serve", "--jobs", 4)) {
            build.send(request(0, "", "print", pipe, "-o", between));
            build.send(request(0, "", "check", between));
            letGoOn(pipe);

            assertThat(build.receive().exitCode()).isZero();
            assertThat(build.receive()).isEqualTo(done(0));
        }
    }

    @Test
    void aRequestThatWaitsIsCancelledAtOnce() throws Exception {
        Path pipe = pipe();
        try (Build build = new Build("serve", "--jobs", 1)) {
            build.send(request(1, "", "check", pipe));
            build.send(request(2, "", "check", PRIMES));
            build.send(cancel(2));

            assertThat(build.receive()).isEqualTo(new Answer(2, 0, "", true));
            letGoOn(pipe);
            assertThat(build.receive()).isEqualTo(done(1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aRequestThatIsWorkedOnIsCancelledAndWritesNothing(int id) throws Exception {
        Path pipe = pipe();
        Path out = folder.resolve("out.ll");
        try (Build build = new Build("serve", "--jobs", 2)) {
            build.send(request(id, "", "print", pipe, "-o", out));
            build.send(request(2, "", "check", PRIMES));
            assertThat(build.receive().requestId()).isEqualTo(2);
            build.send(cancel(id));
            build.send(request(3, "", "check", PRIMES));
            assertThat(build.receive().requestId()).isEqualTo(3);

            letGoOn(pipe);
            assertThat(build.receive()).isEqualTo(new Answer(id, 0, "", true));
            assertThat(out).doesNotExist();
        }
    }

    @Test
    void cancellingWhatIsAnsweredDoesNothing() throws IOException {
        assertThat(answers(cancel(5) + request(5, "", "check", PRIMES) + "\n")).containsExactly(done(5));
    }

    @Test
    void anIdThatIsInUseIsRefused() throws Exception {
        Path pipe = pipe();
        try (Build build = new Build("serve", "--jobs", 2)) {
            build.send(request(1, "", "check", pipe));
            build.send(request(1, "", "check", PRIMES));

            assertThat(build.receive())
                    .isEqualTo(new Answer(1, 2, "jci: error: the request 1 is still being worked on\n", false));
            letGoOn(pipe);
            assertThat(build.receive().exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hello                                          | 0",
                "}                                              | 0",
                "[1, 2]                                         | 0",
                "{\"requestId\": 4, \"arguments\": [\"check\"    | 4",
                "{\"requestId\": 4, \"arguments\": \"check\"}    | 4",
                "{\"requestId\": 4, \"arguments\": [1]}          | 4",
                "{\"requestId\": 4, \"arguments\": [[\"check\"]]} | 4",
                "{\"requestId\": \"four\"}                       | 0",
                "{\"requestId\": 12345678901}                    | 0",
                "{\"requestId\": 4, \"cancel\": 1}               | 4",
                "{\"requestId\": 4, \"sandboxDir\": {}}          | 4",
                "{\"requestId\": 4, \"arguments\": [\"\\q\"]}    | 4",
                "{\"requestId\": 4,,}                            | 4",
            })
    void whatIsNoRequestIsAnsweredAndTheNextOneDone(String text, int id) throws IOException {
        List<Answer> answers = answers(text + "\n" + request(0, "", "check", PRIMES) + "\n");

        assertThat(answers).hasSize(2).contains(done(0));
        assertThat(answers)
                .filteredOn(answer -> answer.exitCode() == 2)
                .singleElement()
                .satisfies(answer -> assertThat(answer.requestId()).isEqualTo(id))
                .satisfies(answer -> assertThat(answer.output())
                        .matches("jci: error: this is no work request: [^\n]+\n")
                        .doesNotContain("Exception"));
    }

    @Test
    void aRequestThatBreaksOffIsAnswered() throws IOException {
        assertThat(answers("{\"requestId\":3,\"arguments\":[\"che"))
                .singleElement()
                .satisfies(answer -> assertThat(answer.exitCode()).isEqualTo(2))
                .satisfies(answer -> assertThat(answer.requestId()).isEqualTo(3));
    }

    @Test
    void unknownFieldsDoNotMatterAndFieldsMayBeMissing() throws IOException {
        assertThat(answers(
                        "{\"later\":{\"a\":[{}]},\"arguments\":[\"check\",\"../examples/primes.ll\"],\"cancel\":null}"))
                .containsExactly(done(0));
        assertThat(answers("{}"))
                .singleElement()
                .satisfies(answer -> assertThat(answer.exitCode()).isEqualTo(2))
                .satisfies(answer -> assertThat(answer.output()).startsWith("jci: error: name a command\n"));
    }

    @Test
    void linesMayBeLong() throws IOException {
        StringBuilder inputs = new StringBuilder("{\"inputs\":[");
        for (int i = 0; i < 300_000; i++) {
            inputs.append("{\"path\":\"some/folder/file").append(i).append("\",\"digest\":\"Zm9v\"},");
        }
        inputs.append("{}],\"arguments\":[\"check\",\"../examples/primes.ll\"],\"requestId\":6}\n");
        String tooLong = "{\"requestId\":8,\"arguments\":[\"" + "x".repeat(30_000_000) + "\"]}\n";

        List<Answer> answers = answers(tooLong + inputs);

        assertThat(answers).hasSize(2).contains(done(6));
        assertThat(answers)
                .filteredOn(answer -> answer.requestId() == 8)
                .singleElement()
                .satisfies(answer -> assertThat(answer.exitCode()).isEqualTo(2))
                .satisfies(answer -> assertThat(answer.output()).hasSizeLessThan(500));
    }

    @Test
    void aFileTooLargeForTheMemoryDoesNotEndTheWorker() throws IOException {
        Path large = folder.resolve("large.ll");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(3L << 30); // of zeros that take no room on the disk
        }

        assertThat(answers(request(0, "", "check", large) + request(0, "", "check", PRIMES)))
                .extracting(Answer::exitCode)
                .containsExactly(1, 0);
    }

    @Test
    void deepNestingDoesNotEndTheWorker() throws IOException {
        int depth = 300_000;
        Path deep = Files.writeString(
                folder.resolve("deep.ll"),
                "@g = global " + "[1 x ".repeat(depth) + "i8" + "]".repeat(depth) + " zeroinitializer\n");

        List<Answer> answers = answers(
                request(0, "", "instrument", deep, "-o", folder.resolve("out.ll")) + request(0, "", "check", PRIMES));

        assertThat(answers).hasSize(2);
        assertThat(answers.get(0).output()).hasSizeLessThan(2_000_000).doesNotContain("\tat ");
        assertThat(answers.get(1).exitCode()).isZero();
    }

    @Test
    void standardInputIsNotForRequests() throws IOException {
        for (String command : List.of("print", "instrument", "check", "stats")) {
            assertThat(answers(request(0, "", command, "-")))
                    .containsExactly(new Answer(
                            0,
                            2,
                            "jci: error: standard input carries the requests; name a file instead of -\n",
                            false));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"build", "tune", "serve"})
    void someCommandsAreNotServed(String command) throws IOException {
        assertThat(answers(request(0, "", command)))
                .containsExactly(new Answer(
                        0, 2, "jci: error: a worker does not do " + command + "; run it by itself\n", false));
        assertThat(answers(request(0, "", "instrument", "--persistent_worker")))
                .containsExactly(new Answer(0, 2, "jci: error: a worker does not start workers\n", false));
    }

    @Test
    void relativeNamesStartInTheSandboxOfTheRequest() throws IOException {
        for (String name : List.of("one", "two")) {
            Path sandbox = Files.createDirectories(folder.resolve(name));
            Files.copy(PRIMES, Files.createDirectory(sandbox.resolve("in")).resolve("a.ll"));
            Files.copy(PRIMES, sandbox.resolve("in").resolve("b.ll"));
            Files.createDirectory(sandbox.resolve("out"));
            Files.writeString(sandbox.resolve("options"), "--mode naive -o out\n");
            Files.writeString(sandbox.resolve("costs.txt"), "class-own:cost-70\nprintf\n");
        }
        Object[] words = {"instrument", "@options", "in", "--cost-config", "costs.txt", "--report", "report.json"};

        List<Answer> answers = answers(request(1, folder.resolve("one").toString(), words)
                + request(2, folder.resolve("two").toString(), words));

        assertThat(answers).containsExactlyInAnyOrder(done(1), done(2));
        for (String file : List.of("out/a.ll", "out/b.ll", "report.json")) {
            assertThat(folder.resolve("one").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("two").resolve(file))
                    .content()
                    .doesNotContain(folder.toString());
        }
        assertThat(answers(request(3, folder.resolve("one").toString(), "print", "missing.ll")))
                .containsExactly(new Answer(3, 1, "missing.ll: error: cannot read: no such file\n", false));
    }

    @Test
    void verbosityIsAnsweredOnStandardError() throws IOException {
        try (Build build = new Build("serve")) {
            build.send("{\"arguments\":[\"check\",\"../examples/primes.ll\"],\"requestId\":5,\"verbosity\":1}");
            build.receive();
            build.end();
            assertThat(build.log()).matches("jci: request 5: check ../examples/primes.ll: exit code 0, [0-9.]+ ms\n");
        }
    }

    @Test
    void whoCannotBeAnsweredEndsTheWorker() {
        ByteArrayInputStream requests =
                new ByteArrayInputStream(request(0, "", "check", PRIMES).getBytes(StandardCharsets.UTF_8));
        java.io.OutputStream closed = new java.io.OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        java.io.StringWriter err = new java.io.StringWriter();
        java.io.PrintWriter messages = new java.io.PrintWriter(err);

        int exitCode =
                new CommandRunner().run(new ModuleFiles(Path.of(""), requests, closed), messages, messages, "serve");

        assertThat(exitCode).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("<stdout>: error: cannot write the responses\n");
    }

    @Test
    void jobsIsPositive() {
        assertThat(Outcome.ofJci("serve", "-j", 0))
                .isEqualTo(new Outcome(2, "", "jci: error: --jobs takes a positive number\n"));
    }

    @Test
    void instrumentIsAWorkerForBazel() throws IOException {
        Path out = folder.resolve("out.ll");
        Path expected = folder.resolve("expected.ll");
        for (List<String> options : List.of(
                List.of("--worker"), List.of("--persistent_worker"), List.of("--worker", "--persistent_worker"))) {
            List<Object> command = new ArrayList<>(List.of("instrument", "--mode", "cnb"));
            command.addAll(options);
            assertThat(answers(request(1, "", PRIMES, "-o", out), command.toArray()))
                    .containsExactly(done(1));
            Outcome.ofJci("instrument", "--mode", "cnb", PRIMES, "-o", expected);
            assertThat(out).hasSameBinaryContentAs(expected);
            Files.delete(out);
        }
    }

    @Test
    void instrumentDoesItsWorkOnceWhenFilesAreNamed() throws IOException {
        Path out = folder.resolve("out.ll");
        Path flags = Files.writeString(folder.resolve("flags"), PRIMES + "\n-o\n" + out + "\n");

        assertThat(Outcome.ofJci("instrument", "--worker", "--mode", "cnb", "@" + flags))
                .isEqualTo(new Outcome(0, "", ""));

        Path expected = folder.resolve("expected.ll");
        Outcome.ofJci("instrument", "--mode", "cnb", PRIMES, "-o", expected);
        assertThat(out).hasSameBinaryContentAs(expected);
    }
}
