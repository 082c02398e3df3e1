package dev.jci.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** Builds one program of modules and the runtime. */
final class ProgramBuild implements AutoCloseable {
    private static final int LAST_WITH_TYPED = 16;

    private final ModuleFiles files;
    private final Objects objects;

    /** With the {@code llc} of a version, 0 for any. */
    ProgramBuild(ModuleFiles files, int llvm) throws Failure {
        this.files = files;
        objects = new Objects(files, llvm);
    }

    /** The option of a command that says which {@code llc} is to be used. */
    static Argument<Integer> llvmOption(Syntax syntax) {
        return syntax.option(
                0,
                OptionSpec.builder("--llvm")
                        .paramLabel("N")
                        .description("The llc to use, 14 to 22. Default: the first one found."));
    }

    /** What is done to the modules of the program before they are compiled. */
    interface Change {
        void apply(List<ModuleFiles.Read> program) throws Failure;
    }

    /**
     * Reads modules, changes and compiles them.
     *
     * @return the target triple of the program
     */
    String compile(List<String> names, Change change) throws Failure {
        String triple = RuntimeFiles.hostTriple();
        List<ModuleFiles.Read> program = new ArrayList<>();
        for (String name : names) {
            program.add(files.read(name));
        }
        change.apply(program);
        for (ModuleFiles.Read read : program) {
            boolean typed = read.module().hasTypedPointers() && objects.version() <= LAST_WITH_TYPED;
            objects.compile(ModuleFiles.text(read.source(), read.module(), objects.version()), !typed);
            String named = read.module().targetTriple();
            triple = named == null ? triple : named;
        }
        return triple;
    }

    /** Links what was compiled with a runtime, which is LLVM IR. */
    void link(String runtime, String program, List<String> options) throws Failure {
        objects.compile(runtime.getBytes(StandardCharsets.UTF_8), true);
        objects.link(program, options);
    }

    @Override
    public void close() {
        objects.close();
    }
}
