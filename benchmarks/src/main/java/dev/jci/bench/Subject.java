package dev.jci.bench;

import dev.jci.emit.LlvmIrPrinter;
import dev.jci.emit.PrintOptions;
import dev.jci.emit.UnprintableException;
import dev.jci.grammar.LlvmIrReader;
import dev.jci.ir.Module;
import dev.jci.ir.SourceText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text that a benchmark works on.
 *
 * @param source the text
 * @param lines how many lines it has
 */
public record Subject(SourceText source, long lines) {
    private static final int MEDIUM_LINES = 20_000;
    private static final Pattern MADE = Pattern.compile("(lines|chain|switch|loops|irreducible|nest)-(\\d{1,8})");

    /**
     * The text of a parameter {@code file}.
     *
     * @param file {@code small}: an example of about 100 lines; {@code medium}: 20,000 lines made up by {@link SyntheticModule};
     *     {@code lines-N}: N lines of it; {@code chain-N}: N {@link ChainedConditions}; {@code switch-N}, {@code loops-N},
     *     {@code irreducible-N}, {@code nest-N}: {@link LargeFunctions}; or the path of a {@code .ll} file
     * @throws UncheckedIOException when the file cannot be read
     */
    public static Subject of(String file) {
        Matcher made = MADE.matcher(file);
        if (made.matches()) {
            int size = Integer.parseInt(made.group(2));
            return new Subject(text(made(made.group(1), size)));
        }
        return switch (file) {
            case "small" -> new Subject(example());
            case "medium" -> new Subject(text(SyntheticModule.ofLines(MEDIUM_LINES)));
            default -> new Subject(contents(Path.of(file)));
        };
    }

    private static Module made(String kind, int size) {
        return switch (kind) {
            case "lines" -> SyntheticModule.ofLines(size);
            case "chain" -> ChainedConditions.of(size);
            case "switch" -> LargeFunctions.switchOf(size);
            case "loops" -> LargeFunctions.loopsInARow(size);
            case "irreducible" -> LargeFunctions.irreducible(size);
            case "nest" -> LargeFunctions.nest(size);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private Subject(SourceText source) {
        this(source, lines(source.bytes()));
    }

    /**
     * The module that the text is.
     *
     * @throws dev.jci.grammar.InvalidIrException when it is none
     */
    public Module read() {
        return LlvmIrReader.read(source).orThrow();
    }

    private static SourceText example() {
        try (InputStream stream = Subject.class.getResourceAsStream("primes.ll")) {
            if (stream == null) {
                throw new IllegalStateException("the jar lacks primes.ll");
            }
            return new SourceText("small", stream.readAllBytes());
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static SourceText text(Module module) {
        try {
            return new SourceText("made", LlvmIrPrinter.bytes(module, PrintOptions.AS_WRITTEN));
        } catch (UnprintableException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static SourceText contents(Path path) {
        try {
            return new SourceText(path.toString(), Files.readAllBytes(path));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    private static long lines(byte[] bytes) {
        long lines = 0;
        for (byte b : bytes) {
            if (b == '\n') {
                lines++;
            }
        }
        return lines;
    }
}
