package dev.jci.cli;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code jci runtime}: writes the runtime. */
@Command(
        name = "runtime",
        description = "Writes a part of the runtime: the C header, its LLVM IR, or an object file to link with.",
        mixinStandardHelpOptions = true)
final class RuntimeCommand implements Callable<Integer> {
    @ParentCommand
    private Jci jci = new Jci();

    private enum Part {
        HEADER,
        LL,
        OBJECT
    }

    @Parameters(paramLabel = "PART", description = "header, ll or object.")
    private Part part = Part.HEADER;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "Where it goes. Default: standard output; an object needs a file.")
    private @Nullable String output;

    @Option(names = "--triple", paramLabel = "TRIPLE", description = "The target. Default: this machine.")
    private String triple = RuntimeFiles.hostTriple();

    @Option(
            names = "--llvm",
            paramLabel = "N",
            description = "The llc to use for an object, or to print the LLVM IR for.")
    private int llvm;

    @Option(
            names = "--abi",
            paramLabel = "ABI",
            defaultValue = "jci",
            description = "How the probes talk to it, as for instrument: jci or libci. Default: ${DEFAULT-VALUE}.")
    private String abi = "jci";

    @Override
    public Integer call() throws Failure {
        switch (part) {
            case HEADER ->
                jci.files()
                        .write(
                                output == null ? "-" : output,
                                RuntimeFiles.header().getBytes(StandardCharsets.UTF_8));
            case LL ->
                jci.files()
                        .write(
                                output == null ? "-" : output,
                                RuntimeFiles.llvmIr(triple, PassOptions.abi(abi))
                                        .getBytes(StandardCharsets.UTF_8));
            case OBJECT -> object();
        }
        return 0;
    }

    private void object() throws Failure {
        if (output == null) {
            throw Failure.usage("an object needs -o FILE");
        }
        try (Objects objects = new Objects(jci.files(), llvm)) {
            objects.compileTo(
                    RuntimeFiles.llvmIr(triple, PassOptions.abi(abi)).getBytes(StandardCharsets.UTF_8), true, output);
        }
    }
}
