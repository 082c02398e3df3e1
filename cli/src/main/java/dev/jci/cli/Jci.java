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
            ServeCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Jci implements Runnable {
    private ModuleFiles files = ModuleFiles.ofProcess();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** For {@link CommandRunner} and for tools that make manuals of the command. */
    public Jci() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(CommandRunner.of(arguments).run(ModuleFiles.ofProcess(), out, err, arguments));
    }

    /** The files and streams that the command works with. */
    ModuleFiles files() {
        return files;
    }

    /** For the next command. */
    void setFiles(ModuleFiles files) {
        this.files = files;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "jci: error: name a command");
    }
}
