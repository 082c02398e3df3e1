package dev.jci.emit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Numbers for things that the module lists and that were read with numbers. Whoever was read with a number keeps it as long as nobody
 * else has it, so that printing what was read changes nothing; the others are numbered behind, those that the module does not list
 * when they are first asked for.
 */
final class KeptNumbers<T> {
    private final ToIntFunction<T> readNumber;
    private final Object[] holders;
    private final IdentityHashMap<T, Integer> others = new IdentityHashMap<>();
    private final List<T> added = new ArrayList<>();
    private int next;
    private boolean sealed;

    /**
     * @param listed what the module lists
     * @param readNumber the number that something was read with, negative for none
     */
    KeptNumbers(List<T> listed, ToIntFunction<T> readNumber) {
        this.readNumber = readNumber;
        this.holders = new Object[Math.max(16, 2 * listed.size())];
        Set<Integer> sparse = new HashSet<>();
        List<T> unnumbered = new ArrayList<>();
        for (T item : listed) {
            int number = readNumber.applyAsInt(item);
            if (number < 0) {
                unnumbered.add(item);
            } else if (number < holders.length) {
                if (holders[number] == null) {
                    holders[number] = item;
                    next = Math.max(next, number + 1);
                } else if (holders[number] != item) {
                    unnumbered.add(item);
                }
            } else if (sparse.add(number)) {
                others.put(item, number);
                next = Math.max(next, number + 1);
            } else if (!others.containsKey(item)) {
                unnumbered.add(item);
            }
        }
        unnumbered.forEach(item -> others.putIfAbsent(item, next++));
    }

    /** The number of something; a new one when it is neither listed nor known. */
    int of(T item) {
        int number = readNumber.applyAsInt(item);
        if (number >= 0 && number < holders.length && holders[number] == item) {
            return number;
        }
        Integer other = others.get(item);
        if (other != null) {
            return other;
        }
        if (sealed) {
            throw new IllegalStateException("without a number: " + item);
        }
        others.put(item, next);
        added.add(item);
        return next++;
    }

    /** Says whether everything that will be asked for has a number, so that several threads may ask. */
    void seal(boolean complete) {
        sealed = complete;
    }

    /** What was asked for without being listed, in the order of the numbers; grows while more is asked for. */
    List<T> added() {
        return added;
    }
}
