package dev.jci.ir;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names taken inside one function, so that a new value can be given a name that is still free. */
final class LocalNames {
    /** The longest number that is taken for one that was put behind a name. */
    private static final int MOST_DIGITS = 9;

    private final Set<String> taken;

    /** For names that were asked for and taken the next number to put behind them. All before it are taken, unless the name ends in a digit. */
    private final Map<String, Integer> nextSuffix = new HashMap<>();

    /** The numbered name that was given out last. */
    private @Nullable String last;

    private LocalNames(int expected) {
        this.taken = HashSet.newHashSet(expected);
    }

    static LocalNames of(Function function) {
        LocalNames names = new LocalNames(function.blockCount());
        function.arguments().forEach(argument -> names.add(argument.name()));
        for (BasicBlock block : function.layout()) {
            names.add(block.name());
            for (Instruction at = block.first(); at != null; at = at.next()) {
                names.add(at.name());
            }
        }
        return names;
    }

    /** Nearly always it is the name given out last, of which the number tells that it is taken. */
    @SuppressWarnings("ReferenceEquality")
    void add(@Nullable String name) {
        if (name != null && name != last) {
            taken.add(name);
        }
    }

    void remove(@Nullable String name) {
        if (name != null) {
            taken.remove(name);
        }
    }

    /** The name itself when it is free, else the name with the first number behind it that makes it free. */
    String fresh(String name) {
        if (!taken.contains(name) && !isNumbered(name)) {
            return name;
        }
        boolean ambiguous = endsInDigit(name);
        int suffix = nextSuffix.getOrDefault(name, 1);
        String fresh = name + suffix;
        while (taken.contains(fresh) || (ambiguous && isNumbered(fresh))) {
            fresh = name + ++suffix;
        }
        nextSuffix.put(name, suffix + 1);
        last = ambiguous ? null : fresh;
        return fresh;
    }

    /** Whether a name is one with a number behind it that was given out. */
    private boolean isNumbered(String name) {
        int end = name.length();
        while (end > 0 && isDigit(name.charAt(end - 1))) {
            end--;
        }
        int digits = name.length() - end;
        if (digits == 0 || digits > MOST_DIGITS || name.charAt(end) == '0') {
            return false;
        }
        Integer next = nextSuffix.get(name.substring(0, end));
        return next != null && Integer.parseInt(name, end, name.length(), 10) < next;
    }

    private static boolean endsInDigit(String name) {
        return !name.isEmpty() && isDigit(name.charAt(name.length() - 1));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
