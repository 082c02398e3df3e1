package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.analysis.CallGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What functions of a library do around each call of a function that is handed to them, as {@code qsort} around each comparison. It counts where the
 * function that is called back begins: when the library is called nobody knows how often that will be, and counted there it would be
 * counted long before it is done.
 *
 * <p>A table of costs names it {@code llvm.callback.qsort}. From that the functions which a program hands to {@code qsort} by name get a cost
 * {@code llvm.entry.NAME}, which {@link CostModel} adds to their entry block; a table may have one itself, which stays.
 */
final class Callbacks {
    private static final String AROUND = "llvm.callback.";
    private static final String ENTRY = "llvm.entry.";

    private Callbacks() {}

    /** The options with costs for the functions that this program hands to libraries. */
    static Options withCosts(CallGraph calls, Options options) {
        Map<String, Long> known = options.costs().functions();
        Map<String, Long> found = new HashMap<>();
        for (Function library : calls.functions()) {
            Long around = library.isDeclaration() && library.name() != null ? known.get(AROUND + library.name()) : null;
            if (around != null && calls.definition(library) == library) {
                for (Function handed : handedTo(library, calls)) {
                    found.merge(ENTRY + handed.name(), around, Math::max);
                }
            }
        }
        found.keySet().removeAll(known.keySet());
        return found.isEmpty() ? options : options.withCosts(options.costs().overriddenBy(found));
    }

    private static List<Function> handedTo(Function library, CallGraph calls) {
        List<Function> found = new ArrayList<>();
        for (Function caller : calls.callers(library)) {
            for (BasicBlock block : caller.layout()) {
                for (Instruction at = block.first(); at != null; at = at.next()) {
                    if (at instanceof CallBase call && CallGraph.target(call) == library) {
                        call.arguments().stream()
                                .map(CallGraph::resolve)
                                .filter(function -> function != null && function.name() != null)
                                .forEach(found::add);
                    }
                }
            }
        }
        return found;
    }

    /** What a library does around the function whose entry block this instruction ends; 0 for another instruction. */
    static long around(Instruction instruction, Map<String, Long> costs) {
        if (instruction.next() != null || costs.isEmpty()) {
            return 0;
        }
        BasicBlock block = instruction.parent();
        Function function = block == null ? null : block.parent();
        return function == null || function.name() == null || function.entry() != block
                ? 0
                : costs.getOrDefault(ENTRY + function.name(), 0L);
    }
}
