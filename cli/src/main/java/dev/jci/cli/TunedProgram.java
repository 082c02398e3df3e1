package dev.jci.cli;

import dev.jci.ci.Options;
import dev.jci.toolchain.Program;
import dev.jci.toolchain.ToolException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A program that is tuned: built plain and with probes, in a folder of its own that goes away at the end, and run. Every run has to do what
 * the first one of the plain program did.
 */
final class TunedProgram implements AutoCloseable {
    private static final double SHORTEST_SECONDS = 0.02;
    private static final long FEWEST_INTERVALS = 100;
    /** Exit codes above say which signal ended a program. */
    private static final int SIGNALS = 128;

    private final Setup setup;
    private final Path folder;
    private final Path expected;
    private final int exitCode;

    /**
     * What is tuned, and how it is run.
     *
     * @param sources where the modules are read
     * @param files the modules
     * @param linkOptions of the linker
     * @param llvm the {@code llc} to use, 0 for any
     * @param program arguments, input and time limit; the executable stands for each of those that are built
     * @param anyOutput whether runs may print what they like
     * @param err for what the pass has to say
     */
    record Setup(
            ModuleFiles sources,
            List<String> files,
            List<String> linkOptions,
            int llvm,
            Program program,
            boolean anyOutput,
            PrintWriter err) {
        Failure failure(String message) {
            return Failure.input(files.getFirst() + ": error: " + message);
        }
    }

    /** Whether a handler runs, and what it does. */
    enum Handler {
        NONE,
        EMPTY,
        RECORDING
    }

    private TunedProgram(Setup setup, Path folder) throws Failure {
        this.setup = setup;
        this.folder = folder;
        this.expected = folder.resolve("expected");
        try {
            build(plain(), read -> {});
            this.exitCode = start(plain(), Map.of(), expected);
        } catch (Failure failure) {
            close();
            throw failure;
        }
    }

    /** Builds the plain program and finds out what it prints. */
    static TunedProgram of(Setup setup) throws Failure {
        Path folder;
        try {
            folder = Files.createTempDirectory("jci-tune");
        } catch (IOException exception) {
            throw Failure.input(
                    "jci: error: cannot make a folder for temporary files: " + ModuleFiles.reason(exception));
        }
        return new TunedProgram(setup, folder);
    }

    private Path plain() {
        return folder.resolve("plain");
    }

    /** The program without probes, once more. */
    TuneReport runPlain() throws Failure {
        TuneReport report = run(plain(), Handler.NONE, 0, 0);
        if (report.userSeconds() < SHORTEST_SECONDS) {
            throw setup.failure(String.format(
                    java.util.Locale.ROOT,
                    "the program is too short to measure: %.1f milliseconds of user time, and %.0f are needed; give it more work%s",
                    1000 * report.userSeconds(),
                    1000 * SHORTEST_SECONDS,
                    exitCode == 0 ? "" : "; it ended with exit code " + exitCode + saidLast()));
        }
        return report;
    }

    /** Builds the program with probes. */
    Path instrument(Options options) throws Failure {
        Path executable = folder.resolve("ci-" + options.commitInterval());
        build(executable, program -> InstrumentCommand.instrumentProgram(program, options, setup.err));
        return executable;
    }

    private void build(Path executable, ProgramBuild.Change change) throws Failure {
        try (ProgramBuild build = new ProgramBuild(setup.sources, setup.llvm)) {
            String triple = build.compile(setup.files, change);
            build.link(RuntimeFiles.forTuning(triple), executable.toString(), setup.linkOptions);
        }
    }

    /** Runs the program with a handler that records how far its calls are apart. */
    Intervals intervals(Path executable, long interval, long cycles) throws Failure {
        return run(executable, Handler.RECORDING, interval, cycles).intervals();
    }

    /** Complains when so few intervals were seen that nothing can be said. */
    void requireEnough(Intervals intervals) throws Failure {
        if (intervals.count() < FEWEST_INTERVALS) {
            throw setup.failure("the program is too short to measure: the handler was called "
                    + (intervals.count() == 0 ? "once or never" : intervals.count() + 1 + " times")
                    + ", and " + FEWEST_INTERVALS
                    + " calls are needed; give it more work or ask for shorter intervals");
        }
    }

    /** Runs a build of the program. */
    TuneReport run(Path executable, Handler handler, long interval, long cycles) throws Failure {
        Map<String, String> environment = new HashMap<>();
        if (handler != Handler.NONE) {
            environment.put("JCI_TUNE_INTERVAL", Long.toString(interval));
            environment.put("JCI_TUNE_CYCLES", Long.toString(cycles));
        }
        if (handler == Handler.RECORDING) {
            environment.put("JCI_TUNE_RECORD", "1");
        }
        Path output = folder.resolve("output");
        int ended = start(executable, environment, output);
        String which = executable.equals(plain()) ? "each time it is run" : "with probes";
        if (ended != exitCode) {
            throw setup.failure("the program ends with another exit code " + which + ": " + exitCode + ", then " + ended
                    + saidLast());
        }
        if (!setup.anyOutput && differs(output)) {
            throw setup.failure("the program prints something else " + which + "; --any-output takes it as it is");
        }
        return report();
    }

    private boolean differs(Path output) throws Failure {
        try {
            return Files.mismatch(expected, output) >= 0;
        } catch (IOException exception) {
            throw unreadable(exception);
        }
    }

    /** The exit code of a run, which leaves a report. */
    private int start(Path executable, Map<String, String> environment, Path output) throws Failure {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("JCI_TUNE_REPORT", reportFile().toString());
        ModuleFiles.delete(reportFile());
        Program program = setup.program;
        String which = executable.equals(plain()) ? "the program" : "the program with probes";
        try {
            int ended = new Program(executable, program.arguments(), program.input(), program.limit())
                    .run(variables, output, errors())
                    .orElseThrow(() -> setup.failure(
                            which + " did not end within " + program.limit().toSeconds() + " seconds; see --timeout"));
            if (ended > SIGNALS) {
                throw setup.failure(which + " was ended by signal " + (ended - SIGNALS) + saidLast());
            }
            if (!Files.exists(reportFile())) {
                throw setup.failure(which
                        + " did not end through exit or the end of main, so that nothing could be measured"
                        + saidLast());
            }
            return ended;
        } catch (ToolException exception) {
            throw setup.failure("cannot run the program: " + exception.getMessage());
        }
    }

    private TuneReport report() throws Failure {
        try {
            return TuneReport.of(Files.readAllBytes(reportFile()));
        } catch (IOException exception) {
            throw unreadable(exception);
        } catch (IllegalArgumentException exception) {
            throw setup.failure("the program could not write what it measured: " + exception.getMessage());
        }
    }

    private Path reportFile() {
        return folder.resolve("report");
    }

    private Path errors() {
        return folder.resolve("errors");
    }

    /** The last line that a run wrote on standard error, for a message. */
    private String saidLast() throws Failure {
        try {
            return Files.readString(errors(), StandardCharsets.ISO_8859_1)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .reduce("", (first, second) -> ": " + second.strip());
        } catch (IOException exception) {
            throw unreadable(exception);
        }
    }

    private Failure unreadable(IOException exception) {
        return setup.failure("cannot read what the program wrote: " + ModuleFiles.reason(exception));
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(ModuleFiles::delete);
        } catch (IOException ignored) {
            // A leftover in the folder for temporary files harms nobody.
        }
        ModuleFiles.delete(folder);
    }
}
