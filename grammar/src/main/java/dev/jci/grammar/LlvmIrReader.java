package dev.jci.grammar;

import dev.jci.ir.Diagnostic;
import dev.jci.ir.LanguageVersion;
import dev.jci.ir.Module;
import dev.jci.ir.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

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
    private static final long STACK_BYTES = 256L << 20;

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
        AtomicReference<Throwable> failure = new AtomicReference<>();
        // Constants and types nest as deep as the text likes; the parser is recursive, so it gets a deep stack of its
        // own.
        Thread reader = new Thread(null, () -> result.set(parse(source, options)), "llvm-ir-reader", STACK_BYTES);
        reader.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        reader.start();
        try {
            reader.join();
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading " + source.name(), exception);
        }
        switch (failure.get()) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            case Throwable other -> throw new IllegalStateException(other);
        }
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

    private static ReadResult parse(SourceText source, ReadOptions options) {
        Module module = new Module();
        try {
            Source bytes = new Source(source.bytes());
            LanguageVersion version = options.from();
            Globals globals = new Globals(bytes, module, version);
            module.setTypedPointers(globals.typedPointers());
            globals.index();
            TokenSource tokens = new TokenSource(source.bytes(), 0, source.bytes().length);
            TypeBuilder types =
                    new TypeBuilder(bytes, module, globals.typedPointers(), globals.strictPointers(), version, tokens);
            LlvmIrParser parser = new LlvmIrParser(tokens);
            parser.types = types;
            parser.values = new ValueBuilder(bytes, types, globals, version);
            parser.nodes = new NodeBuilder(bytes, module);
            parser.m = new ModuleBuilder(bytes, module, globals, types, tokens, version);
            IrSyntaxError headerError = readHeaders(parser, globals);
            // A body that stands before the wrong header is wrong first.
            try {
                for (ModuleBuilder.Body body : parser.m.bodies()) {
                    readBody(parser, body, globals, tokens);
                }
            } catch (IrSyntaxError bodyError) {
                throw headerError != null && headerError.position() <= bodyError.position() ? headerError : bodyError;
            }
            if (headerError != null) {
                throw headerError;
            }
            parser.m.useLists.end();
            types.end();
            parser.m.comdats.end();
            parser.nodes.end();
            return new ReadResult.Success(module);
        } catch (IrSyntaxError error) {
            return new ReadResult.Failure(source, List.of(Diagnostic.error(error.getMessage(), error.position())));
        }
    }

    private static @Nullable IrSyntaxError readHeaders(LlvmIrParser parser, Globals globals) {
        try {
            parser.module();
            globals.typesKnown();
            return null;
        } catch (IrSyntaxError error) {
            parser.restart();
            return error;
        }
    }

    private static void readBody(LlvmIrParser parser, ModuleBuilder.Body body, Globals globals, TokenSource tokens) {
        LocalValues locals = new LocalValues(
                body.function(), globals.blocksOf(body.function()), body.names(), body.numbers(), parser.m.version());
        parser.f = new FunctionBuilder(parser.m, parser.types, parser.values, locals, body.function());
        parser.m.useLists.reading(body.function());
        tokens.jump(body.open());
        parser.body();
        globals.forget(body.function());
        parser.m.useLists.reading(null);
        parser.f = null;
    }
}
