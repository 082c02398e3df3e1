package dev.jci.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** {@code jci serve}: does the work of many commands in one process. */
final class ServeCommand implements Command {
    private final Jci jci;
    private final Syntax syntax = new Syntax(
            this,
            "serve",
            "Reads requests on standard input, each with the arguments of a command, and answers them on standard output, until the input ends.",
            "Both are in the JSON protocol of Bazel's persistent workers. The exit code of each command stands in its response.");
    private final Argument<Integer> jobs = syntax.option(
            Processors.count(),
            OptionSpec.builder("-j", "--jobs")
                    .paramLabel("N")
                    .description("How many requests at once. Default: the number of processors."));

    ServeCommand(Jci jci) {
        this.jci = jci;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws Failure {
        return serve(jci.files(), List.of(), jobs.value(), syntax.err());
    }

    /**
     * Works on requests until their end.
     *
     * @param files of the process
     * @param firstArguments what stands before the arguments of each request
     * @param jobs how many requests at once
     * @param err for what requests with a verbosity want to know
     * @return the exit code
     */
    static int serve(ModuleFiles files, List<String> firstArguments, int jobs, PrintWriter err) throws Failure {
        if (files.in() == null) {
            throw Failure.usage("a worker does not start workers");
        }
        if (jobs < 1) {
            throw Failure.usage("--jobs takes a positive number");
        }
        return new Worker(firstArguments, jobs, files.out(), err).run(files.in());
    }
}
