package dev.jci.grammar;

import java.nio.charset.StandardCharsets;

/** One string for each sequence of bytes, so that names are equal exactly when they are the same object, and cost memory once. */
final class SymbolTable {
    private String[] symbols = new String[1 << 12];
    private int[] hashes = new int[1 << 12];
    private int count;

    /** The string of the bytes from start to end, decoded as ISO-8859-1. */
    String intern(byte[] bytes, int start, int end) {
        int hash = 1;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + bytes[i];
        }
        hash ^= hash >>> 15;
        int mask = symbols.length - 1;
        int slot = hash & mask;
        while (true) {
            String symbol = symbols[slot];
            if (symbol == null) {
                return add(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1), hash, slot);
            }
            if (hashes[slot] == hash && matches(symbol, bytes, start, end)) {
                return symbol;
            }
            slot = (slot + 1) & mask;
        }
    }

    /** The string kept for an equal one. */
    String intern(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return intern(bytes, 0, bytes.length);
    }

    private String add(String symbol, int hash, int slot) {
        symbols[slot] = symbol;
        hashes[slot] = hash;
        count++;
        if (2 * count > symbols.length) {
            grow();
        }
        return symbol;
    }

    private static boolean matches(String symbol, byte[] bytes, int start, int end) {
        if (symbol.length() != end - start) {
            return false;
        }
        for (int i = start; i < end; i++) {
            if (symbol.charAt(i - start) != (bytes[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    private void grow() {
        String[] oldSymbols = symbols;
        int[] oldHashes = hashes;
        symbols = new String[2 * oldSymbols.length];
        hashes = new int[symbols.length];
        int mask = symbols.length - 1;
        for (int i = 0; i < oldSymbols.length; i++) {
            if (oldSymbols[i] != null) {
                int slot = oldHashes[i] & mask;
                while (symbols[slot] != null) {
                    slot = (slot + 1) & mask;
                }
                symbols[slot] = oldSymbols[i];
                hashes[slot] = oldHashes[i];
            }
        }
    }
}
