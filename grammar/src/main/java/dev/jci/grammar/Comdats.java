package dev.jci.grammar;

import dev.jci.ir.Comdat;
import dev.jci.ir.Module;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The comdats of the module. One may be referred to before it is defined. */
final class Comdats {
    private final Module module;
    private final Map<String, Integer> undefined = new HashMap<>();
    private @Nullable String defining;
    private int definingPosition;

    Comdats(Module module) {
        this.module = module;
    }

    void begin(String name, int position) {
        defining = name;
        definingPosition = position;
    }

    void define(String kind, int position) {
        String name = defining == null ? "" : defining;
        defining = null;
        Comdat.SelectionKind selection;
        try {
            selection = Comdat.SelectionKind.valueOf(kind.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException exception) {
            throw new IrSyntaxError("unknown selection kind", position);
        }
        Comdat known = module.comdats().get(name);
        if (known != null && undefined.remove(name) == null) {
            throw new IrSyntaxError("redefinition of comdat '$" + name + "'", definingPosition);
        }
        if (known == null) {
            module.comdats().put(name, new Comdat(name, selection));
        } else {
            known.setSelectionKind(selection);
        }
    }

    /** The comdat of that name, which something refers to. */
    Comdat named(String name, int position) {
        return module.comdats().computeIfAbsent(name, key -> {
            undefined.put(key, position);
            return new Comdat(key, Comdat.SelectionKind.ANY);
        });
    }

    /** Takes back the first reference to a comdat, which was made at that place. */
    void forget(String name, int position) {
        if (undefined.getOrDefault(name, -1) == position) {
            undefined.remove(name);
            module.comdats().remove(name);
        }
    }

    /** Complains about the first comdat that was used but never defined. */
    void end() {
        FirstUse.of(undefined).ifPresent(entry -> {
            throw new IrSyntaxError("use of undefined comdat '$" + entry.getKey() + "'", entry.getValue());
        });
    }
}
