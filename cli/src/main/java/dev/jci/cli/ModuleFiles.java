package dev.jci.cli;

import dev.jci.emit.LlvmIrPrinter;
import dev.jci.emit.Lowering;
import dev.jci.emit.PrintOptions;
import dev.jci.emit.UnprintableException;
import dev.jci.grammar.LlvmIrReader;
import dev.jci.grammar.ReadOptions;
import dev.jci.grammar.ReadResult;
import dev.jci.ir.Diagnostic;
import dev.jci.ir.Module;
import dev.jci.ir.SourceText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that a command sees and its standard streams: reads modules and writes texts; an output appears whole or not at all.
 *
 * @param folder where relative names of files start
 * @param in standard input; null for a command that a request asks for, since there it carries the requests
 * @param out standard output
 */
record ModuleFiles(Path folder, @Nullable InputStream in, OutputStream out) {
    private static final ModuleFiles OF_PROCESS =
            new ModuleFiles(Path.of(""), System.in, new FileOutputStream(FileDescriptor.out));

    /** Those of the process. */
    static ModuleFiles ofProcess() {
        return OF_PROCESS;
    }

    /** Whether a request to a worker asks for the command. */
    boolean isServed() {
        return in == null;
    }

    /** The file of a name. */
    Path path(String name) throws Failure {
        try {
            return folder.resolve(name);
        } catch (InvalidPathException exception) {
            throw Failure.usage("no name of a file: " + exception.getMessage());
        }
    }

    /** Whether a name is that of a folder. */
    boolean isFolder(String name) throws Failure {
        return !name.equals("-") && Files.isDirectory(path(name));
    }

    /** A module and the text that it was read from. */
    record Read(SourceText source, Module module) {}

    /** Reads a module as any LLVM would; {@code -} is standard input. */
    Read read(String file) throws Failure {
        return read(file, ReadOptions.DEFAULT);
    }

    /** Reads a module; {@code -} is standard input. */
    Read read(String file, ReadOptions options) throws Failure {
        SourceText source = new SourceText(file.equals("-") ? "<stdin>" : file, bytes(file));
        return switch (LlvmIrReader.read(source, options)) {
            case ReadResult.Success success -> new Read(source, success.module());
            case ReadResult.Failure failure -> throw Failure.input(render(source, failure.diagnostics()));
        };
    }

    /** The diagnostics as the user sees them. */
    static String render(SourceText source, List<Diagnostic> diagnostics) {
        return diagnostics.stream().map(source::render).collect(Collectors.joining("\n"));
    }

    private byte[] bytes(String file) throws Failure {
        if (file.equals("-") && in == null) {
            throw Failure.usage("standard input carries the requests; name a file instead of -");
        }
        try {
            return file.equals("-") ? in.readAllBytes() : Files.readAllBytes(path(file));
        } catch (IOException exception) {
            throw Failure.input(file + ": error: cannot read: " + reason(exception));
        } catch (OutOfMemoryError error) {
            throw Failure.input(file + ": error: cannot read: the file is too large for the memory");
        }
    }

    List<String> lines(Path file) throws Failure {
        return new String(bytes(file.toString()), java.nio.charset.StandardCharsets.ISO_8859_1)
                .lines()
                .toList();
    }

    /** What went wrong, in words. */
    static String reason(Exception exception) {
        return switch (exception) {
            case java.nio.file.NoSuchFileException missing -> "no such file";
            case java.nio.file.AccessDeniedException denied -> "permission denied";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(exception.getMessage());
        };
    }

    /** The text of a module for an LLVM version, 0 for the dialect that it was read in; edits what that version does not have. */
    static byte[] text(SourceText source, Module module, int version) throws Failure {
        try {
            if (version != 0) {
                Lowering.prepare(module, version);
            }
            return LlvmIrPrinter.bytes(module, PrintOptions.forLlvm(version).withThreads(Processors.count()));
        } catch (UnprintableException exception) {
            throw Failure.input(render(source, exception.diagnostics()));
        }
    }

    /** Writes a file in one step; {@code -} is standard output. */
    void write(String file, byte[] text) throws Failure {
        if (file.equals("-")) {
            try {
                out.write(text);
                out.flush();
            } catch (IOException exception) {
                throw Failure.input("<stdout>: error: cannot write: " + reason(exception));
            }
            return;
        }
        Path target = path(file);
        Path temporary = null;
        try {
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                // A device or pipe cannot be replaced; it is written directly.
                Files.write(target, text);
                return;
            }
            temporary = target.resolveSibling(temporaryName());
            Files.write(temporary, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException exception) {
            delete(temporary);
            throw Failure.input(file + ": error: cannot write: " + reason(exception));
        }
    }

    /** A name that nobody else uses now. Files.createTempFile would load a secure source of random numbers for it. */
    private static String temporaryName() {
        return ".jci-" + ProcessHandle.current().pid() + "-"
                + Thread.currentThread().threadId() + "-" + Long.toHexString(System.nanoTime()) + ".tmp";
    }

    static void delete(@Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException ignored) {
                // What could not be written may not be deletable either; the message about writing says enough.
            }
        }
    }

    /** The files that arguments name: files as they are, and the {@code .ll} files of folders, in order of name. */
    List<String> expand(List<String> arguments) throws Failure {
        List<String> files = new ArrayList<>();
        for (String argument : arguments) {
            if (isFolder(argument)) {
                Path named = Path.of(argument);
                Path walked = path(argument);
                try (Stream<Path> walk = Files.walk(walked)) {
                    walk.filter(path -> path.toString().endsWith(".ll") && Files.isRegularFile(path))
                            .sorted()
                            .map(path -> named.resolve(walked.relativize(path)))
                            .forEach(path -> files.add(path.toString()));
                } catch (IOException exception) {
                    throw Failure.input(argument + ": error: cannot read: " + reason(exception));
                }
            } else {
                files.add(argument);
            }
        }
        return files;
    }

    /** The file that a module from an input is written to in a folder. */
    static String inFolder(String file, Path folder) {
        return folder.resolve(
                        file.equals("-")
                                ? "stdin.ll"
                                : Path.of(file).getFileName().toString())
                .toString();
    }

    /** Files of the same name in different folders would overwrite each other in one. */
    static void requireDistinctNames(List<String> files, Path folder) throws Failure {
        Map<String, String> inputs = new HashMap<>();
        for (String file : files) {
            String target = inFolder(file, folder);
            String other = inputs.putIfAbsent(target, file);
            if (other != null) {
                throw Failure.usage(
                        other + " and " + file + " would both be written to " + target + "; take them one at a time");
            }
        }
    }
}
