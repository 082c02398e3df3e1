package dev.jci.grammar;

import java.util.Map;

/** A table from the bytes of a word to its token type. */
final class Keywords {
    private static final int SIZE = 1 << 10;

    private final String[] words = new String[SIZE];
    private final int[] types = new int[SIZE];

    Keywords(Map<String, Integer> keywords) {
        keywords.forEach((word, type) -> {
            int slot = hash(word) & (SIZE - 1);
            while (words[slot] != null) {
                slot = (slot + 1) & (SIZE - 1);
            }
            words[slot] = word;
            types[slot] = type;
        });
    }

    private static int hash(String word) {
        int hash = word.length();
        for (int i = 0; i < word.length(); i++) {
            hash = 31 * hash + word.charAt(i);
        }
        return hash ^ (hash >>> 11);
    }

    /** The type of the word between start and end; the other type when it is no keyword. */
    int find(byte[] bytes, int start, int end, int other) {
        int hash = end - start;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ (hash >>> 11)) & (SIZE - 1);
        while (words[slot] != null) {
            if (matches(words[slot], bytes, start, end)) {
                return types[slot];
            }
            slot = (slot + 1) & (SIZE - 1);
        }
        return other;
    }

    private static boolean matches(String word, byte[] bytes, int start, int end) {
        if (word.length() != end - start) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (word.charAt(i - start) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
