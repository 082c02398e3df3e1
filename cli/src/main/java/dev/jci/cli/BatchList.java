package dev.jci.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A file of lines {@code INPUT<TAB>OUTPUT}, worked through by one process. Every line gets its answer: OUTPUT is written when the work
 * on INPUT succeeded, {@code OUTPUT.err} with what is wrong otherwise; what happens to one file never stops the others.
 *
 * @param files where the list and the files are
 * @param err for messages about answers that cannot be written
 */
record BatchList(ModuleFiles files, PrintWriter err) {
    /** What to do with one line. */
    interface Step {
        void run(String input, String output) throws Failure;
    }

    private record Line(String input, String output) {}

    /** The option that names a list of files to write, for a command. */
    static Argument<@Nullable Path> option(Syntax syntax) {
        return syntax.option(
                Path.class,
                OptionSpec.builder("--batch")
                        .paramLabel("LIST")
                        .description(
                                "A file of lines INPUT<TAB>OUTPUT; for each, OUTPUT is written, or OUTPUT.err with what is wrong."));
    }

    /**
     * Works through a list.
     *
     * @return the exit code: 0, or 1 when it failed for any file
     * @throws Failure when the list itself cannot be read or is malformed; then nothing has been done
     */
    int run(Path list, Step step) throws Failure {
        int exitCode = 0;
        for (Line line : read(list)) {
            String wrong = attempt(line, step);
            if (wrong != null) {
                exitCode = 1;
                report(line, wrong);
            }
        }
        return exitCode;
    }

    private List<Line> read(Path list) throws Failure {
        List<Line> lines = new ArrayList<>();
        for (String text : files.lines(list)) {
            List<String> pair = List.of(text.split("\t", -1));
            if (pair.size() != 2) {
                throw Failure.usage(list + ": not INPUT<TAB>OUTPUT: " + text);
            }
            lines.add(new Line(pair.get(0), pair.get(1)));
        }
        return lines;
    }

    /** What is wrong, null when all went well. */
    private static @Nullable String attempt(Line line, Step step) {
        try {
            step.run(line.input, line.output);
            return null;
        } catch (Failure failure) {
            return failure.getMessage();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError unexpected) {
            // A defect of ours, or a file too large for the memory: the answers for the other files are still wanted.
            return line.input + ": error: internal error: " + unexpected + "; please report it together with the input";
        }
    }

    private void report(Line line, String wrong) {
        try {
            files.write(line.output + ".err", (wrong + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (Failure failure) {
            err.println(failure.getMessage());
        }
    }
}
