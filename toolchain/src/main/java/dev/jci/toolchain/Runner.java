package dev.jci.toolchain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a native tool, without a shell. */
final class Runner {
    private static final Duration LIMIT = Duration.ofMinutes(30);

    private Runner() {}

    /**
     * Runs a command to its end.
     *
     * @return what it said on both of its outputs
     * @throws ToolException when it cannot be run, fails or does not end
     */
    static String run(List<String> command) throws ToolException {
        return run(command, LIMIT);
    }

    /**
     * Runs a command to its end, but not longer than a limit; then it is ended, with all that it started.
     *
     * @return what it said on both of its outputs
     * @throws ToolException when it cannot be run, fails or does not end in time
     */
    static String run(List<String> command, Duration limit) throws ToolException {
        String commandLine = String.join(" ", command);
        Path said = null;
        try {
            said = Files.createTempFile("jci-tool", ".txt");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(nothing()))
                    .redirectOutput(said.toFile())
                    .start();
            if (!ends(process, limit)) {
                throw ToolException.notRun(commandLine, "no end after " + inWords(limit));
            }
            String output = Files.readString(said, StandardCharsets.ISO_8859_1);
            if (process.exitValue() != 0) {
                throw ToolException.failed(commandLine, process.exitValue(), output);
            }
            return output;
        } catch (IOException exception) {
            throw ToolException.notRun(commandLine, String.valueOf(exception.getMessage()));
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw ToolException.notRun(commandLine, "interrupted");
        } finally {
            delete(said);
        }
    }

    /** Whether a process ends by itself in time; it has ended in any case afterwards. */
    static boolean ends(Process process, Duration limit) throws InterruptedException {
        boolean ended = false;
        try {
            ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            return ended;
        } finally {
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }

    private static String inWords(Duration limit) {
        return limit.toMinutes() > 0 ? limit.toMinutes() + " minutes" : limit.toMillis() + " milliseconds";
    }

    static java.io.File nothing() {
        return new java.io.File(System.getProperty("os.name", "").startsWith("Windows") ? "NUL" : "/dev/null");
    }

    private static void delete(@org.jspecify.annotations.Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException ignored) {
                // A leftover in the folder for temporary files harms nobody.
            }
        }
    }
}
