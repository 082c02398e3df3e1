package dev.jci.grammar;

import dev.jci.ir.Diagnostic;
import dev.jci.ir.LanguageVersion;
import dev.jci.ir.Module;
import dev.jci.ir.SourceText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one text: headers, then bodies, alone or several at the same time, then what can only be said at the end. */
final class ModuleReader {
    /** Bodies of less text in all are read by one thread; others would only begin when it is done. */
    private static final int WORTH_SHARING = 1 << 20;

    private final SourceText text;
    private final ReadOptions options;
    private final Module module = new Module();
    private final Globals globals;
    private final TokenSource tokens;
    private final LlvmIrParser parser;

    private ModuleReader(SourceText text, ReadOptions options) {
        this.text = text;
        this.options = options;
        LanguageVersion version = options.from();
        Source source = new Source(text.bytes());
        this.globals = new Globals(source, module, version);
        this.tokens = new TokenSource(text.bytes(), 0, text.bytes().length);
        TypeBuilder types =
                new TypeBuilder(source, module, globals.typedPointers(), globals.strictPointers(), version, tokens);
        this.parser = new LlvmIrParser(tokens);
        parser.types = types;
        parser.values = new ValueBuilder(source, types, globals, version);
        parser.nodes = new NodeBuilder(source, module);
        parser.m = new ModuleBuilder(source, module, globals, types, tokens, version);
    }

    /** The module, or the first thing that is wrong with the text. */
    static ReadResult read(SourceText text, ReadOptions options) {
        try {
            return new ReadResult.Success(new ModuleReader(text, options).read());
        } catch (OrderNeeded needed) {
            return read(text, options.withThreads(1));
        } catch (IrSyntaxError error) {
            return new ReadResult.Failure(text, List.of(Diagnostic.error(error.getMessage(), error.position())));
        }
    }

    private Module read() {
        module.setTypedPointers(globals.typedPointers());
        globals.index();
        IrSyntaxError headerError = readHeaders();
        List<ModuleBuilder.Body> bodies = parser.m.bodies();
        if (headerError == null && options.threads() > 1 && textOf(bodies) >= WORTH_SHARING) {
            readBeside(bodies);
        } else {
            readInOrder(bodies, headerError);
        }
        parser.m.useLists.end();
        parser.types.end();
        parser.m.comdats.end();
        parser.nodes.end();
        return module;
    }

    private @Nullable IrSyntaxError readHeaders() {
        try {
            parser.module();
            globals.typesKnown();
            return null;
        } catch (IrSyntaxError error) {
            parser.restart();
            return error;
        }
    }

    private static long textOf(List<ModuleBuilder.Body> bodies) {
        return bodies.stream().mapToLong(body -> body.end() - body.open()).sum();
    }

    /** A body that stands before the wrong header is wrong first. */
    private void readInOrder(List<ModuleBuilder.Body> bodies, @Nullable IrSyntaxError headerError) {
        BodyReader reader = new BodyReader(parser, tokens, globals);
        try {
            bodies.forEach(reader::read);
        } catch (IrSyntaxError bodyError) {
            throw headerError != null && headerError.position() <= bodyError.position() ? headerError : bodyError;
        }
        if (headerError != null) {
            throw headerError;
        }
    }

    /** Whatever is wrong is found again in order: it may not be the first thing that is. */
    private void readBeside(List<ModuleBuilder.Body> bodies) {
        globals.share();
        List<BodyReader> readers = new ArrayList<>();
        for (int i = 0; i < options.threads(); i++) {
            readers.add(BodyReader.beside(parser, text.bytes(), globals));
        }
        try {
            BodyReader.readAll(readers, bodies);
        } catch (IrSyntaxError error) {
            throw new OrderNeeded(String.valueOf(error.getMessage()));
        }
        List<ModuleBuilder> builders = new ArrayList<>(List.of(parser.m));
        readers.forEach(reader -> builders.add(reader.module()));
        if (ModuleBuilder.mixDebugInfo(builders) || readers.stream().anyMatch(BodyReader::lacksTypes)) {
            throw new OrderNeeded("the first of several errors is to be named");
        }
    }
}
