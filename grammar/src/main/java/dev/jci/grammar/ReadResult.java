package dev.jci.grammar;

import dev.jci.ir.Diagnostic;
import dev.jci.ir.Module;
import dev.jci.ir.SourceText;
import java.util.List;

/** What came of reading a text: a module, or what is wrong with the text. */
public sealed interface ReadResult {
    /**
     * The text is a module.
     *
     * @param module the module
     */
    record Success(Module module) implements ReadResult {}

    /**
     * The text is not a module.
     *
     * @param source the text, to show the places
     * @param diagnostics what is wrong, at least one
     */
    record Failure(SourceText source, List<Diagnostic> diagnostics) implements ReadResult {
        /** Copies the list. */
        public Failure {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    /**
     * The module.
     *
     * @throws InvalidIrException when there is none; its message shows the diagnostics
     */
    default Module orThrow() {
        return switch (this) {
            case Success success -> success.module();
            case Failure failure -> throw new InvalidIrException(failure.source(), failure.diagnostics());
        };
    }
}
