package dev.jci.grammar;

/**
 * A quick look over the bytes before parsing: where the bodies of functions are, and whether pointers are typed. Bodies can then be read
 * when all globals are known, in any order.
 */
final class GlobalIndex {
    private final byte[] bytes;

    /** From here on no block comment ends. */
    private int unclosed = Integer.MAX_VALUE;

    private boolean typedPointers;
    private boolean opaquePointers;

    GlobalIndex(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Whether all pointers of the text are typed. Where {@code ptr} stands anywhere, {@code T*} means {@code ptr} too, as in LLVM 17. */
    static boolean hasTypedPointers(byte[] bytes) {
        GlobalIndex index = new GlobalIndex(bytes);
        index.scan(0, bytes.length, Integer.MAX_VALUE);
        return index.typedPointers && !index.opaquePointers;
    }

    /**
     * The end of a body.
     *
     * @param open where its opening brace stands
     * @return the offset behind its closing brace, -1 when there is none
     */
    static int bodyEnd(byte[] bytes, int open) {
        return new GlobalIndex(bytes).scan(open, bytes.length, 0);
    }

    /** Goes on until the braces opened are closed to that depth; the offset behind, or -1. */
    private int scan(int from, int to, int stopDepth) {
        int depth = 0;
        int at = from;
        while (at < to) {
            switch (bytes[at]) {
                case '{' -> depth++;
                case '}' -> {
                    depth--;
                    if (depth == stopDepth) {
                        return at + 1;
                    }
                }
                case '"' -> at = quoteEnd(at + 1, to);
                case ';' -> at = commentLineEnd(at, to);
                case '/' -> at = commentEnd(at, to);
                case '*' -> typedPointers = true;
                case 'p' -> opaquePointers |= isPtr(at);
                default -> {}
            }
            at++;
        }
        return -1;
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

    private int quoteEnd(int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '"') {
            at++;
        }
        return at;
    }

    private int commentLineEnd(int from, int to) {
        int at = from;
        while (at < to && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    private int commentEnd(int from, int to) {
        if (from < unclosed && from + 1 < to && bytes[from + 1] == '*') {
            for (int at = from + 2; at + 1 < to; at++) {
                if (bytes[at] == '*' && bytes[at + 1] == '/') {
                    return at + 1;
                }
            }
            unclosed = from;
        }
        return from;
    }

    /** Where the line of an offset ends; a string that goes on over several lines counts as one. */
    static int lineEnd(byte[] bytes, int from) {
        GlobalIndex index = new GlobalIndex(bytes);
        int at = from;
        while (at < bytes.length && bytes[at] != '\n' && bytes[at] != ';') {
            at = bytes[at] == '"' ? index.quoteEnd(at + 1, bytes.length) + 1 : at + 1;
        }
        return Math.min(at, bytes.length);
    }
}
