package dev.jci.emit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The first LLVM that has an intrinsic, for those that came after LLVM 14. The table is the resource {@code intrinsics.txt}, which says where
 * it is from.
 */
final class IntrinsicVersions {
    private static final List<String> TABLE = Tables.lines("intrinsics.txt");
    private static final Map<String, Integer> SINCE = sections("since");
    private static final Map<String, Integer> UNTIL = sections("until");

    private IntrinsicVersions() {}

    /** The entries of the sections that begin with a keyword and a version. */
    private static Map<String, Integer> sections(String keyword) {
        Map<String, Integer> versions = new HashMap<>();
        boolean wanted = false;
        int version = 0;
        for (String line : TABLE) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("since") || words[0].equals("until")) {
                wanted = words[0].equals(keyword);
                version = Integer.parseInt(words[1]);
            } else if (wanted) {
                String first = words[0].equals("-") ? "" : words[0] + ".";
                for (int i = 1; i < words.length; i++) {
                    versions.put(first + words[i], version);
                }
            }
        }
        return versions;
    }

    /** The first LLVM that has the intrinsic, or the one that it is an overload of; 14 or less when all have it. */
    static int since(String name) {
        return SINCE.getOrDefault(entry(name), 0);
    }

    /** The last LLVM that has the intrinsic or can rewrite it; the greatest number when all newer ones can. */
    static int until(String name) {
        return UNTIL.getOrDefault(entry(name), Integer.MAX_VALUE);
    }

    /** The entry for an intrinsic: its name, as far as there is an entry with it. */
    private static String entry(String name) {
        if (!name.startsWith("llvm.")) {
            return "";
        }
        String base = name.substring("llvm.".length());
        while (!SINCE.containsKey(base) && !UNTIL.containsKey(base)) {
            int dot = base.lastIndexOf('.');
            if (dot < 0) {
                return "";
            }
            base = base.substring(0, dot);
        }
        return base;
    }
}
