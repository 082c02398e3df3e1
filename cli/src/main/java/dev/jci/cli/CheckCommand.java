package dev.jci.cli;

import dev.jci.ir.Diagnostic;
import dev.jci.ir.verify.Verifier;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code jci check}: reads and verifies. */
final class CheckCommand implements Command {
    private static final byte[] VALID = {'o', 'k', '\n'};

    private final Jci jci;
    private final Syntax syntax = new Syntax(this, "check", "Reads modules and checks that they are valid IR.");
    private final Argument<List<String>> inputs = syntax.parameters(
            String.class,
            PositionalParamSpec.builder()
                    .paramLabel("FILE")
                    .arity("0..*")
                    .description("The .ll files, folders of them, or - for standard input."));
    private final Argument<Boolean> quiet =
            syntax.flag(OptionSpec.builder("-q", "--quiet").description("No progress line."));
    private final Argument<@Nullable Path> batch = syntax.option(
            Path.class,
            OptionSpec.builder("--batch")
                    .paramLabel("LIST")
                    .description(
                            "A file of lines INPUT<TAB>OUTPUT; for each, OUTPUT is written when INPUT is valid, or OUTPUT.err with"
                                    + " what is wrong."));
    private final FromOption from = new FromOption(syntax);

    CheckCommand(Jci jci) {
        this.jci = jci;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws Failure {
        Path list = batch.value();
        if (list != null) {
            return new BatchList(jci.files(), syntax.err()).run(list, (input, output) -> {
                check(input);
                jci.files().write(output, VALID);
            });
        }
        if (inputs.value().isEmpty()) {
            throw Failure.usage("name a file to check");
        }
        List<String> files = jci.files().expand(inputs.value());
        boolean silent = quiet.value() || jci.files().isServed();
        new Batch(Processors.count(), silent ? Progress::none : () -> Progress.on(syntax.err()))
                .run(files, this::check);
        return 0;
    }

    private boolean check(String file) throws Failure {
        ModuleFiles.Read read = jci.files().read(file, from.options());
        List<Diagnostic> found = Verifier.verify(read.module(), from.version());
        if (!found.isEmpty()) {
            throw Failure.input(ModuleFiles.render(read.source(), found));
        }
        return true;
    }
}
