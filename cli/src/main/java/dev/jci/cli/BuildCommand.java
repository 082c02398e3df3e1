package dev.jci.cli;

import dev.jci.ci.Options;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code jci build}: instruments, compiles and links. */
@Command(
        name = "build",
        description = "Instruments modules, compiles them with llc and links them with the runtime to a program.",
        footer = "What stands behind -- goes to the linker: jci build a.ll -o a -- -lm",
        mixinStandardHelpOptions = true)
final class BuildCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "The .ll files or folders of them; behind --, options of the linker.")
    private List<String> inputs = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "PROGRAM",
            required = true,
            description = "The program.")
    private String output = "";

    @Option(names = "--llvm", paramLabel = "N", description = "The llc to use, 14 to 22. Default: the first one found.")
    private int llvm;

    @Mixin
    private PassOptions pass = new PassOptions();

    @Override
    public Integer call() throws Failure {
        List<String> files = new ArrayList<>();
        List<String> linkOptions = new ArrayList<>();
        for (String input : inputs) {
            ((input.startsWith("-") && input.length() > 1) || input.endsWith(".o") || input.endsWith(".a")
                            ? linkOptions
                            : files)
                    .add(input);
        }
        files = ModuleFiles.expand(files);
        if (files.isEmpty()) {
            throw Failure.usage("name at least one .ll file");
        }
        Options options = pass.options(false);
        String triple = RuntimeFiles.hostTriple();
        try (Objects objects = new Objects(llvm)) {
            List<ModuleFiles.Read> reads = new ArrayList<>();
            for (String file : files) {
                reads.add(ModuleFiles.read(file));
            }
            InstrumentCommand.instrumentProgram(reads, options);
            for (ModuleFiles.Read read : reads) {
                boolean typed = read.module().hasTypedPointers() && objects.version() <= 16;
                objects.compile(ModuleFiles.text(read.source(), read.module(), objects.version()), !typed);
                String named = read.module().targetTriple();
                triple = named == null ? triple : named;
            }
            objects.compile(RuntimeFiles.llvmIr(triple, options.abi()).getBytes(StandardCharsets.UTF_8), true);
            objects.link(output, linkOptions);
        }
        return 0;
    }
}
