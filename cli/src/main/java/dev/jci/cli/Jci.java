package dev.jci.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code jci} command. */
@CommandLine.Command(
        name = "jci",
        description = {
            "Reads, changes and prints LLVM IR text, and makes programs call a handler at even intervals.",
            "Exit codes: 0 done; 1 the input cannot be read, is not valid IR, or cannot be printed or tuned; 2 wrong usage; 3 a native tool is missing or failed."
        },
        mixinStandardHelpOptions = true,
        versionProvider = JciVersion.class,
        modelTransformer = Jci.WithCommands.class)
public final class Jci implements Runnable {
    /** In the order of the help. */
    private static final List<String> COMMANDS = List.of(
            "instrument", "build", "tune", "print", "convert", "check", "diff", "stats", "runtime", "serve", "version");

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

    /** The command of a name. */
    Optional<Command> command(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "instrument" -> new InstrumentCommand(this);
                    case "build" -> new BuildCommand(this);
                    case "tune" -> new TuneCommand(this);
                    case "print" -> new PrintCommand(this);
                    case "convert" -> new ConvertCommand(this);
                    case "check" -> new CheckCommand(this);
                    case "diff" -> new DiffCommand(this);
                    case "stats" -> new StatsCommand(this);
                    case "runtime" -> new RuntimeCommand(this);
                    case "serve" -> new ServeCommand(this);
                    case "version" -> new VersionCommand();
                    default -> null;
                });
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "jci: error: name a command");
    }

    /** Adds all commands to the model of the command line that is made from the annotations above. */
    static final class WithCommands implements IModelTransformer {
        @Override
        public CommandSpec transform(CommandSpec spec) {
            Jci jci = (Jci) spec.userObject();
            for (String name : COMMANDS) {
                jci.command(name)
                        .ifPresent(command ->
                                spec.addSubcommand(name, command.syntax().spec()));
            }
            return spec.addSubcommand("help", new CommandLine(new CommandLine.HelpCommand()));
        }
    }
}
