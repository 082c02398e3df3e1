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
    /** Less text is read by one thread; others would only begin when it is done. */
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
        if (options.threads() > 1 && text.bytes().length >= WORTH_SHARING) {
            readBeside();
        } else {
            readInOrder(readHeaders());
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

    /** A body that stands before the wrong header is wrong first. */
    private void readInOrder(@Nullable IrSyntaxError headerError) {
        BodyReader reader = new BodyReader(parser, tokens, globals);
        try {
            parser.m.bodies().forEach(reader::read);
        } catch (IrSyntaxError bodyError) {
            throw headerError != null && headerError.position() <= bodyError.position() ? headerError : bodyError;
        }
        if (headerError != null) {
            throw headerError;
        }
    }

    /** Whatever is wrong is found again in order: it may not be the first thing that is. */
    private void readBeside() {
        NodeDefinitions nodes = new NodeDefinitions(globals.bodies());
        tokens.skipDefinitions(nodes);
        tokens.jump(0);
        require(readHeaders() == null);
        declare(nodes);
        globals.share();
        List<BodyReader> readers = new ArrayList<>();
        for (int i = 0; i < options.threads(); i++) {
            readers.add(BodyReader.beside(parser, text.bytes(), globals));
        }
        try {
            BodyReader.readAll(readers, parser.m.bodies(), nodes);
        } catch (IrSyntaxError error) {
            throw new OrderNeeded(String.valueOf(error.getMessage()));
        }
        List<DebugInfoForm> forms = new ArrayList<>(List.of(parser.m.debugInfo));
        readers.forEach(reader -> forms.add(reader.module().debugInfo));
        require(!DebugInfoForm.isMixed(forms) && readers.stream().noneMatch(BodyReader::lacksTypes));
    }

    private void declare(NodeDefinitions nodes) {
        for (int i = 0; i < nodes.count(); i++) {
            int start = nodes.start(i);
            int end = start + 1;
            while (parser.m.isDigit(end)) {
                end++;
            }
            require(end - start < 10);
            parser.nodes.declare((int) parser.m.number(start, end), start);
        }
        require(!parser.nodes.hasDuplicate());
    }

    private static void require(boolean good) {
        if (!good) {
            throw new OrderNeeded("the first of several errors is to be named");
        }
    }
}
