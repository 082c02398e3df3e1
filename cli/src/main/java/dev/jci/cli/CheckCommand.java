package dev.jci.cli;

import dev.jci.ir.Diagnostic;
import dev.jci.ir.verify.Verifier;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code jci check}: reads and verifies. */
@Command(
        name = "check",
        description = "Reads modules and checks that they are valid IR.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private Jci jci = new Jci();

    private static final byte[] VALID = {'o', 'k', '\n'};

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "The .ll files, folders of them, or - for standard input.")
    private List<String> inputs = List.of();

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress line.")
    private boolean quiet;

    @Option(
            names = "--batch",
            paramLabel = "LIST",
            description =
                    "A file of lines INPUT<TAB>OUTPUT; for each, OUTPUT is written when INPUT is valid, or OUTPUT.err with"
                            + " what is wrong.")
    private @Nullable Path batch;

    @Mixin
    private FromOption from = new FromOption();

    @Override
    public Integer call() throws Failure {
        if (batch != null) {
            return new BatchList(jci.files(), spec.commandLine().getErr()).run(batch, (input, output) -> {
                check(input);
                jci.files().write(output, VALID);
            });
        }
        if (inputs.isEmpty()) {
            throw Failure.usage("name a file to check");
        }
        List<String> files = jci.files().expand(inputs);
        Progress progress = quiet || jci.files().isServed()
                ? Progress.none()
                : Progress.on(spec.commandLine().getErr());
        new Batch(Runtime.getRuntime().availableProcessors(), progress).run(files, this::check);
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
