package dev.jci.grammar;

import dev.jci.ir.Diagnostic;
import dev.jci.ir.SourceText;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown by {@link ReadResult#orThrow} when a text is not a module. */
public final class InvalidIrException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Diagnostic> diagnostics;

    InvalidIrException(SourceText source, List<Diagnostic> diagnostics) {
        super(diagnostics.stream().map(source::render).collect(Collectors.joining("\n")));
        this.diagnostics = diagnostics;
    }

    /** What is wrong with the text. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
