package dev.jci.grammar;

import dev.jci.ir.AttributePlaces;
import dev.jci.ir.Flags;
import dev.jci.ir.LanguageChanges;
import dev.jci.ir.LanguageVersion;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which flag words may stand behind which opcode (LangRef, "Fast-Math Flags", "Binary Operations", "Conversion Operations"). A word that
 * no LLVM has so far is taken where it is not said which LLVM the text is for.
 */
final class FlagWords {
    private static final Set<String> FAST_MATH =
            Set.of("nnan", "ninf", "nsz", "arcp", "contract", "reassoc", "afn", "fast");
    private static final Set<String> WRAP = Set.of("nuw", "nsw");
    private static final Set<String> EXACT = Set.of("exact");
    private static final Set<String> ACCESS = Set.of("atomic", "volatile");
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("add", WRAP),
            Map.entry("sub", WRAP),
            Map.entry("mul", WRAP),
            Map.entry("shl", WRAP),
            Map.entry("trunc", WRAP),
            Map.entry("udiv", EXACT),
            Map.entry("sdiv", EXACT),
            Map.entry("lshr", EXACT),
            Map.entry("ashr", EXACT),
            Map.entry("or", Set.of("disjoint")),
            Map.entry("zext", Set.of("nneg")),
            Map.entry("uitofp", Set.of("nneg")),
            Map.entry("fneg", FAST_MATH),
            Map.entry("fadd", FAST_MATH),
            Map.entry("fsub", FAST_MATH),
            Map.entry("fmul", FAST_MATH),
            Map.entry("fdiv", FAST_MATH),
            Map.entry("frem", FAST_MATH),
            Map.entry("fptrunc", FAST_MATH),
            Map.entry("fpext", FAST_MATH),
            Map.entry("fcmp", FAST_MATH),
            Map.entry("phi", FAST_MATH),
            Map.entry("select", FAST_MATH),
            Map.entry("icmp", Set.of("samesign")),
            Map.entry("getelementptr", Set.of("inbounds", "nusw", "nuw")),
            Map.entry("load", ACCESS),
            Map.entry("store", ACCESS),
            Map.entry("cmpxchg", Set.of("weak", "volatile")));
    private static final Map<String, List<String>> ORDERS = Map.of(
            "load", List.of("atomic", "volatile"),
            "store", List.of("atomic", "volatile"),
            "cmpxchg", List.of("weak", "volatile"));

    private final LanguageVersion version;
    private final Map<String, Set<Flags>> known = new HashMap<>();

    FlagWords(LanguageVersion version) {
        this.version = version;
    }

    /**
     * Whether the words may stand behind the opcode. What was asked before is looked up.
     *
     * @param flags the words, one object for equal ones
     */
    boolean fit(String opcode, Flags flags) {
        if (flags.isEmpty()) {
            return true;
        }
        Set<Flags> good = known.computeIfAbsent(opcode, key -> new HashSet<>());
        if (good.contains(flags)) {
            return true;
        }
        boolean fits = firstWrong(opcode, flags) < 0;
        if (fits) {
            good.add(flags);
        }
        return fits;
    }

    /** Which of the words is the first that may not stand there; -1 for none. */
    int firstWrong(String opcode, Flags flags) {
        Set<String> allowed = ALLOWED.getOrDefault(opcode, Set.of());
        List<String> order = ORDERS.getOrDefault(opcode, List.of());
        int last = -1;
        for (int i = 0; i < flags.words().size(); i++) {
            String word = flags.words().get(i);
            int rank = order.indexOf(word);
            boolean later = version.isAny() && !AttributePlaces.isWord(word);
            if ((!allowed.contains(word) && !later)
                    || version.isBefore(LanguageChanges.flagSince(opcode, word))
                    || (rank >= 0 && rank <= last)) {
                return i;
            }
            last = rank;
        }
        return -1;
    }
}
