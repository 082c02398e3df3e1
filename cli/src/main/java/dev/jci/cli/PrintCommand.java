package dev.jci.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code jci print}: reads and prints. */
@Command(
        name = "print",
        description = "Reads a module and prints it again, in LLVM's layout and for the LLVM version asked.",
        mixinStandardHelpOptions = true)
final class PrintCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private Jci jci = new Jci();

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The .ll file, or - for standard input.")
    private @Nullable String input;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            defaultValue = "-",
            description = "Where the text goes. Default: standard output.")
    private String output = "-";

    @Option(names = "--llvm", paramLabel = "N", description = "The LLVM that is to read the text, 14 to 22.")
    private int llvm;

    @Mixin
    private FromOption from = new FromOption();

    @Option(
            names = "--batch",
            paramLabel = "LIST",
            description =
                    "A file of lines INPUT<TAB>OUTPUT; for each, OUTPUT is written, or OUTPUT.err with what is wrong.")
    private @Nullable Path batch;

    @Mixin
    private PointerOption pointers = new PointerOption();

    @Override
    public Integer call() throws Failure {
        if (batch == null) {
            if (input == null) {
                throw Failure.usage("name a file to print");
            }
            print(input, output);
            return 0;
        }
        return new BatchList(jci.files(), spec.commandLine().getErr()).run(batch, this::print);
    }

    private void print(String file, String to) throws Failure {
        ModuleFiles.Read read = jci.files().read(file, from.options());
        pointers.apply(read.module(), llvm);
        jci.files().write(to, ModuleFiles.text(read.source(), read.module(), llvm));
    }
}
