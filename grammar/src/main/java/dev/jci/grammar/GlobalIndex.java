package dev.jci.grammar;

import java.util.Arrays;

/**
 * A quick look over the bytes before parsing: where the bodies of functions are, and whether pointers are typed. Bodies can then be read
 * when all globals are known, in any order.
 */
final class GlobalIndex {
    private static final byte[] KINDS = kinds("{}\";/*p");

    private final byte[] bytes;

    /** Where braces that stand in no others open, in order, and the offsets behind where they close, -1 where they do not. */
    private int[] opens = new int[64];

    private int[] ends = new int[64];
    private int count;

    /** From here on no block comment ends. */
    private int unclosed = Integer.MAX_VALUE;

    private boolean typedPointers;
    private boolean opaquePointers;

    GlobalIndex(byte[] bytes) {
        this(bytes, 0, false);
    }

    private GlobalIndex(byte[] bytes, int from, boolean one) {
        this.bytes = bytes;
        scan(from, one);
    }

    private static byte[] kinds(String characters) {
        byte[] kinds = new byte[256];
        for (int i = 0; i < characters.length(); i++) {
            kinds[characters.charAt(i)] = 1;
        }
        return kinds;
    }

    /** Whether all pointers of the text are typed. Where {@code ptr} stands anywhere, {@code T*} means {@code ptr} too, as in LLVM 17. */
    boolean hasTypedPointers() {
        return typedPointers && !opaquePointers;
    }

    /**
     * The end of a body.
     *
     * @param open where its opening brace stands
     * @return the offset behind its closing brace, -1 when there is none
     */
    int bodyEnd(int open) {
        int known = Arrays.binarySearch(opens, 0, count, open);
        // What stands before may have unclosed quotes or braces; from here on it may look different.
        return known >= 0 ? ends[known] : new GlobalIndex(bytes, open, true).ends[0];
    }

    /**
     * Notes braces and pointers.
     *
     * @param one whether to stop behind the first pair of braces
     */
    private void scan(int from, boolean one) {
        int depth = 0;
        for (int at = next(from); at < bytes.length; at = next(at + 1)) {
            switch (bytes[at]) {
                case '{' -> {
                    if (depth++ == 0) {
                        open(at);
                    }
                }
                case '}' -> {
                    if (depth > 0 && --depth == 0) {
                        ends[count - 1] = at + 1;
                        if (one) {
                            return;
                        }
                    }
                }
                case '"' -> at = quoteEnd(at + 1);
                case ';' -> at = commentLineEnd(at);
                case '/' -> at = commentEnd(at);
                case '*' -> typedPointers = true;
                default -> opaquePointers = opaquePointers || isPtr(at);
            }
        }
    }

    /** Where the next byte stands that may matter: a loop with nothing else in it, for this is most of the work. */
    private int next(int from) {
        for (int at = from; at < bytes.length; at++) {
            if (KINDS[bytes[at] & 0xff] != 0) {
                return at;
            }
        }
        return bytes.length;
    }

    private void open(int at) {
        if (count == opens.length) {
            opens = Arrays.copyOf(opens, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        opens[count] = at;
        ends[count++] = -1;
    }

    private boolean isPtr(int at) {
        return at + 2 < bytes.length
                && bytes[at + 1] == 't'
                && bytes[at + 2] == 'r'
                && !isNameCharacter(at - 1)
                && !isNameCharacter(at + 3);
    }

    private boolean isNameCharacter(int at) {
        if (at < 0 || at >= bytes.length) {
            return false;
        }
        byte c = bytes[at];
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '.'
                || c == '-'
                || c == '$'
                || c == '%'
                || c == '@'
                || c == '!'
                || c == '#';
    }

    private int quoteEnd(int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '"') {
            at++;
        }
        return at;
    }

    private int commentLineEnd(int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    private int commentEnd(int from) {
        if (from < unclosed && from + 1 < bytes.length && bytes[from + 1] == '*') {
            for (int at = from + 2; at + 1 < bytes.length; at++) {
                if (bytes[at] == '*' && bytes[at + 1] == '/') {
                    return at + 1;
                }
            }
            unclosed = from;
        }
        return from;
    }

    /** Where the line of an offset ends; a string that goes on over several lines counts as one. */
    int lineEnd(int from) {
        int at = from;
        while (at < bytes.length && bytes[at] != '\n' && bytes[at] != ';') {
            at = bytes[at] == '"' ? quoteEnd(at + 1) + 1 : at + 1;
        }
        return Math.min(at, bytes.length);
    }
}
