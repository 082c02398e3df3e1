package dev.jci.grammar;

import java.util.Map;
import java.util.Optional;

/** The first in the text of those things that were used and never defined. */
final class FirstUse {
    private FirstUse() {}

    /**
     * The first one and its place; mostly there is none.
     *
     * @param places where each thing was used first
     */
    static <T> Optional<Map.Entry<T, Integer>> of(Map<T, Integer> places) {
        // Not Map.Entry.comparingByValue(), which would be put together anew at every start: it can be serialized.
        return places.entrySet().stream().min((one, other) -> Integer.compare(one.getValue(), other.getValue()));
    }
}
