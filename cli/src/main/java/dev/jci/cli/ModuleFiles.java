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
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads modules from files and writes texts to files; an output appears whole or not at all. */
final class ModuleFiles {
    private ModuleFiles() {}

    /** A module and the text that it was read from. */
    record Read(SourceText source, Module module) {}

    /** Reads a module as any LLVM would; {@code -} is standard input. */
    static Read read(String file) throws Failure {
        return read(file, ReadOptions.DEFAULT);
    }

    /** Reads a module; {@code -} is standard input. */
    static Read read(String file, ReadOptions options) throws Failure {
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

    static byte[] bytes(String file) throws Failure {
        try {
            return file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        } catch (IOException | java.nio.file.InvalidPathException exception) {
            throw Failure.input(file + ": error: cannot read: " + reason(exception));
        } catch (OutOfMemoryError error) {
            throw Failure.input(file + ": error: cannot read: the file is too large for the memory");
        }
    }

    static List<String> lines(Path file) throws Failure {
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
            return LlvmIrPrinter.bytes(
                    module,
                    new PrintOptions(version).withThreads(Runtime.getRuntime().availableProcessors()));
        } catch (UnprintableException exception) {
            throw Failure.input(render(source, exception.diagnostics()));
        }
    }

    /** Writes a file in one step; {@code -} is standard output. */
    static void write(String file, byte[] text) throws Failure {
        if (file.equals("-")) {
            System.out.write(text, 0, text.length);
            System.out.flush();
            if (System.out.checkError()) {
                throw Failure.input("<stdout>: error: cannot write");
            }
            return;
        }
        Path target = Path.of(file);
        Path temporary = null;
        try {
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                // A device or pipe cannot be replaced; it is written directly.
                Files.write(target, text);
                return;
            }
            Path folder = target.toAbsolutePath().getParent();
            temporary = Files.createTempFile(folder, ".jci-", ".tmp");
            Files.write(temporary, text);
            makeReadable(temporary);
            Files.move(temporary, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException exception) {
            delete(temporary);
            throw Failure.input(file + ": error: cannot write: " + reason(exception));
        }
    }

    private static void makeReadable(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    static void delete(@org.jspecify.annotations.Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException ignored) {
                // What could not be written may not be deletable either; the message about writing says enough.
            }
        }
    }

    /** The files that arguments name: files as they are, and the {@code .ll} files of folders, in order of name. */
    static List<String> expand(List<String> arguments) throws Failure {
        List<String> files = new ArrayList<>();
        for (String argument : arguments) {
            if (!argument.equals("-") && Files.isDirectory(Path.of(argument))) {
                try (Stream<Path> walk = Files.walk(Path.of(argument))) {
                    walk.filter(path -> path.toString().endsWith(".ll") && Files.isRegularFile(path))
                            .sorted()
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
