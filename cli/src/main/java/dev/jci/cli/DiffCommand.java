package dev.jci.cli;

import dev.jci.ir.diff.ModuleDiff;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code jci diff}: compares. */
@Command(
        name = "diff",
        description = {
            "Shows what differs between two modules, names and numbering aside.",
            "Exit codes, as those of diff: 0 no difference; 1 a difference; 2 trouble: a file cannot be read or is not valid IR, or wrong usage."
        },
        mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private Jci jci = new Jci();

    @Parameters(index = "0", paramLabel = "A", description = "The first .ll file, or - for standard input.")
    private String before = "-";

    @Parameters(index = "1", paramLabel = "B", description = "The second .ll file, or - for standard input.")
    private String after = "-";

    @Option(
            names = {"-q", "--quiet"},
            description = "No report; only the exit code tells.")
    private boolean quiet;

    @Option(names = "--summary", description = "For each function only how many lines were removed and inserted.")
    private boolean summary;

    @Mixin
    private FromOption from = new FromOption();

    @Override
    public Integer call() throws Failure {
        if (before.equals("-") && after.equals("-")) {
            throw Failure.usage("only one of the files can be standard input");
        }
        ModuleFiles.Read first;
        ModuleFiles.Read second;
        try {
            first = jci.files().read(before, from.options());
            second = jci.files().read(after, from.options());
        } catch (Failure failure) {
            throw failure.asTrouble();
        }
        ModuleDiff diff = ModuleDiff.between(first.module(), second.module());
        if (!quiet && !diff.isEmpty()) {
            spec.commandLine().getOut().print(new DiffReport(first.source(), second.source()).of(diff, summary));
            spec.commandLine().getOut().flush();
        }
        return diff.isEmpty() ? 0 : 1;
    }
}
