package dev.jci.grammar;

import dev.jci.ir.DeepStack;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads bodies of functions, one after the other. Several readers may read bodies and metadata of one module at the same time. */
final class BodyReader {
    /** How many definitions of nodes are read at once. */
    private static final int PART = 1000;

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

    /** Reads all bodies and definitions of nodes, each by the reader that comes to it first. */
    static void readAll(List<BodyReader> readers, List<ModuleBuilder.Body> bodies, NodeDefinitions nodes) {
        int parts = (nodes.count() + PART - 1) / PART;
        AtomicInteger next = new AtomicInteger();
        DeepStack.run(
                LlvmIrReader.THREAD,
                readers.stream()
                        .map(reader -> (Runnable) () -> {
                            for (int i = next.getAndIncrement();
                                    i < parts + bodies.size();
                                    i = next.getAndIncrement()) {
                                if (i < parts) {
                                    reader.read(nodes, i * PART, Math.min(nodes.count(), (i + 1) * PART));
                                } else {
                                    reader.read(bodies.get(i - parts));
                                }
                            }
                        })
                        .toList());
    }

    private void read(NodeDefinitions nodes, int from, int to) {
        for (int i = from; i < to; i++) {
            tokens.jump(nodes.start(i));
            parser.entity();
            if (tokens.lastEnd() > nodes.end(i) || tokens.start() < nodes.end(i)) {
                throw new OrderNeeded("the definition of a node is not one line");
            }
        }
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
