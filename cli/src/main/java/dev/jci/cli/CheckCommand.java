package dev.jci.cli;

import dev.jci.ir.Diagnostic;
import dev.jci.ir.verify.Verifier;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jci check}: reads and verifies. */
@Command(
        name = "check",
        description = "Reads modules and checks that they are valid IR.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
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
            return BatchList.run(batch, (input, output) -> {
                check(input);
                ModuleFiles.write(output, VALID);
            });
        }
        if (inputs.isEmpty()) {
            throw Failure.usage("name a file to check");
        }
        List<String> files = ModuleFiles.expand(inputs);
        Batch.run(files, Runtime.getRuntime().availableProcessors(), quiet, this::check);
        return 0;
    }

    private boolean check(String file) throws Failure {
        ModuleFiles.Read read = ModuleFiles.read(file, from.options());
        List<Diagnostic> found = Verifier.verify(read.module(), from.version());
        if (!found.isEmpty()) {
            throw Failure.input(ModuleFiles.render(read.source(), found));
        }
        return true;
    }
}
