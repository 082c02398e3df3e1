package dev.jci.emit;

import dev.jci.ir.Module;
import dev.jci.ir.SummaryEntry;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The summary that ThinLTO uses of a module. It repeats what the module says, so where an older LLVM cannot read it, it is left out as a
 * whole, and the module takes part in link-time optimization without a summary.
 */
final class SummaryDialect {
    private static final Pattern FIELD = Pattern.compile("\\b([A-Za-z]+): ?");
    private static final Map<String, Integer> SINCE = Map.of(
            "allocs", 16,
            "callsites", 16,
            "clones", 16,
            "memProf", 16,
            "stackIds", 16,
            "versions", 16,
            "tail", 18,
            "importType", 19);

    private SummaryDialect() {}

    /** The entries to print. */
    static List<SummaryEntry> spoken(Module module, Dialect dialect) {
        int since = 0;
        for (SummaryEntry entry : module.summary()) {
            Matcher field = FIELD.matcher(entry.text());
            while (field.find()) {
                since = Math.max(since, SINCE.getOrDefault(field.group(1), 0));
            }
        }
        return dialect.drops(since, "the summary of the module") ? List.of() : module.summary();
    }
}
