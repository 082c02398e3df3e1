package dev.jci.ir;

import java.nio.charset.StandardCharsets;

/**
 * The text that a module was read from, to turn offsets into lines and columns and to show a line with a caret.
 *
 * @param name the name of the file, as the user gave it
 * @param bytes the text
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose: sources are large and never compared
public record SourceText(String name, byte[] bytes) {
    private static final int WIDEST_LINE = 200;

    /** The line of an offset, counted from 1. */
    public int line(int position) {
        int line = 1;
        int end = Math.min(position, bytes.length);
        for (int i = 0; i < end; i++) {
            if (bytes[i] == '\n') {
                line++;
            }
        }
        return line;
    }

    /** The column of an offset, counted from 1 in bytes. */
    public int column(int position) {
        return Math.min(position, bytes.length) - lineStart(position) + 1;
    }

    private int lineStart(int position) {
        int start = Math.min(position, bytes.length);
        while (start > 0 && bytes[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    /** The diagnostic as the user sees it: {@code file:line:column: error: message}, the source line, a caret. */
    public String render(Diagnostic diagnostic) {
        String severity = diagnostic.severity().name().toLowerCase(java.util.Locale.ROOT);
        int position = diagnostic.position();
        if (position < 0) {
            return name + ": " + severity + ": " + diagnostic.message();
        }
        String head =
                name + ":" + line(position) + ":" + column(position) + ": " + severity + ": " + diagnostic.message();
        int start = lineStart(position);
        int end = start;
        while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
            end++;
        }
        int from = Math.max(start, Math.min(position, bytes.length) - WIDEST_LINE / 2);
        int to = Math.min(end, from + WIDEST_LINE);
        if (from >= to) {
            return head;
        }
        String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        String shown = printable(text);
        String padding =
                shown.substring(0, Math.min(shown.length(), position - from)).replaceAll("[^\t]", " ");
        return head + "\n" + shown + "\n" + padding + "^";
    }

    private static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            shown.append(c == '\t' || (c >= ' ' && c < 127) ? c : '?');
        }
        return shown.toString();
    }
}
