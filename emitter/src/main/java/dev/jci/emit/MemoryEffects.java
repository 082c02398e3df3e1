package dev.jci.emit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code memory(...)} says (LangRef, "Function Attributes"): for each kind of location whether it may be read, written, both or
 * neither. LLVM 15 and earlier say some of it with words of their own.
 */
final class MemoryEffects {
    /** The first LLVM that has locations beside {@code argmem} and {@code inaccessiblemem}. */
    static final int NEW_LOCATIONS = 22;

    private static final int READ = 1;
    private static final int WRITE = 2;
    private static final String ARGUMENT = "argmem";
    private static final String INACCESSIBLE = "inaccessiblemem";

    private final int others;
    private final Map<String, Integer> locations;

    private MemoryEffects(int others, Map<String, Integer> locations) {
        this.others = others;
        this.locations = locations;
    }

    /** The effects that the text between the parentheses says, null when it cannot be understood. */
    static @Nullable MemoryEffects parse(String text) {
        int others = 0;
        Map<String, Integer> locations = new LinkedHashMap<>();
        for (String part : text.split(",", -1)) {
            int colon = part.indexOf(':');
            int access = access(part.substring(colon + 1).strip());
            if (access < 0) {
                return null;
            }
            if (colon < 0) {
                others = access;
            } else {
                locations.put(part.substring(0, colon).strip(), access);
            }
        }
        return new MemoryEffects(others, locations);
    }

    private static int access(String word) {
        return switch (word) {
            case "none" -> 0;
            case "read" -> READ;
            case "write" -> WRITE;
            case "readwrite" -> READ | WRITE;
            default -> -1;
        };
    }

    private static String word(int access) {
        return switch (access) {
            case 0 -> "none";
            case READ -> "read";
            case WRITE -> "write";
            default -> "readwrite";
        };
    }

    private int of(String location) {
        return locations.getOrDefault(location, others);
    }

    /** What may happen to locations that LLVM 16 to 21 do not tell apart. */
    private int rest() {
        int rest = others;
        for (Map.Entry<String, Integer> entry : locations.entrySet()) {
            if (!entry.getKey().equals(ARGUMENT) && !entry.getKey().equals(INACCESSIBLE)) {
                rest |= entry.getValue();
            }
        }
        return rest;
    }

    /** Whether a location is named that LLVM 16 to 21 do not know. */
    boolean hasNewLocations() {
        return locations.keySet().stream().anyMatch(name -> !name.equals(ARGUMENT) && !name.equals(INACCESSIBLE));
    }

    /** The same effects, or weaker ones, in the words of LLVM 16 to 21. */
    String withoutNewLocations() {
        int rest = rest();
        List<String> parts = new ArrayList<>();
        boolean restFirst = rest != 0 || (of(ARGUMENT) == 0 && of(INACCESSIBLE) == 0);
        if (restFirst) {
            parts.add(word(rest));
        }
        for (String location : List.of(ARGUMENT, INACCESSIBLE)) {
            if (of(location) != rest) {
                parts.add(location + ": " + word(of(location)));
            }
        }
        return String.join(", ", parts);
    }

    /** The same effects, or weaker ones, in the words of LLVM 15 and earlier. */
    List<String> legacyWords() {
        int argument = of(ARGUMENT);
        int inaccessible = of(INACCESSIBLE);
        int rest = rest();
        int all = argument | inaccessible | rest;
        if (all == 0) {
            return List.of("readnone");
        }
        List<String> words = new ArrayList<>();
        if (rest == 0) {
            words.add(
                    inaccessible == 0
                            ? "argmemonly"
                            : argument == 0 ? "inaccessiblememonly" : "inaccessiblemem_or_argmemonly");
        }
        if (all == READ) {
            words.add("readonly");
        } else if (all == WRITE) {
            words.add("writeonly");
        }
        return words;
    }
}
