package dev.jci.cli;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.ByteString;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.MDNode;
import dev.jci.ir.SourceText;
import dev.jci.ir.diff.Difference;
import dev.jci.ir.diff.Edit;
import dev.jci.ir.diff.ModuleDiff;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The differences of two modules as text in the manner of a unified diff: a head that names the place, then lines of the first file
 * with a minus sign and lines of the second with a plus sign, each with its number in its file.
 */
final class DiffReport {
    private static final int WIDEST = 160;

    private final Side before;
    private final Side after;

    DiffReport(SourceText before, SourceText after) {
        this.before = new Side('-', before);
        this.after = new Side('+', after);
    }

    /** A file and how its lines are marked; finds the line of an offset without counting from the beginning each time. */
    private static final class Side {
        private final char mark;
        private final SourceText source;
        private final int[] starts;

        Side(char mark, SourceText source) {
            this.mark = mark;
            this.source = source;
            this.starts = starts(source.bytes());
        }

        private static int[] starts(byte[] bytes) {
            int[] starts = new int[16];
            int count = 1;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    starts = count == starts.length ? Arrays.copyOf(starts, 2 * count) : starts;
                    starts[count++] = i + 1;
                }
            }
            return Arrays.copyOf(starts, count);
        }

        private int index(int position) {
            int found = Arrays.binarySearch(starts, position);
            return found >= 0 ? found : -found - 2;
        }

        String place(int position) {
            return source.name() + (position < 0 ? "" : ":" + (index(position) + 1));
        }

        String line(int position, String otherwise) {
            if (position < 0) {
                return mark + " " + otherwise + "\n";
            }
            int line = index(position);
            int start = starts[line];
            int end = start;
            while (end < source.bytes().length && source.bytes()[end] != '\n' && source.bytes()[end] != '\r') {
                end++;
            }
            String text = new String(source.bytes(), start, end - start, StandardCharsets.UTF_8);
            String shown = text.length() > WIDEST ? text.substring(0, WIDEST) + "..." : text;
            return "%c%7d %s%n".formatted(mark, line + 1, shown);
        }
    }

    /** The whole report. */
    String of(ModuleDiff diff, boolean summary) {
        StringBuilder text = new StringBuilder();
        text.append("--- ").append(before.source.name()).append('\n');
        text.append("+++ ").append(after.source.name()).append('\n');
        for (Difference difference : diff.differences()) {
            switch (difference) {
                case Difference.OfProperty property -> property(property, text);
                case Difference.OfGlobal global -> global(global, text);
                case Difference.OfMetadata node -> node(node, text);
                case Difference.OfBody body
                when summary ->
                    text.append("@@ %s @@ %d removed, %d inserted%n"
                            .formatted(name(body.before()), body.removed(), body.inserted()));
                case Difference.OfBody body -> body(body, text);
            }
        }
        return text.toString();
    }

    private static void property(Difference.OfProperty property, StringBuilder text) {
        text.append("@@ ").append(property.what()).append(" @@\n");
        value('-', property.before(), text);
        value('+', property.after(), text);
    }

    private static void value(char mark, @Nullable String value, StringBuilder text) {
        if (value != null && !value.isEmpty()) {
            for (String line : value.split("\n", -1)) {
                text.append(mark).append(' ').append(ByteString.toText(line)).append('\n');
            }
        }
    }

    private static String name(GlobalValue global) {
        String name = global.name();
        return name == null ? "@<unnamed>" : "@" + ByteString.toText(name);
    }

    private void global(Difference.OfGlobal difference, StringBuilder text) {
        GlobalValue one = difference.before();
        GlobalValue other = difference.after();
        if (one != null) {
            text.append("@@ ").append(name(one)).append(" @@\n").append(before.line(one.position(), name(one)));
        } else if (other != null) {
            text.append("@@ ").append(name(other)).append(" @@\n");
        }
        if (other != null) {
            text.append(after.line(other.position(), name(other)));
        }
    }

    private void node(Difference.OfMetadata difference, StringBuilder text) {
        MDNode one = difference.before();
        MDNode other = difference.after();
        text.append("@@ metadata @@\n");
        if (one != null) {
            text.append(before.line(one.position(), String.valueOf(one.kind())));
        }
        if (other != null) {
            text.append(after.line(other.position(), String.valueOf(other.kind())));
        }
    }

    private void body(Difference.OfBody body, StringBuilder text) {
        BasicBlock last = null;
        for (Edit edit : body.edits()) {
            Side side = edit.isRemoval() ? before : after;
            if (edit.block() != last) {
                last = edit.block();
                text.append("@@ ")
                        .append(name(body.before()))
                        .append(", block ")
                        .append(last);
                text.append(" @@ ").append(side.place(edit.position())).append('\n');
            }
            text.append(side.line(edit.position(), edit.toString()));
        }
    }
}
