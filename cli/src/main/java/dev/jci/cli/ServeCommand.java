package dev.jci.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code jci serve}: does the work of many commands in one process. */
@Command(
        name = "serve",
        description = {
            "Reads requests on standard input, each with the arguments of a command, and answers them on standard output, until the input ends.",
            "Both are in the JSON protocol of Bazel's persistent workers. The exit code of each command stands in its response."
        },
        mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private Jci jci = new Jci();

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "How many requests at once. Default: the number of processors.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws Failure {
        return serve(jci.files(), List.of(), jobs, spec);
    }

    /**
     * Works on requests until their end.
     *
     * @param files of the process
     * @param firstArguments what stands before the arguments of each request
     * @param jobs how many requests at once
     * @param spec of the command that serves
     * @return the exit code
     */
    static int serve(ModuleFiles files, List<String> firstArguments, int jobs, CommandSpec spec) throws Failure {
        if (files.in() == null) {
            throw Failure.usage("a worker does not start workers");
        }
        if (jobs < 1) {
            throw Failure.usage("--jobs takes a positive number");
        }
        return new Worker(firstArguments, jobs, files.out(), spec.commandLine().getErr()).run(files.in());
    }
}
