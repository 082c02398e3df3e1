package dev.jci.grammar;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/** The text being read, as bytes, and what stretches of it mean as words, names, strings and numbers. */
final class Source {
    /** 2^64 - 1 divided by ten; a 5 may follow. */
    private static final long TENTH_OF_LARGEST = 1844674407370955161L;

    /** So many digits fit into 64 bits whatever they are. */
    private static final int SAFE_DIGITS = 18;

    /** Up to here the work of {@link BigInteger} on decimal digits, which grows with the square, does not matter. */
    private static final int SHORT = 500;

    final byte[] bytes;
    private final SymbolTable symbols = new SymbolTable();

    Source(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The text of a stretch as written; equal ones are one object. */
    String text(int start, int end) {
        return symbols.intern(bytes, start, end);
    }

    String intern(String text) {
        return symbols.intern(text);
    }

    boolean isDigit(int at) {
        return at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9';
    }

    boolean isQuote(int at) {
        return at < bytes.length && bytes[at] == '"';
    }

    /** A name, bare or in quotes or, in metadata names, bare with escapes. */
    String name(int start, int end) {
        if (isQuote(start)) {
            return unescape(start + 1, end - 1);
        }
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\\') {
                return unescape(start, end);
            }
        }
        return symbols.intern(bytes, start, end);
    }

    /** The contents of a string in quotes, perhaps with a {@code c} before them. */
    String string(int start, int end) {
        return unescape(bytes[start] == 'c' ? start + 2 : start + 1, end - 1);
    }

    private String unescape(int start, int end) {
        int escape = start;
        while (escape < end && bytes[escape] != '\\') {
            escape++;
        }
        if (escape == end) {
            return symbols.intern(bytes, start, end);
        }
        StringBuilder out = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            char c = (char) (bytes[i] & 0xff);
            if (c != '\\') {
                out.append(c);
            } else if (i + 1 < end && bytes[i + 1] == '\\') {
                out.append('\\');
                i++;
            } else if (i + 2 < end && hex(i + 1) >= 0 && hex(i + 2) >= 0) {
                out.append((char) (hex(i + 1) * 16 + hex(i + 2)));
                i += 2;
            } else {
                out.append('\\');
            }
        }
        return symbols.intern(out.toString());
    }

    private int hex(int at) {
        return Character.digit(bytes[at], 16);
    }

    /** The unsigned 64-bit number in a stretch, which may begin with a sigil or a minus sign. */
    long number(int start, int end) {
        if (end - start > 3 && bytes[start] == 'u') {
            return hexadecimal(start + 3, end);
        }
        int at = isDigit(start) ? start : start + 1;
        long value = 0;
        if (end - at <= SAFE_DIGITS) {
            for (int i = at; i < end; i++) {
                value = value * 10 + (bytes[i] - '0');
            }
            return bytes[start] == '-' ? -value : value;
        }
        for (int i = at; i < end; i++) {
            int order = Long.compareUnsigned(value, TENTH_OF_LARGEST);
            if (order > 0 || (order == 0 && bytes[i] > '5')) {
                throw new IrSyntaxError("expected 64-bit integer (too large)", start);
            }
            value = value * 10 + (bytes[i] - '0');
        }
        return bytes[start] == '-' ? -value : value;
    }

    /** A number of any length, which may begin with a minus sign; in less time than the square of its length. */
    BigInteger largeNumber(int start, int end) {
        if (end - start <= SHORT) {
            return new BigInteger(new String(bytes, start, end - start, StandardCharsets.ISO_8859_1));
        }
        if (bytes[start] == '-') {
            return largeNumber(start + 1, end).negate();
        }
        int low = (end - start) / 2;
        return largeNumber(start, end - low).multiply(BigInteger.TEN.pow(low)).add(largeNumber(end - low, end));
    }

    private long hexadecimal(int start, int end) {
        int first = start;
        while (first < end - 1 && bytes[first] == '0') {
            first++;
        }
        if (end - first > Long.BYTES * 2) {
            throw new IrSyntaxError("expected 64-bit integer (too large)", start);
        }
        return Long.parseUnsignedLong(text(first, end), 16);
    }

    /** Whether {@code ptr} stands right before that place. */
    boolean isBehindPtr(int position) {
        int at = position;
        while (at > 0 && (bytes[at - 1] == ' ' || bytes[at - 1] == '\n' || bytes[at - 1] == '\t')) {
            at--;
        }
        boolean word = at > 2 && bytes[at - 1] == 'r' && bytes[at - 2] == 't' && bytes[at - 3] == 'p';
        return word && (at == 3 || !isNameCharacter(bytes[at - 4]));
    }

    private static boolean isNameCharacter(byte c) {
        return Character.isLetterOrDigit(c) || "%.-$_".indexOf(c) >= 0;
    }

    /** A stretch with white space and comments folded to single spaces. */
    String spaced(int start, int end) {
        StringBuilder out = new StringBuilder(end - start);
        boolean quoted = false;
        boolean pending = false;
        for (int i = start; i < end; i++) {
            char c = (char) (bytes[i] & 0xff);
            if (!quoted && c == ';') {
                while (i < end && bytes[i] != '\n') {
                    i++;
                }
                pending = true;
            } else if (!quoted && (c == ' ' || c == '\n' || c == '\t' || c == '\r')) {
                pending = true;
            } else {
                if (pending && out.length() > 0) {
                    out.append(' ');
                }
                pending = false;
                quoted ^= c == '"';
                out.append(c);
            }
        }
        return symbols.intern(out.toString());
    }
}
