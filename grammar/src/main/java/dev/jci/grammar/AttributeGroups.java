package dev.jci.grammar;

import dev.jci.ir.AttributeGroup;
import dev.jci.ir.AttributePlaces;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.Module;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attribute groups of a module. They may be referred to before they are defined. */
final class AttributeGroups {
    private final Module module;
    private final Globals globals;
    private final AttributeWords words;
    private final Map<Integer, AttributeGroup> known = new HashMap<>();
    private final Set<Integer> defined = new HashSet<>();
    private @Nullable AttributeGroup group;
    private int position;

    /**
     * @param words collects the attributes of a group that is being defined
     */
    AttributeGroups(Module module, Globals globals, AttributeWords words) {
        this.module = module;
        this.globals = globals;
        this.words = words;
    }

    /**
     * @param begin where the definition begins
     */
    void begin(int number, int begin) {
        position = begin;
        AttributeGroup numbered = numbered(number);
        if (defined.add(number)) {
            module.attributeGroups().add(numbered);
        }
        group = numbered;
    }

    void end() {
        if (group != null) {
            AttributeSet all = words.take(AttributePlaces.Place.FUNCTION);
            if (all.isEmpty()) {
                throw new IrSyntaxError("attribute group has no attributes", position);
            }
            group.setAttributes(all);
        }
    }

    /** The group of that number, which a function or call refers to. */
    AttributeGroup numbered(int number) {
        AttributeGroup numbered = known.get(number);
        if (numbered == null) {
            globals.requireOrder("#" + number);
            numbered = new AttributeGroup(number, AttributeSet.EMPTY);
            known.put(number, numbered);
        }
        return numbered;
    }
}
