package dev.jci.cli;

import dev.jci.ci.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code jci build}: instruments, compiles and links. */
@Command(
        name = "build",
        description = "Instruments modules, compiles them with llc and links them with the runtime to a program.",
        footer = "What stands behind -- goes to the linker: jci build a.ll -o a -- -lm",
        mixinStandardHelpOptions = true)
final class BuildCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private Jci jci = new Jci();

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
        files = jci.files().expand(files);
        if (files.isEmpty()) {
            throw Failure.usage("name at least one .ll file");
        }
        Options options = pass.options(jci.files(), false);
        try (ProgramBuild build = new ProgramBuild(jci.files(), llvm)) {
            String triple = build.compile(
                    files,
                    program -> InstrumentCommand.instrumentProgram(
                            program, options, spec.commandLine().getErr()));
            build.link(RuntimeFiles.llvmIr(triple, options.abi()), output, linkOptions);
        }
        return 0;
    }
}
