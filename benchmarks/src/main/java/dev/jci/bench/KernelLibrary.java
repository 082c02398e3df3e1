package dev.jci.bench;

import dev.jci.ci.CompilerInterrupts;
import dev.jci.ci.Options;
import dev.jci.emit.LlvmIrPrinter;
import dev.jci.emit.PrintOptions;
import dev.jci.emit.UnprintableException;
import dev.jci.grammar.LlvmIrReader;
import dev.jci.ir.Module;
import dev.jci.ir.SourceText;
import dev.jci.toolchain.Tool;
import dev.jci.toolchain.ToolException;
import dev.jci.toolchain.Toolchain;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The functions of {@code kernels.ll}, plain or instrumented, compiled and loaded into this process. */
final class KernelLibrary {
    private static final FunctionDescriptor SIGNATURE =
            FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
    private static final int LAST_WITH_TYPED_DEFAULT = 14;

    private final SymbolLookup symbols;

    private KernelLibrary(SymbolLookup symbols) {
        this.symbols = symbols;
    }

    /**
     * Compiles and loads the kernels.
     *
     * @param options of the pass; null for plain kernels
     * @param arena until when the library stays loaded
     * @throws ToolException when there is no {@code llc} or C compiler, or it fails
     * @throws IOException when there is no room for temporary files
     */
    @SuppressWarnings("restricted") // It is the point to run native code.
    static KernelLibrary load(@Nullable Options options, Arena arena) throws ToolException, IOException {
        Path folder = Files.createTempDirectory("jci-kernels");
        try {
            Path library = build(options, folder);
            return new KernelLibrary(SymbolLookup.libraryLookup(library, arena));
        } finally {
            // A library stays where it is mapped, also without its file.
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /**
     * A function of the library that takes an array and its length.
     *
     * @throws java.util.NoSuchElementException when there is none of that name
     */
    @SuppressWarnings("restricted")
    MethodHandle function(String name) {
        return Linker.nativeLinker().downcallHandle(symbols.find(name).orElseThrow(), SIGNATURE);
    }

    private static Path build(@Nullable Options options, Path folder) throws ToolException, IOException {
        Toolchain toolchain = Toolchain.ofThisMachine();
        Tool llc = toolchain.llc(0);
        Module module = LlvmIrReader.read(new SourceText("kernels.ll", resource("/dev/jci/bench/kernels.ll")))
                .orThrow();
        if (options != null) {
            CompilerInterrupts.instrument(module, options);
        }
        try {
            Files.write(folder.resolve("kernels.ll"), LlvmIrPrinter.bytes(module, PrintOptions.forLlvm(llc.version())));
        } catch (UnprintableException impossible) {
            throw new IllegalStateException(impossible);
        }
        List<String> dialect = llc.version() <= LAST_WITH_TYPED_DEFAULT ? List.of("-opaque-pointers") : List.of();
        toolchain.compile(llc, folder.resolve("kernels.ll"), folder.resolve("kernels.o"), dialect);
        makeRuntime(llc, folder.resolve("runtime.o"));
        Path library = folder.resolve("kernels.so");
        toolchain.link(List.of(folder.resolve("kernels.o"), folder.resolve("runtime.o")), library, List.of("-shared"));
        return library;
    }

    /** What {@code jci runtime object} makes, run with the class path of this process. */
    private static void makeRuntime(Tool llc, Path object) throws IOException {
        Path java = Path.of(System.getProperty("java.home", ""), "bin", "java");
        List<String> command = List.of(
                java.toString(),
                "-classpath",
                System.getProperty("java.class.path", ""),
                "dev.jci.cli.Jci",
                "runtime",
                "object",
                "--llvm=" + llc.version(),
                "-o",
                object.toString());
        Process process = new ProcessBuilder(command).inheritIO().start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("jci runtime ended with exit code " + process.exitValue());
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while jci runtime ran", exception);
        }
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream stream = KernelLibrary.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return stream.readAllBytes();
        }
    }
}
