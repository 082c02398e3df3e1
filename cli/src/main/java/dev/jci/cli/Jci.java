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
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Made by picocli. */
    public Jci() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(PublishedOptions.translate(arguments)));
    }

    /** The command line, for the process and for tests. */
    static CommandLine commandLine() {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        return new CommandLine(new Jci())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((exception, command, parsed) -> report(exception, command));
    }

    private static int report(Exception exception, CommandLine command) {
        if (exception instanceof Failure failure) {
            command.getErr().println(failure.getMessage());
            return failure.exitCode();
        }
        // Nothing of this kind is expected; whoever meets it should be able to tell us.
        command.getErr()
                .println("jci: error: internal error: " + exception + "; please report it together with the input");
        if (System.getenv("JCI_DEBUG") != null) {
            exception.printStackTrace(command.getErr());
        }
        return 1;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "jci: error: name a command");
    }
}
