package dev.jci.cli;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code jci runtime}: writes the runtime. */
final class RuntimeCommand implements Command {
    private enum Part {
        HEADER,
        LL,
        OBJECT
    }

    private final Jci jci;
    private final Syntax syntax = new Syntax(
            this,
            "runtime",
            "Writes a part of the runtime: the C header, its LLVM IR, or an object file to link with.");
    private final Argument<Part> part = syntax.parameter(
            Part.class, 0, PositionalParamSpec.builder().paramLabel("PART").description("header, ll or object."));
    private final Argument<@Nullable String> output = syntax.option(
            String.class,
            OptionSpec.builder("-o", "--output")
                    .paramLabel("OUT")
                    .description("Where it goes. Default: standard output; an object needs a file."));
    private final Argument<String> triple = syntax.option(
            RuntimeFiles.hostTriple(),
            OptionSpec.builder("--triple").paramLabel("TRIPLE").description("The target. Default: this machine."));
    private final Argument<Integer> llvm = syntax.option(
            0,
            OptionSpec.builder("--llvm")
                    .paramLabel("N")
                    .description("The llc to use for an object, or to print the LLVM IR for."));
    private final Argument<String> abi = syntax.option(
            "jci",
            OptionSpec.builder("--abi")
                    .paramLabel("ABI")
                    .description(
                            "How the probes talk to it, as for instrument: jci or libci. Default: ${DEFAULT-VALUE}."));

    RuntimeCommand(Jci jci) {
        this.jci = jci;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws Failure {
        switch (part.value()) {
            case HEADER -> write(RuntimeFiles.header());
            case LL -> write(llvmIr());
            case OBJECT -> object();
        }
        return 0;
    }

    private void write(String text) throws Failure {
        String named = output.value();
        jci.files().write(named == null ? "-" : named, text.getBytes(StandardCharsets.UTF_8));
    }

    private String llvmIr() throws Failure {
        return RuntimeFiles.llvmIr(triple.value(), PassOptions.abi(abi.value()));
    }

    private void object() throws Failure {
        String named = output.value();
        if (named == null) {
            throw Failure.usage("an object needs -o FILE");
        }
        try (Objects objects = new Objects(jci.files(), llvm.value())) {
            objects.compileTo(llvmIr().getBytes(StandardCharsets.UTF_8), true, named);
        }
    }
}
