package dev.jci.toolchain;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A program that was built, with what it is run on.
 *
 * @param executable the program
 * @param arguments its arguments
 * @param input the file that its standard input comes from; none for an empty one
 * @param limit how long it may run
 */
public record Program(Path executable, List<String> arguments, Optional<Path> input, Duration limit) {
    /** Copies the list. */
    public Program {
        arguments = List.copyOf(arguments);
    }

    /**
     * Runs the program to its end, but not longer than the limit; then it is ended, with all that it started.
     *
     * @param environment variables that it gets beside those of this process
     * @param output the file that its standard output goes to
     * @param errors the file that its standard error goes to
     * @return its exit code; none when it did not end in time
     * @throws ToolException when it cannot be run at all
     */
    public OptionalInt run(Map<String, String> environment, Path output, Path errors) throws ToolException {
        List<String> command = new ArrayList<>();
        command.add(executable.toAbsolutePath().toString());
        command.addAll(arguments);
        File source = input.map(Path::toFile).orElseGet(Runner::nothing);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(source))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        String commandLine = String.join(" ", command);
        try {
            Process process = builder.start();
            return Runner.ends(process, limit) ? OptionalInt.of(process.exitValue()) : OptionalInt.empty();
        } catch (IOException exception) {
            throw ToolException.notRun(commandLine, String.valueOf(exception.getMessage()));
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw ToolException.notRun(commandLine, "interrupted");
        }
    }
}
