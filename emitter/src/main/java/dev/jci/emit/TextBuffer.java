package dev.jci.emit;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;

/** The text so far: one growing array of bytes. Strings are byte strings, one {@code char} for each byte. */
final class TextBuffer {
    /** So long are arrays that follow one that was handed over. */
    static final int USUAL = 1 << 20;

    /** The length of the longest array, nearly. */
    private static final int LARGEST = Integer.MAX_VALUE - 16;

    /** The digits of the largest {@code long}. */
    private static final int LONGEST_NUMBER = 19;

    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'};

    /** For each byte whether it may stand in a name without quotes, and whether it may in a quoted string without escape. */
    private static final boolean[] BARE = new boolean[256];

    private static final boolean[] PLAIN = new boolean[256];

    static {
        for (int c = 0; c < 256; c++) {
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            BARE[c] = letter || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
            PLAIN[c] = c >= ' ' && c < 127 && c != '"' && c != '\\';
        }
    }

    private byte[] bytes;
    private int size;

    TextBuffer() {
        this(new byte[1 << 13]);
    }

    private TextBuffer(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The number of bytes. */
    int size() {
        return size;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        long wanted = Math.max((long) size + more, bytes.length * 2L);
        bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, LARGEST));
    }

    TextBuffer put(char c) {
        reserve(1);
        bytes[size++] = (byte) c;
        return this;
    }

    /** The string as it is. */
    @SuppressWarnings("deprecation") // takes the low byte of each char, which is what byte strings are, without a copy
    TextBuffer put(String text) {
        int length = text.length();
        reserve(length);
        text.getBytes(0, length, bytes, size);
        size += length;
        return this;
    }

    TextBuffer put(long number) {
        if (number >= 0) {
            return digits(number);
        }
        return number == Long.MIN_VALUE ? put(Long.toString(number)) : put('-').digits(-number);
    }

    private TextBuffer digits(long number) {
        reserve(LONGEST_NUMBER);
        int length = digitCount(number);
        long rest = number;
        for (int at = size + length - 1; at >= size; at--) {
            long tenth = rest / 10;
            bytes[at] = (byte) ('0' + rest - 10 * tenth);
            rest = tenth;
        }
        size += length;
        return this;
    }

    private static int digitCount(long number) {
        int count = 1;
        for (long larger = 10; number >= larger && count < LONGEST_NUMBER; larger *= 10) {
            count++;
        }
        return count;
    }

    /** An unsigned number. */
    TextBuffer putUnsigned(long number) {
        return number >= 0 ? digits(number) : put(Long.toUnsignedString(number));
    }

    /** The low digits of a number in capital hexadecimal. */
    TextBuffer putHex(long number, int digits) {
        reserve(digits);
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            bytes[size++] = HEX[(int) (number >>> shift) & 15];
        }
        return this;
    }

    /** A sigil and a name: bare when it can be, else in quotes. */
    TextBuffer putName(char sigil, String name) {
        put(sigil);
        return putName(name);
    }

    /** A name: bare when it can be, else in quotes. */
    @SuppressWarnings("deprecation") // see put(String)
    TextBuffer putName(String name) {
        int length = name.length();
        reserve(length);
        boolean bare = length > 0 && !(name.charAt(0) >= '0' && name.charAt(0) <= '9');
        name.getBytes(0, length, bytes, size);
        for (int i = 0; i < length && bare; i++) {
            bare = BARE[bytes[size + i] & 255];
        }
        if (bare) {
            size += length;
            return this;
        }
        return putQuoted(name);
    }

    /** The string in quotes, escaped as LLVM does it. */
    TextBuffer putQuoted(String text) {
        int length = text.length();
        reserve(3 * length + 2);
        bytes[size++] = '"';
        for (int i = 0; i < length; i++) {
            int c = text.charAt(i) & 255;
            if (PLAIN[c]) {
                bytes[size++] = (byte) c;
            } else if (c == '\\') {
                bytes[size++] = '\\';
                bytes[size++] = '\\';
            } else {
                escape(c);
            }
        }
        bytes[size++] = '"';
        return this;
    }

    /** The name of named metadata or of a kind of attachment, in which odd bytes are escaped without quotes. */
    TextBuffer putMetadataName(String name) {
        int length = name.length();
        reserve(3 * length + 1);
        bytes[size++] = '!';
        for (int i = 0; i < length; i++) {
            int c = name.charAt(i) & 255;
            boolean bare = (BARE[c] || c == '$') && (i > 0 || c < '0' || c > '9');
            if (bare) {
                bytes[size++] = (byte) c;
            } else {
                escape(c);
            }
        }
        return this;
    }

    private void escape(int c) {
        bytes[size++] = '\\';
        bytes[size++] = HEX[c >> 4];
        bytes[size++] = HEX[c & 15];
    }

    /** Takes back what was put since the buffer had that size. */
    void truncate(int size) {
        this.size = size;
    }

    /** Hands all bytes over and starts anew. */
    void flushTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        size = 0;
    }

    /** A buffer with all bytes of this one, which starts anew. */
    TextBuffer handOver() {
        TextBuffer full = new TextBuffer(bytes);
        full.size = size;
        bytes = new byte[USUAL];
        size = 0;
        return full;
    }

    /** The bytes of buffers one after the other. */
    static byte[] join(List<TextBuffer> parts) {
        long length = 0;
        for (TextBuffer part : parts) {
            length += part.size;
        }
        if (length > LARGEST) {
            throw new OutOfMemoryError("a text of " + length + " bytes");
        }
        byte[] all = new byte[(int) length];
        int at = 0;
        for (TextBuffer part : parts) {
            System.arraycopy(part.bytes, 0, all, at, part.size);
            at += part.size;
        }
        return all;
    }
}
