package dev.jci.ir;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names taken inside one function, so that a new value can be given a name that is still free. */
final class LocalNames {
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> nextSuffix = new HashMap<>();

    static LocalNames of(Function function) {
        LocalNames names = new LocalNames();
        function.arguments().forEach(argument -> names.add(argument.name()));
        for (BasicBlock block : function.blocks()) {
            names.add(block.name());
            for (Instruction instruction : block.instructions()) {
                names.add(instruction.name());
            }
        }
        return names;
    }

    void add(@Nullable String name) {
        if (name != null) {
            taken.add(name);
        }
    }

    void remove(@Nullable String name) {
        if (name != null) {
            taken.remove(name);
        }
    }

    /** The name itself when it is free, else the name with the first number behind it that makes it free. */
    String fresh(String name) {
        if (!taken.contains(name)) {
            return name;
        }
        int suffix = nextSuffix.getOrDefault(name, 1);
        String fresh = name + suffix;
        while (taken.contains(fresh)) {
            fresh = name + ++suffix;
        }
        nextSuffix.put(name, suffix + 1);
        return fresh;
    }
}
