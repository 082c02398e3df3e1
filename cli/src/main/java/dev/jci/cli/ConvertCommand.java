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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code jci convert}: makes text for another LLVM version. */
final class ConvertCommand implements Command {
    private final Jci jci;
    private final Syntax syntax = new Syntax(
            this,
            "convert",
            "Prints modules for another LLVM version, older or newer.",
            "What an older LLVM writes in another way is rewritten, what only promises something and is not known there is dropped,"
                    + " and what would change the meaning is an error that names it.");
    private final Argument<List<String>> inputs = syntax.parameters(
            String.class,
            PositionalParamSpec.builder()
                    .paramLabel("FILE")
                    .arity("0..*")
                    .description("The .ll files, folders of them, or - for standard input."));
    private final Argument<Integer> llvm = syntax.required(
            Integer.class,
            OptionSpec.builder("--llvm").paramLabel("N").description("The LLVM that is to read the text, 14 to 22."));
    private final Argument<String> output = syntax.option(
            "-",
            OptionSpec.builder("-o", "--output")
                    .paramLabel("OUT")
                    .description(
                            "Where the text goes: a file, or a folder when there are several FILEs. Default: standard output."));
    private final Argument<@Nullable Path> batch = BatchList.option(syntax);
    private final FromOption from = new FromOption(syntax);
    private final Argument<Boolean> verbose = syntax.flag(OptionSpec.builder("-v", "--verbose")
            .description("Say on standard error what was dropped or written in another way."));
    private final PointerOption pointers = new PointerOption(syntax);

    ConvertCommand(Jci jci) {
        this.jci = jci;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws Failure {
        int version = llvm.value();
        if (version < PrintOptions.OLDEST || version > PrintOptions.NEWEST) {
            throw Failure.usage(
                    "--llvm takes " + PrintOptions.OLDEST + " to " + PrintOptions.NEWEST + ", not " + version);
        }
        Path list = batch.value();
        if (list != null) {
            return new BatchList(jci.files(), syntax.err()).run(list, this::convert);
        }
        List<String> files = jci.files().expand(inputs.value());
        if (files.isEmpty()) {
            throw Failure.usage("name a file to convert");
        }
        if (files.size() == 1) {
            convert(files.get(0), output.value());
            return 0;
        }
        Path folder = Path.of(output.value());
        if (output.value().equals("-") || !jci.files().isFolder(output.value())) {
            throw Failure.usage("with several inputs -o names a folder that exists: " + output.value());
        }
        ModuleFiles.requireDistinctNames(files, folder);
        new Batch(Processors.count(), Progress::none).run(files, file -> {
            convert(file, ModuleFiles.inFolder(file, folder));
            return true;
        });
        return 0;
    }

    private void convert(String file, String to) throws Failure {
        ModuleFiles.Read read = jci.files().read(file, from.options());
        List<Diagnostic> changes = new ArrayList<>(Lowering.prepare(read.module(), llvm.value()));
        pointers.apply(read.module(), llvm.value());
        Conversion conversion;
        try {
            conversion = LlvmIrPrinter.convert(read.module(), PrintOptions.forLlvm(llvm.value()));
        } catch (UnprintableException refused) {
            throw Failure.input(ModuleFiles.render(read.source(), refused.diagnostics()));
        }
        jci.files().write(to, conversion.text());
        changes.addAll(conversion.changes());
        if (verbose.value() && !changes.isEmpty()) {
            PrintWriter notes = syntax.err();
            notes.println(ModuleFiles.render(read.source(), changes));
        }
    }
}
