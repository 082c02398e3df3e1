package dev.jci.ir;

import java.nio.charset.StandardCharsets;

/**
 * How names and strings of the IR are written (LangRef, "Identifiers" and "String constants"). Inside the model a string of the
 * IR is a Java string with one {@code char}, 0 to 255, for each byte.
 */
public final class ByteString {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private ByteString() {}

    /** The byte string of a text in UTF-8. */
    public static String ofText(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The text that a byte string is in UTF-8; broken sequences become the replacement character. */
    public static String toText(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** The bytes of a byte string. */
    public static byte[] bytes(String bytes) {
        return bytes.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The string in quotes, with everything that is not printable ASCII, and quote and backslash, as {@code \XX}. */
    public static String quote(String bytes) {
        StringBuilder out = new StringBuilder(bytes.length() + 2).append('"');
        for (int i = 0; i < bytes.length(); i++) {
            char c = bytes.charAt(i);
            if (c >= ' ' && c < 127 && c != '"' && c != '\\') {
                out.append(c);
            } else {
                out.append('\\').append(HEX[(c >> 4) & 15]).append(HEX[c & 15]);
            }
        }
        return out.append('"').toString();
    }

    /** A name as it is written behind its sigil: bare when LLVM allows it, else in quotes. */
    public static String quoteIfNeeded(String name) {
        return isBareName(name) ? name : quote(name);
    }

    /** Whether LLVM prints this name without quotes: letters, digits and {@code - . _ $}, not beginning with a digit. */
    public static boolean isBareName(String name) {
        if (name.isEmpty() || (name.charAt(0) >= '0' && name.charAt(0) <= '9')) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean bare = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '-'
                    || c == '.'
                    || c == '_'
                    || c == '$';
            if (!bare) {
                return false;
            }
        }
        return true;
    }
}
