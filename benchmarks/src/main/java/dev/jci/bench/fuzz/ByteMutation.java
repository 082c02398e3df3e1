package dev.jci.bench.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Changes texts without looking at what they mean: bytes, stretches of bytes and lines. */
final class ByteMutation {
    private static final byte[] INTERESTING =
            "%@!#^$\"\\;:,=*|(){}[]<>.+-0123456789xuscie \n\r\t\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int MOST_CHANGES = 6;

    private ByteMutation() {}

    /** A text with one to six changes. */
    static byte[] mutate(Corpus corpus, SplittableRandom random) {
        byte[] text = corpus.draw(random);
        for (int i = random.nextInt(1, MOST_CHANGES); i > 0; i--) {
            text = change(text, corpus, random);
        }
        return text;
    }

    private static byte[] change(byte[] text, Corpus corpus, SplittableRandom random) {
        if (text.length < 2) {
            return corpus.draw(random);
        }
        int at = random.nextInt(text.length);
        int stretch = Math.min(text.length - at, random.nextInt(1, random.nextInt(8) == 0 ? 400 : 12));
        return switch (random.nextInt(10)) {
            case 0 -> replace(text, at, 1, one((byte) (text[at] ^ (1 << random.nextInt(8)))));
            case 1 -> replace(text, at, 1, one((byte) random.nextInt(256)));
            case 2 -> replace(text, at, 1, one(INTERESTING[random.nextInt(INTERESTING.length)]));
            case 3 -> replace(text, at, 0, one(INTERESTING[random.nextInt(INTERESTING.length)]));
            case 4 -> replace(text, at, stretch, new byte[0]);
            case 5 -> replace(text, at, 0, slice(text, at, stretch));
            case 6 -> {
                byte[] other = corpus.draw(random);
                int from = other.length == 0 ? 0 : random.nextInt(other.length);
                yield replace(text, at, 0, slice(other, from, Math.min(other.length - from, stretch * 4)));
            }
            case 7 -> {
                int line = lineStart(text, at);
                yield replace(text, line, lineEnd(text, at) - line, new byte[0]);
            }
            case 8 -> {
                int line = lineStart(text, at);
                int to = lineStart(text, random.nextInt(text.length));
                yield replace(text, to, 0, slice(text, line, lineEnd(text, at) - line));
            }
            default -> random.nextInt(4) == 0 ? slice(text, 0, at) : replace(text, at, 1, one((byte) ' '));
        };
    }

    private static byte[] one(byte value) {
        return new byte[] {value};
    }

    private static byte[] slice(byte[] text, int from, int length) {
        byte[] slice = new byte[length];
        System.arraycopy(text, from, slice, 0, length);
        return slice;
    }

    /** The text with a stretch of it replaced by other bytes. */
    static byte[] replace(byte[] text, int at, int length, byte[] by) {
        byte[] changed = new byte[text.length - length + by.length];
        System.arraycopy(text, 0, changed, 0, at);
        System.arraycopy(by, 0, changed, at, by.length);
        System.arraycopy(text, at + length, changed, at + by.length, text.length - at - length);
        return changed;
    }

    private static int lineStart(byte[] text, int at) {
        int start = at;
        while (start > 0 && text[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private static int lineEnd(byte[] text, int at) {
        int end = at;
        while (end < text.length && text[end] != '\n') {
            end++;
        }
        return Math.min(text.length, end + 1);
    }
}
