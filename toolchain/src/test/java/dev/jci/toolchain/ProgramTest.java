package dev.jci.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Running a program that was built. */
class ProgramTest {
    @TempDir
    private Path folder;

    private Program shell(String text, Optional<Path> input, Duration limit) {
        return new Program(Path.of("/bin/sh"), List.of("-c", text), input, limit);
    }

    private Program shell(String text) {
        return shell(text, Optional.empty(), Duration.ofMinutes(1));
    }

    private Path out() {
        return folder.resolve("out");
    }

    private Path err() {
        return folder.resolve("err");
    }

    @Test
    void outputsAndExitCodeAreKept() throws ToolException {
        assertThat(shell("echo $WORD; echo wrong >&2; exit 3").run(Map.of("WORD", "right"), out(), err()))
                .hasValue(3);
        assertThat(out()).hasContent("right");
        assertThat(err()).hasContent("wrong");
    }

    @Test
    void standardInputIsEmptyOrAFile() throws ToolException, IOException {
        Path input = Files.writeString(folder.resolve("in"), "said\n");

        assertThat(shell("cat").run(Map.of(), out(), err())).hasValue(0);
        assertThat(out()).isEmptyFile();
        shell("cat", Optional.of(input), Duration.ofMinutes(1)).run(Map.of(), out(), err());
        assertThat(out()).hasContent("said");
    }

    @Test
    @Timeout(60)
    void whatDoesNotEndHasNoExitCode() throws ToolException {
        assertThat(shell("sleep 1000", Optional.empty(), Duration.ofMillis(200)).run(Map.of(), out(), err()))
                .isEmpty();
    }

    @Test
    void whatIsNotThereCannotBeRun() {
        Program missing = new Program(Path.of("/no/such/program"), List.of("x"), Optional.empty(), Duration.ofDays(1));

        assertThatThrownBy(() -> missing.run(Map.of(), out(), err()))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("No such file or directory")
                .hasMessageEndingWith(": /no/such/program x");
    }
}
