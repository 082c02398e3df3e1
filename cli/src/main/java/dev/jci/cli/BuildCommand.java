package dev.jci.cli;

import dev.jci.ci.Options;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code jci build}: instruments, compiles and links. */
final class BuildCommand implements Command {
    private final Jci jci;
    private final Syntax syntax = new Syntax(
                    this,
                    "build",
                    "Instruments modules, compiles them with llc and links them with the runtime to a program.")
            .footer("What stands behind -- goes to the linker: jci build a.ll -o a -- -lm");
    private final Argument<List<String>> inputs = syntax.parameters(
            String.class,
            PositionalParamSpec.builder()
                    .paramLabel("FILE")
                    .arity("1..*")
                    .required(true)
                    .description("The .ll files or folders of them; behind --, options of the linker."));
    private final Argument<String> output = syntax.required(
            String.class,
            OptionSpec.builder("-o", "--output").paramLabel("PROGRAM").description("The program."));
    private final Argument<Integer> llvm = ProgramBuild.llvmOption(syntax);
    private final PassOptions pass = new PassOptions(syntax);

    BuildCommand(Jci jci) {
        this.jci = jci;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws Failure {
        List<String> files = new ArrayList<>();
        List<String> linkOptions = new ArrayList<>();
        for (String input : inputs.value()) {
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
        try (ProgramBuild build = new ProgramBuild(jci.files(), llvm.value())) {
            String triple = build.compile(
                    files, program -> InstrumentCommand.instrumentProgram(program, options, syntax.err()));
            build.link(RuntimeFiles.llvmIr(triple, options.abi()), output.value(), linkOptions);
        }
        return 0;
    }
}
