package dev.jci.ir;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The flag words between an opcode and its first operand, such as {@code nuw nsw}, {@code exact}, {@code inbounds},
 * {@code nneg}, {@code disjoint}, {@code samesign} or fast-math flags. Kept as words in the order written, so that a flag of a
 * later LLVM survives.
 *
 * @param words the words in order
 */
public record Flags(List<String> words) {
    /** No flags. */
    public static final Flags NONE = new Flags(List.of());

    /** Copies the list. */
    public Flags {
        words = List.copyOf(words);
    }

    /** Flags of these words. */
    public static Flags of(String... words) {
        return words.length == 0 ? NONE : new Flags(List.of(words));
    }

    /** Whether the word is among the flags. */
    public boolean has(String word) {
        return words.contains(word);
    }

    /** Whether there are no flags. */
    public boolean isEmpty() {
        return words.isEmpty();
    }

    /** These flags without that word. */
    public Flags without(String word) {
        if (!has(word)) {
            return this;
        }
        List<String> kept = new ArrayList<>(words);
        kept.remove(word);
        return kept.isEmpty() ? NONE : new Flags(kept);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Flags that && words.equals(that.words));
    }

    @Override
    public int hashCode() {
        return words.hashCode();
    }

    @Override
    public String toString() {
        return String.join(" ", words);
    }
}
