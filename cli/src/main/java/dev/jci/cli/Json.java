package dev.jci.cli;

import dev.jci.ir.ByteString;

/** Writes JSON, two spaces a level. Names of the IR are byte strings and are written as the text that they are in UTF-8. */
final class Json {
    private final StringBuilder out = new StringBuilder();
    private int depth;
    private boolean first = true;
    private boolean afterKey;

    Json beginObject() {
        return open('{');
    }

    Json endObject() {
        return close('}');
    }

    Json beginArray() {
        return open('[');
    }

    Json endArray() {
        return close(']');
    }

    Json key(String key) {
        separate();
        quote(key);
        out.append(": ");
        afterKey = true;
        return this;
    }

    Json value(String text) {
        separate();
        quote(text);
        return this;
    }

    /** A name of the IR. */
    Json name(String bytes) {
        return value(ByteString.toText(bytes));
    }

    Json value(long number) {
        separate();
        out.append(number);
        return this;
    }

    /** The text, with a line end. */
    String text() {
        return out + "\n";
    }

    private Json open(char bracket) {
        separate();
        out.append(bracket);
        depth++;
        first = true;
        return this;
    }

    private Json close(char bracket) {
        depth--;
        if (!first) {
            newLine();
        }
        out.append(bracket);
        first = false;
        return this;
    }

    private void separate() {
        if (afterKey) {
            afterKey = false;
            return;
        }
        if (depth > 0) {
            if (!first) {
                out.append(',');
            }
            newLine();
        }
        first = false;
    }

    private void newLine() {
        out.append('\n').append("  ".repeat(depth));
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == 127 || Character.isSurrogate(c)) {
                        out.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
        first = false;
    }
}
