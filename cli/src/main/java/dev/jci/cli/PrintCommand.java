package dev.jci.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code jci print}: reads and prints. */
final class PrintCommand implements Command {
    private final Jci jci;
    private final Syntax syntax = new Syntax(
            this, "print", "Reads a module and prints it again, in LLVM's layout and for the LLVM version asked.");
    private final Argument<@Nullable String> input = syntax.optionalParameter(
            String.class,
            0,
            PositionalParamSpec.builder().paramLabel("FILE").description("The .ll file, or - for standard input."));
    private final Argument<String> output = syntax.option(
            "-",
            OptionSpec.builder("-o", "--output")
                    .paramLabel("OUT")
                    .description("Where the text goes. Default: standard output."));
    private final Argument<Integer> llvm = syntax.option(
            0,
            OptionSpec.builder("--llvm").paramLabel("N").description("The LLVM that is to read the text, 14 to 22."));
    private final FromOption from = new FromOption(syntax);
    private final Argument<@Nullable Path> batch = BatchList.option(syntax);
    private final PointerOption pointers = new PointerOption(syntax);

    PrintCommand(Jci jci) {
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
            return new BatchList(jci.files(), syntax.err()).run(list, this::print);
        }
        String file = input.value();
        if (file == null) {
            throw Failure.usage("name a file to print");
        }
        print(file, output.value());
        return 0;
    }

    private void print(String file, String to) throws Failure {
        ModuleFiles.Read read = jci.files().read(file, from.options());
        pointers.apply(read.module(), llvm.value());
        jci.files().write(to, ModuleFiles.text(read.source(), read.module(), llvm.value()));
    }
}
