package dev.jci.grammar;

import java.util.Arrays;

/** Where definitions of metadata nodes stand that the headers were read without: others read them beside the bodies. */
final class NodeDefinitions {
    private final GlobalIndex lines;
    private int[] starts = new int[256];
    private int[] ends = new int[256];
    private int count;

    NodeDefinitions(GlobalIndex lines) {
        this.lines = lines;
    }

    /**
     * Notes a definition.
     *
     * @param start where its number stands, with the exclamation mark
     * @return where its line ends; a definition that goes on behind is not read beside others
     */
    int add(int start) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        starts[count] = start;
        ends[count] = lines.lineEnd(start);
        return ends[count++];
    }

    int count() {
        return count;
    }

    int start(int index) {
        return starts[index];
    }

    int end(int index) {
        return ends[index];
    }
}
