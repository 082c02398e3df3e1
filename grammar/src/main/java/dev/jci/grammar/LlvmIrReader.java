package dev.jci.grammar;

import dev.jci.ir.DeepStack;
import dev.jci.ir.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.antlr.v4.runtime.Token;

/**
 * Reads textual LLVM IR.
 *
 * <pre>{@code
 * SourceText source = new SourceText("a.ll", Files.readAllBytes(path));
 * Module module = LlvmIrReader.read(source).orThrow();
 * }</pre>
 *
 * <p>First the headers of all globals are read, then the bodies of functions, so that a body knows every global. The text is in the
 * language of LLVM 14 to 22, with typed or opaque pointers.
 */
public final class LlvmIrReader {
    /** The name of the threads that read. */
    static final String THREAD = "llvm-ir-reader";

    private LlvmIrReader() {}

    /**
     * Reads a whole module, in the language of any LLVM.
     *
     * @param source the text
     * @return the module, or what is wrong with the text
     */
    public static ReadResult read(SourceText source) {
        return read(source, ReadOptions.DEFAULT);
    }

    /**
     * Reads a whole module.
     *
     * @param source the text
     * @param options how to read it
     * @return the module, or what is wrong with the text
     */
    public static ReadResult read(SourceText source, ReadOptions options) {
        AtomicReference<ReadResult> result = new AtomicReference<>();
        DeepStack.run(THREAD, List.of(() -> result.set(ModuleReader.read(source, options))));
        return result.get();
    }

    /** Reads a text given as a string. */
    public static ReadResult read(String name, String text) {
        return read(new SourceText(name, text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * How many tokens a text has: what the lexer alone does, without looking whether they make a module.
     *
     * @param source the text
     */
    public static long countTokens(SourceText source) {
        TokenSource tokens = new TokenSource(source.bytes(), 0, source.bytes().length);
        long count = 0;
        while (tokens.type() != Token.EOF) {
            count++;
            tokens.consume();
        }
        return count;
    }
}
