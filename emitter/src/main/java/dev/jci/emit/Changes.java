package dev.jci.emit;

import dev.jci.ir.Diagnostic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was dropped or written in another way: each once, with its first place and how often. */
final class Changes {
    private final Map<String, Occurrences> changes = new LinkedHashMap<>();

    private static final class Occurrences {
        private final int first;
        private int count;

        private Occurrences(int first) {
            this.first = first;
        }
    }

    /** Counts a change. */
    void add(String message, int position) {
        changes.computeIfAbsent(message, key -> new Occurrences(position)).count++;
    }

    /** Whether nothing has been changed. */
    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The changes in the order in which they were first made. */
    List<Diagnostic> notes() {
        return changes.entrySet().stream()
                .map(change -> note(change.getKey(), change.getValue()))
                .toList();
    }

    private static Diagnostic note(String message, Occurrences occurrences) {
        String often = occurrences.count == 1 ? "" : " (" + occurrences.count + " times)";
        return new Diagnostic(Diagnostic.Severity.NOTE, message + often, occurrences.first);
    }
}
