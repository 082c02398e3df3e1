package dev.jci.ci;

import dev.jci.ir.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the pass did.
 *
 * @param functions one entry for each function that is defined, in module order
 * @param diagnostics what the user should know
 */
public record Report(List<FunctionReport> functions, List<Diagnostic> diagnostics) {
    /** Copies the lists. */
    public Report {
        functions = List.copyOf(functions);
        diagnostics = List.copyOf(diagnostics);
    }

    /**
     * What happened to one function.
     *
     * @param name its name, without {@code @}
     * @param instructions how many instructions it had
     * @param blocks how many blocks it had
     * @param loops how many natural loops it had
     * @param probes how many places touch the countdown of the thread
     * @param counters how many places count in a register only
     * @param exportedCost the cost that callers count for it, -1 when it counts its own work
     * @param folded whether that is all of its work, so that it runs no probe
     * @param skipped why it was left alone, null when it was not
     */
    public record FunctionReport(
            String name,
            int instructions,
            int blocks,
            int loops,
            int probes,
            int counters,
            long exportedCost,
            boolean folded,
            @Nullable String skipped) {}

    /** The number of probes in all functions. */
    public long probes() {
        return functions.stream().mapToLong(FunctionReport::probes).sum();
    }
}
