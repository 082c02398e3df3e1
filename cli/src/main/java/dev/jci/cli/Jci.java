package dev.jci.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code jci} command. */
@Command(
        name = "jci",
        description = {
            "Reads, changes and prints LLVM IR text, and makes programs call a handler at even intervals.",
            "Exit codes: 0 done; 1 the input cannot be read, is not valid IR, or cannot be printed or tuned; 2 wrong usage; 3 a native tool is missing or failed."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        subcommands = {
            InstrumentCommand.class,
            BuildCommand.class,
            TuneCommand.class,
            PrintCommand.class,
            ConvertCommand.class,
            CheckCommand.class,
            DiffCommand.class,
            StatsCommand.class,
            RuntimeCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Jci implements Runnable {
    private final ModuleFiles files;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** With the files and the standard streams of the process, for tools that make manuals of the command. */
    public Jci() {
        this(ModuleFiles.ofProcess());
    }

    private Jci(ModuleFiles files) {
        this.files = files;
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(ModuleFiles.ofProcess(), out, err, arguments));
    }

    /**
     * Runs one command, the options of the published pass among its arguments.
     *
     * @param files what the command reads and writes
     * @param out for what it prints
     * @param err for its messages
     * @return its exit code
     */
    static int run(ModuleFiles files, PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine command = new CommandLine(new Jci(files))
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((exception, line, parsed) -> report(exception, line));
        try {
            return command.execute(PublishedOptions.translate(arguments));
        } catch (OutOfMemoryError error) {
            err.println("jci: error: the memory is not enough; JCI_JAVA_OPTS=-Xmx8g gives more");
            return 1;
        } catch (StackOverflowError error) {
            return reportDefect(error, err);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** The files and streams that the command works with. */
    ModuleFiles files() {
        return files;
    }

    private static int report(Exception exception, CommandLine command) {
        if (exception instanceof Failure failure) {
            command.getErr().println(failure.getMessage());
            return failure.exitCode();
        }
        return reportDefect(exception, command.getErr());
    }

    /** Nothing of this kind is expected; whoever meets it should be able to tell us. */
    private static int reportDefect(Throwable defect, PrintWriter err) {
        err.println("jci: error: internal error: " + defect + "; please report it together with the input");
        if (System.getenv("JCI_DEBUG") != null) {
            defect.printStackTrace(err);
        }
        return 1;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "jci: error: name a command");
    }
}
