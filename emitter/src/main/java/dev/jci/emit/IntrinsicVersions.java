package dev.jci.emit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The first LLVM that has an intrinsic, for those that came after LLVM 14. The table is the resource {@code intrinsics.txt}, which says where
 * it is from.
 */
final class IntrinsicVersions {
    private static final Map<String, Integer> SINCE = parse(table("intrinsics.txt"));

    private IntrinsicVersions() {}

    /** The lines of a table that are no comments. */
    static List<String> table(String resource) {
        try (InputStream in = IntrinsicVersions.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Map<String, Integer> parse(List<String> table) {
        Map<String, Integer> since = new HashMap<>();
        int version = 0;
        for (String line : table) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("since")) {
                version = Integer.parseInt(words[1]);
            } else {
                String first = words[0].equals("-") ? "" : words[0] + ".";
                for (int i = 1; i < words.length; i++) {
                    since.put(first + words[i], version);
                }
            }
        }
        return since;
    }

    /** The first LLVM that has the intrinsic, or the one that it is an overload of; 14 or less when all have it. */
    static int since(String name) {
        if (!name.startsWith("llvm.")) {
            return 0;
        }
        String base = name.substring("llvm.".length());
        while (true) {
            Integer since = SINCE.get(base);
            if (since != null) {
                return since;
            }
            int dot = base.lastIndexOf('.');
            if (dot < 0) {
                return 0;
            }
            base = base.substring(0, dot);
        }
    }
}
