package dev.jci.ir.verify;

import dev.jci.ir.Diagnostic;
import dev.jci.ir.Instruction;
import dev.jci.ir.LanguageVersion;
import dev.jci.ir.MDNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What the rules found, and whose rules are asked for. Some rules came or went with a version of LLVM; without a version only those
 * hold that all versions share, so that nothing is refused that any of them accepts.
 */
final class Findings {
    private final List<Diagnostic> found = new ArrayList<>();
    private final LanguageVersion version;

    /**
     * @param version the LLVM whose rules hold
     */
    Findings(LanguageVersion version) {
        this.version = version;
    }

    /** Whether a rule holds that came with that version. */
    boolean since(int first) {
        return version.isAtLeast(first);
    }

    /** Whether a rule holds that was last in that version. */
    boolean until(int last) {
        return version.isBefore(last + 1);
    }

    void error(String message, int position) {
        found.add(Diagnostic.error(message, position));
    }

    void error(String message, Instruction at) {
        error(message, at.position());
    }

    /** An error in a node; one without a place of its own is reported where it is used. */
    void error(String message, MDNode at, int otherwise) {
        error(message, at.position() >= 0 ? at.position() : otherwise);
    }

    List<Diagnostic> diagnostics() {
        return found;
    }
}
