package dev.jci.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Runs commands, one after the other. The model of the command line is made once: that takes longer than most commands on small files.
 * Commands that run at the same time need a runner each.
 */
final class CommandRunner {
    private final Jci jci;
    private final CommandLine line;

    /** A runner for any commands. */
    CommandRunner() {
        this(new Jci(), null);
    }

    private CommandRunner(Jci jci, @Nullable CommandSpec root) {
        this.jci = jci;
        this.line = (root == null ? new CommandLine(jci) : new CommandLine(root))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((exception, command, parsed) -> report(exception, command.getErr()));
    }

    /** A runner for the command that these arguments name. The others are not even looked at: that would take most of the time. */
    static CommandRunner of(String... arguments) {
        Jci jci = new Jci();
        return jci.command(arguments.length == 0 ? "" : arguments[0])
                .map(command -> new CommandRunner(
                        jci,
                        CommandSpec.wrapWithoutInspection(jci)
                                .name("jci")
                                .addSubcommand(arguments[0], command.syntax().spec())))
                .orElseGet(CommandRunner::new);
    }

    /**
     * Runs a command, the options of the published pass among its arguments.
     *
     * @param files what the command reads and writes
     * @param out for what it prints
     * @param err for its messages
     * @return its exit code
     */
    int run(ModuleFiles files, PrintWriter out, PrintWriter err, String... arguments) {
        jci.setFiles(files);
        line.setOut(out).setErr(err);
        try {
            return line.execute(PublishedOptions.translate(arguments));
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

    private static int report(Exception exception, PrintWriter err) {
        if (exception instanceof Failure failure) {
            err.println(failure.getMessage());
            return failure.exitCode();
        }
        return reportDefect(exception, err);
    }

    /** Nothing of this kind is expected; whoever meets it should be able to tell us. */
    private static int reportDefect(Throwable defect, PrintWriter err) {
        err.println("jci: error: internal error: " + defect + "; please report it together with the input");
        if (System.getenv("JCI_DEBUG") != null) {
            defect.printStackTrace(err);
        }
        return 1;
    }
}
