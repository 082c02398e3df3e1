package dev.jci.emit;

import dev.jci.ir.Diagnostic;
import java.util.List;
import java.util.stream.Collectors;

/** The module holds something that the LLVM asked for cannot express. Each diagnostic names it and the first version that has it. */
public final class UnprintableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;

    /**
     * @param diagnostics what cannot be expressed, at least one
     */
    public UnprintableException(List<Diagnostic> diagnostics) {
        super(diagnostics.stream().map(Diagnostic::message).collect(Collectors.joining("; ")));
        this.diagnostics = List.copyOf(diagnostics);
    }

    /** What cannot be expressed. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
