package dev.jci.cli;

import dev.jci.ir.Diagnostic;
import dev.jci.ir.verify.Verifier;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jci check}: reads and verifies. */
@Command(
        name = "check",
        description = "Reads modules and checks that they are valid IR.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "The .ll files, folders of them, or - for standard input.")
    private List<String> inputs = List.of();

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress line.")
    private boolean quiet;

    @Override
    public Integer call() throws Failure {
        List<String> files = ModuleFiles.expand(inputs);
        Batch.run(files, Runtime.getRuntime().availableProcessors(), quiet, CheckCommand::check);
        return 0;
    }

    private static boolean check(String file) throws Failure {
        ModuleFiles.Read read = ModuleFiles.read(file);
        List<Diagnostic> found = Verifier.verify(read.module());
        if (!found.isEmpty()) {
            throw Failure.input(ModuleFiles.render(read.source(), found));
        }
        return true;
    }
}
