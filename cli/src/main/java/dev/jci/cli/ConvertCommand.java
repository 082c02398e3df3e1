package dev.jci.cli;

import dev.jci.emit.Conversion;
import dev.jci.emit.LlvmIrPrinter;
import dev.jci.emit.Lowering;
import dev.jci.emit.PrintOptions;
import dev.jci.emit.UnprintableException;
import dev.jci.ir.Diagnostic;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
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

/** {@code jci convert}: makes text for another LLVM version. */
@Command(
        name = "convert",
        description = {
            "Prints modules for another LLVM version, older or newer.",
            "What an older LLVM writes in another way is rewritten, what only promises something and is not known there is dropped,"
                    + " and what would change the meaning is an error that names it."
        },
        mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private Jci jci = new Jci();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "The .ll files, folders of them, or - for standard input.")
    private List<String> inputs = List.of();

    @Option(
            names = "--llvm",
            paramLabel = "N",
            required = true,
            description = "The LLVM that is to read the text, 14 to 22.")
    private int llvm;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            defaultValue = "-",
            description =
                    "Where the text goes: a file, or a folder when there are several FILEs. Default: standard output.")
    private String output = "-";

    @Option(
            names = "--batch",
            paramLabel = "LIST",
            description =
                    "A file of lines INPUT<TAB>OUTPUT; for each, OUTPUT is written, or OUTPUT.err with what is wrong.")
    private @Nullable Path batch;

    @Mixin
    private FromOption from = new FromOption();

    @Option(
            names = {"-v", "--verbose"},
            description = "Say on standard error what was dropped or written in another way.")
    private boolean verbose;

    @Mixin
    private PointerOption pointers = new PointerOption();

    @Override
    public Integer call() throws Failure {
        if (llvm < PrintOptions.OLDEST || llvm > PrintOptions.NEWEST) {
            throw Failure.usage("--llvm takes " + PrintOptions.OLDEST + " to " + PrintOptions.NEWEST + ", not " + llvm);
        }
        if (batch != null) {
            return new BatchList(jci.files(), spec.commandLine().getErr()).run(batch, this::convert);
        }
        List<String> files = jci.files().expand(inputs);
        if (files.isEmpty()) {
            throw Failure.usage("name a file to convert");
        }
        if (files.size() == 1) {
            convert(files.get(0), output);
            return 0;
        }
        Path folder = Path.of(output);
        if (output.equals("-") || !jci.files().isFolder(output)) {
            throw Failure.usage("with several inputs -o names a folder that exists: " + output);
        }
        ModuleFiles.requireDistinctNames(files, folder);
        new Batch(Runtime.getRuntime().availableProcessors(), Progress.none()).run(files, file -> {
            convert(file, ModuleFiles.inFolder(file, folder));
            return true;
        });
        return 0;
    }

    private void convert(String file, String to) throws Failure {
        ModuleFiles.Read read = jci.files().read(file, from.options());
        List<Diagnostic> changes = new ArrayList<>(Lowering.prepare(read.module(), llvm));
        pointers.apply(read.module(), llvm);
        Conversion conversion;
        try {
            conversion = LlvmIrPrinter.convert(read.module(), PrintOptions.forLlvm(llvm));
        } catch (UnprintableException refused) {
            throw Failure.input(ModuleFiles.render(read.source(), refused.diagnostics()));
        }
        jci.files().write(to, conversion.text());
        changes.addAll(conversion.changes());
        if (verbose && !changes.isEmpty()) {
            PrintWriter notes = spec.commandLine().getErr();
            notes.println(ModuleFiles.render(read.source(), changes));
        }
    }
}
