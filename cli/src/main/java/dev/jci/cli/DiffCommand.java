package dev.jci.cli;

import dev.jci.ir.diff.ModuleDiff;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code jci diff}: compares. */
final class DiffCommand implements Command {
    private final Jci jci;
    private final Syntax syntax = new Syntax(
            this,
            "diff",
            "Shows what differs between two modules, names and numbering aside.",
            "Exit codes, as those of diff: 0 no difference; 1 a difference; 2 trouble: a file cannot be read or is not valid IR, or wrong usage.");
    private final Argument<String> before = syntax.parameter(
            String.class,
            0,
            PositionalParamSpec.builder().paramLabel("A").description("The first .ll file, or - for standard input."));
    private final Argument<String> after = syntax.parameter(
            String.class,
            1,
            PositionalParamSpec.builder().paramLabel("B").description("The second .ll file, or - for standard input."));
    private final Argument<Boolean> quiet =
            syntax.flag(OptionSpec.builder("-q", "--quiet").description("No report; only the exit code tells."));
    private final Argument<Boolean> summary = syntax.flag(OptionSpec.builder("--summary")
            .description("For each function only how many lines were removed and inserted."));
    private final FromOption from = new FromOption(syntax);

    DiffCommand(Jci jci) {
        this.jci = jci;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws Failure {
        if (before.value().equals("-") && after.value().equals("-")) {
            throw Failure.usage("only one of the files can be standard input");
        }
        ModuleFiles.Read first;
        ModuleFiles.Read second;
        try {
            first = jci.files().read(before.value(), from.options());
            second = jci.files().read(after.value(), from.options());
        } catch (Failure failure) {
            throw failure.asTrouble();
        }
        ModuleDiff diff = ModuleDiff.between(first.module(), second.module());
        if (!quiet.value() && !diff.isEmpty()) {
            syntax.out().print(new DiffReport(first.source(), second.source()).of(diff, summary.value()));
            syntax.out().flush();
        }
        return diff.isEmpty() ? 0 : 1;
    }
}
