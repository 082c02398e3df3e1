package dev.jci.grammar;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Objects by number. There are not many more numbers than objects, as blocks share theirs with values; any others cost more. */
final class Numbered<T> {
    private static final int FEW = 64;

    /** So many numbers for each object may stand in the array. */
    private static final int GAPS = 32;

    private Object[] dense = {};
    private final Map<Integer, T> sparse = new HashMap<>(0);
    private int count;

    /** The object of that number, null when there is none. */
    @SuppressWarnings("unchecked") // only put fills the array
    @Nullable
    T get(int number) {
        if (number < dense.length) {
            return (T) dense[number];
        }
        return sparse.isEmpty() ? null : sparse.get(number);
    }

    /** Gives a number, 0 or more, an object; returns the one that it had. */
    @Nullable
    T put(int number, T object) {
        T old = get(number);
        if (old == null) {
            count++;
        }
        if (number >= dense.length && number < GAPS * (count + FEW)) {
            grow(number);
        }
        if (number < dense.length) {
            dense[number] = object;
        } else {
            sparse.put(number, object);
        }
        return old;
    }

    /** The number of an object that is there; looks through all. */
    int numberOf(T object) {
        int place = Arrays.asList(dense).indexOf(object);
        return place >= 0
                ? place
                : sparse.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(object))
                        .findFirst()
                        .orElseThrow()
                        .getKey();
    }

    private void grow(int number) {
        dense = Arrays.copyOf(dense, Math.max(FEW / 4, 2 * number));
        if (!sparse.isEmpty()) {
            sparse.forEach((far, object) -> {
                if (far < dense.length) {
                    dense[far] = object;
                }
            });
            sparse.keySet().removeIf(far -> far < dense.length);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }
}
