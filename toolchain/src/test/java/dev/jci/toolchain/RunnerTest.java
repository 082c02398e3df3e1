package dev.jci.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Running a command. */
class RunnerTest {
    @TempDir
    private Path folder;

    private static List<String> shell(String text) {
        return List.of("/bin/sh", "-c", text);
    }

    @Test
    void bothOutputsAreReturned() throws ToolException {
        assertThat(Runner.run(shell("echo one; echo two >&2; echo three"))).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void argumentsAreNotInterpreted() throws ToolException {
        assertThat(Runner.run(List.of("/bin/echo", "$HOME *", "a  b", "'"))).isEqualTo("$HOME * a  b '\n");
    }

    @Test
    void standardInputIsEmpty() throws ToolException {
        assertThat(Runner.run(shell("cat; echo end"))).isEqualTo("end\n");
    }

    @Test
    void muchOutputDoesNotBlock() throws ToolException {
        assertThat(
                        Runner.run(
                                shell(
                                        "i=0; while [ $i -lt 5000 ]; do echo 0123456789012345678901234567890123456789; i=$((i+1)); done")))
                .hasSize(5000 * 41);
    }

    @Test
    void outputOfAnyEncodingIsRead() throws ToolException {
        assertThat(Runner.run(shell("printf '\\303\\050\\377'"))).hasSize(3);
    }

    @Test
    void aFailureNamesExitCodeCommandAndOutput() {
        assertThatThrownBy(() -> Runner.run(shell("echo wrong; exit 42")))
                .isInstanceOf(ToolException.class)
                .hasMessage("exit code 42 of: /bin/sh -c echo wrong; exit 42\nwrong");
    }

    @Test
    void aSilentFailureHasOneLine() {
        assertThatThrownBy(() -> Runner.run(List.of("/bin/false")))
                .isInstanceOf(ToolException.class)
                .hasMessage("exit code 1 of: /bin/false");
    }

    @Test
    void aCommandEndedByASignalFailed() {
        assertThatThrownBy(() -> Runner.run(shell("kill -9 $$")))
                .isInstanceOf(ToolException.class)
                .hasMessageStartingWith("exit code 137 of: ");
    }

    @Test
    void whatIsNotThereCannotBeRun() {
        assertThatThrownBy(() -> Runner.run(List.of("/no/such/tool", "-x")))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("No such file or directory")
                .hasMessageEndingWith(": /no/such/tool -x");
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    @EnabledOnOs(OS.LINUX)
    void whatDoesNotEndIsEndedWithWhatItStarted() throws IOException, InterruptedException {
        Path started = folder.resolve("started");
        String text = "sleep 1000 & echo $! > " + started + "; wait";

        assertThatThrownBy(() -> Runner.run(shell(text), Duration.ofSeconds(3)))
                .isInstanceOf(ToolException.class)
                .hasMessageStartingWith("no end after 3000 milliseconds: /bin/sh -c ");

        Path child = Path.of("/proc", Files.readString(started).strip(), "stat");
        while (isRunning(child)) {
            Thread.onSpinWait();
        }
    }

    /** Whether a process runs; one that has ended but that nobody has waited for does not. */
    private static boolean isRunning(Path statusOfProcess) {
        try {
            return !Files.readString(statusOfProcess).contains(") Z ");
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void anInterruptEndsTheCommandAndStaysSet() throws InterruptedException {
        List<String> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
        Thread thread = new Thread(() -> {
            try {
                Runner.run(shell("sleep 1000"));
            } catch (ToolException exception) {
                seen.add(exception.getMessage());
                seen.add("interrupted " + Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        thread.interrupt();
        thread.join();

        assertThat(seen).containsExactly("interrupted: /bin/sh -c sleep 1000", "interrupted true");
    }
}
