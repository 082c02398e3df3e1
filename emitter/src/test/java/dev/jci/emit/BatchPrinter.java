package dev.jci.emit;

import dev.jci.grammar.LlvmIrReader;
import dev.jci.grammar.ReadResult;
import dev.jci.ir.Diagnostic;
import dev.jci.ir.Module;
import dev.jci.ir.SourceText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Reads and prints many files, for a round trip over a corpus: each line of the list is an input, a tab and an output. */
public final class BatchPrinter {
    private BatchPrinter() {}

    /**
     * Prints the files of a list.
     *
     * @param arguments the list and, optionally, the version to print for
     */
    public static void main(String[] arguments) throws IOException {
        int version = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
        for (String line : Files.readAllLines(Path.of(arguments[0]))) {
            int tab = line.indexOf('\t');
            if (tab > 0) {
                print(line.substring(0, tab), line.substring(tab + 1), PrintOptions.forLlvm(version));
            }
        }
    }

    private static void print(String input, String output, PrintOptions options) throws IOException {
        SourceText source = new SourceText(input, Files.readAllBytes(Path.of(input)));
        List<Diagnostic> errors = switch (LlvmIrReader.read(source)) {
            case ReadResult.Success success -> write(success.module(), Path.of(output), options);
            case ReadResult.Failure failure -> failure.diagnostics();
        };
        if (!errors.isEmpty()) {
            Files.writeString(
                    Path.of(output + ".err"),
                    errors.stream().map(source::render).collect(Collectors.joining("\n")));
        }
    }

    private static List<Diagnostic> write(Module module, Path output, PrintOptions options) throws IOException {
        Path part = Path.of(output + ".part");
        try (OutputStream out = Files.newOutputStream(part)) {
            LlvmIrPrinter.write(module, options, out);
        } catch (UnprintableException refused) {
            Files.delete(part);
            return refused.diagnostics();
        }
        Files.move(part, output);
        return List.of();
    }
}
