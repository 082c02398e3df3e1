package dev.jci.cli;

import dev.jci.toolchain.Tool;
import dev.jci.toolchain.ToolException;
import dev.jci.toolchain.Toolchain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Compiles modules to objects and links them, in a folder of its own that goes away at the end. */
final class Objects implements AutoCloseable {
    private static final int LAST_WITH_TYPED_DEFAULT = 14;

    private final Toolchain toolchain = Toolchain.ofThisMachine();
    private final ModuleFiles files;
    private final Tool llc;
    private final Path folder;
    private final List<Path> objects = new ArrayList<>();
    private int count;

    /** For the {@code llc} of a version, 0 for any. */
    Objects(ModuleFiles files, int version) throws Failure {
        this.files = files;
        try {
            llc = toolchain.llc(version);
            folder = Files.createTempDirectory("jci-build");
        } catch (ToolException exception) {
            throw Failure.tool(String.valueOf(exception.getMessage()));
        } catch (IOException exception) {
            throw Failure.input(
                    "jci: error: cannot make a folder for temporary files: " + ModuleFiles.reason(exception));
        }
    }

    /** The version of the {@code llc} in use. */
    int version() {
        return llc.version();
    }

    /** Compiles a text to an object that {@link #link} will take. */
    void compile(byte[] text, boolean opaquePointers) throws Failure {
        Path object = folder.resolve("module" + count + ".o");
        compileTo(text, opaquePointers, object.toString());
        objects.add(object);
    }

    /** Compiles a text to an object file. */
    void compileTo(byte[] text, boolean opaquePointers, String object) throws Failure {
        Path source = folder.resolve("module" + count++ + ".ll");
        Path compiled = folder.resolve("compiled.o");
        try {
            Files.write(source, text);
            boolean ask = opaquePointers && llc.version() == LAST_WITH_TYPED_DEFAULT;
            toolchain.compile(llc, source, compiled, ask ? List.of("-opaque-pointers") : List.of());
            files.write(object, Files.readAllBytes(compiled));
        } catch (ToolException exception) {
            throw Failure.tool(String.valueOf(exception.getMessage()));
        } catch (IOException exception) {
            throw Failure.input(object + ": error: cannot write: " + ModuleFiles.reason(exception));
        }
    }

    /** Links what was compiled to a program. */
    void link(String program, List<String> options) throws Failure {
        try {
            toolchain.link(objects, Path.of(program), options);
        } catch (ToolException exception) {
            throw Failure.tool(String.valueOf(exception.getMessage()));
        }
    }

    @Override
    public void close() {
        try (Stream<Path> leftovers = Files.list(folder)) {
            leftovers.forEach(ModuleFiles::delete);
        } catch (IOException ignored) {
            // A leftover in the folder for temporary files harms nobody.
        }
        ModuleFiles.delete(folder);
    }
}
