package dev.jci.grammar;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads bodies of functions, one after the other. Several readers may read bodies of one module at the same time. */
final class BodyReader {
    private final LlvmIrParser parser;
    private final TokenSource tokens;
    private final Globals globals;

    /** A reader that reads all bodies with the builders of the headers. */
    BodyReader(LlvmIrParser parser, TokenSource tokens, Globals globals) {
        this.parser = parser;
        this.tokens = tokens;
        this.globals = globals;
    }

    /** A reader that reads some of the bodies while others read the rest, with builders of its own. */
    static BodyReader beside(LlvmIrParser headers, byte[] bytes, Globals globals) {
        Source source = new Source(bytes);
        TokenSource tokens = new TokenSource(bytes, bytes.length, bytes.length);
        LlvmIrParser parser = new LlvmIrParser(tokens);
        parser.types = headers.types.beside(source, tokens);
        parser.values = new ValueBuilder(source, parser.types, globals, headers.m.version());
        parser.nodes = headers.nodes.beside(source);
        parser.m = headers.m.beside(source, parser.types, tokens);
        return new BodyReader(parser, tokens, globals);
    }

    /** Reads all bodies, each by the reader that comes to it first. */
    static void readAll(List<BodyReader> readers, List<ModuleBuilder.Body> bodies) {
        AtomicInteger next = new AtomicInteger();
        DeepStack.runAll(readers.stream()
                .map(reader -> (Runnable) () -> {
                    for (int i = next.getAndIncrement(); i < bodies.size(); i = next.getAndIncrement()) {
                        reader.read(bodies.get(i));
                    }
                })
                .toList());
    }

    void read(ModuleBuilder.Body body) {
        LocalValues locals = new LocalValues(
                body.function(), globals.blocksOf(body.function()), body.names(), body.numbers(), parser.m.version());
        parser.f = new FunctionBuilder(parser.m, parser.types, parser.values, locals, body.function());
        parser.m.useLists.reading(body.function());
        parser.values.reading(body.function());
        tokens.jump(body.open());
        parser.body();
        globals.forget(body.function());
        parser.m.useLists.reading(null);
        parser.f = null;
    }

    /** What this reader knows of the module. */
    ModuleBuilder module() {
        return parser.m;
    }

    /** Whether a body used a named type that is never defined. */
    boolean lacksTypes() {
        return parser.types.lacksTypes();
    }
}
