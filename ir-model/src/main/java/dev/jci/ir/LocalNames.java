package dev.jci.ir;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names taken inside one function, so that a new value can be given a name that is still free. Of the names that are there only the first
 * characters are noted, in a small table: as long as none begins like a name that is asked for, that one need not be looked for.
 */
final class LocalNames {
    /** The longest number that is taken for one that was put behind a name. */
    private static final int MOST_DIGITS = 9;

    /** How many characters are noted of a name; shorter ones are looked for. */
    private static final int BEGINNING = 3;

    private static final int BEGINNINGS = 1024;

    private final Function function;

    /** A bit for each beginning of a name that is in the function and was not given out here; some share one. */
    private final long[] beginnings = new long[BEGINNINGS / Long.SIZE];

    /** All names; null until a name is asked for that begins like one of them. */
    private @Nullable Set<String> taken;

    /** For names that were asked for the next number to put behind them. All before it are taken, unless the name ends in a digit. */
    private final Map<String, Suffix> suffixes = new HashMap<>(0);

    /** The numbered name that was given out last. */
    private @Nullable String last;

    /** Counts the numbers behind a name. */
    private static final class Suffix {
        private int next = 1;
    }

    LocalNames(Function function) {
        this.function = function;
    }

    /** Nearly always it is the name given out last, of which the number tells that it is taken. */
    @SuppressWarnings("ReferenceEquality")
    void add(String name) {
        if (name == last) {
            return;
        }
        if (taken != null) {
            taken.add(name);
        }
        if (name.length() >= BEGINNING) {
            int beginning = beginning(name);
            if (!isNoted(beginning) && !wasGivenOut(name)) {
                beginnings[beginning / Long.SIZE] |= 1L << beginning;
            }
        }
    }

    void remove(String name) {
        if (taken != null) {
            taken.remove(name);
        }
    }

    /** Forgets what the names are, since some are gone. */
    void forget() {
        taken = null;
    }

    /** The name itself when it is free, else the name with the first number behind it that makes it free. */
    String fresh(String name) {
        boolean ambiguous = endsInDigit(name);
        return ambiguous || name.length() < BEGINNING || isNoted(beginning(name))
                ? search(name, ambiguous)
                : number(name);
    }

    /** When all names that begin like it were given out here. */
    private String number(String name) {
        Suffix suffix = suffixes.get(name);
        if (suffix == null) {
            suffixes.put(name, new Suffix());
            return name;
        }
        String fresh = numbered(name, suffix.next++);
        last = fresh;
        return fresh;
    }

    private String search(String name, boolean ambiguous) {
        Set<String> others = taken();
        if (!others.contains(name) && !wasGivenOut(name)) {
            return name;
        }
        Suffix suffix = suffixes.computeIfAbsent(name, key -> new Suffix());
        String fresh = numbered(name, suffix.next++);
        while (others.contains(fresh) || (ambiguous && wasGivenOut(fresh))) {
            fresh = numbered(name, suffix.next++);
        }
        last = ambiguous ? null : fresh;
        return fresh;
    }

    private static String numbered(String name, int number) {
        return name.concat(Integer.toString(number));
    }

    private Set<String> taken() {
        if (taken == null) {
            Set<String> all = HashSet.newHashSet(function.blockCount());
            function.arguments().forEach(argument -> add(all, argument.name()));
            for (BasicBlock block : function.layout()) {
                add(all, block.name());
                for (Instruction at = block.first(); at != null; at = at.next()) {
                    add(all, at.name());
                }
            }
            taken = all;
        }
        return taken;
    }

    private static void add(Set<String> names, @Nullable String name) {
        if (name != null) {
            names.add(name);
        }
    }

    private boolean isNoted(int beginning) {
        return (beginnings[beginning / Long.SIZE] & 1L << beginning) != 0;
    }

    private static int beginning(String name) {
        return (name.charAt(0) * 961 + name.charAt(1) * 31 + name.charAt(2)) % BEGINNINGS;
    }

    /** Whether a name was given out, by itself or with a number behind it. */
    private boolean wasGivenOut(String name) {
        return !suffixes.isEmpty() && (suffixes.containsKey(name) || isNumbered(name));
    }

    private boolean isNumbered(String name) {
        int end = name.length();
        while (end > 0 && isDigit(name.charAt(end - 1))) {
            end--;
        }
        int digits = name.length() - end;
        if (digits == 0 || digits > MOST_DIGITS || name.charAt(end) == '0') {
            return false;
        }
        Suffix suffix = suffixes.get(name.substring(0, end));
        return suffix != null && Integer.parseInt(name, end, name.length(), 10) < suffix.next;
    }

    private static boolean endsInDigit(String name) {
        return !name.isEmpty() && isDigit(name.charAt(name.length() - 1));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
