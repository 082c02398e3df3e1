package dev.jci.grammar;

import java.util.Map;

/** A table from the bytes of a word to its token type. */
final class Keywords {
    private static final int SIZE = 1 << 10;

    private final String[] words = new String[SIZE];
    private final int[] types = new int[SIZE];

    Keywords(Map<String, Integer> keywords) {
        keywords.forEach((word, type) -> {
            int slot = slot(hash(word));
            while (words[slot] != null) {
                slot = (slot + 1) & (SIZE - 1);
            }
            words[slot] = word;
            types[slot] = type;
        });
    }

    private static int hash(String word) {
        int hash = 0;
        for (int i = 0; i < word.length(); i++) {
            hash = hash(hash, (byte) word.charAt(i));
        }
        return hash;
    }

    /** The hash of a word that goes on with that character. */
    static int hash(int before, byte character) {
        return 31 * before + character;
    }

    /** The type of the word between start and end with that hash; the other type when it is no keyword. */
    int find(byte[] bytes, int start, int end, int hash, int other) {
        int slot = slot(hash);
        while (words[slot] != null) {
            if (matches(words[slot], bytes, start, end)) {
                return types[slot];
            }
            slot = (slot + 1) & (SIZE - 1);
        }
        return other;
    }

    private static int slot(int hash) {
        return (hash ^ (hash >>> 11)) & (SIZE - 1);
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
