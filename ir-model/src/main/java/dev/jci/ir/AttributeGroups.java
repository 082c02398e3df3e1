package dev.jci.ir;

import java.util.HashMap;
import java.util.Map;

/** The attribute groups of a module by what is in them, for who needs many: a module may have a group for each few functions. */
public final class AttributeGroups {
    private final Module module;
    private final Map<AttributeSet, AttributeGroup> groups = new HashMap<>();
    private int nextNumber;

    /**
     * Looks through the groups that there are.
     *
     * @param module the module; groups are added to it, and nothing else may add or remove some while this is in use
     */
    public AttributeGroups(Module module) {
        this.module = module;
        for (AttributeGroup group : module.attributeGroups()) {
            groups.putIfAbsent(group.attributes(), group);
            nextNumber = Math.max(nextNumber, group.number() + 1);
        }
    }

    /** The group with exactly these attributes, made now when the module has none. */
    public AttributeGroup of(AttributeSet attributes) {
        return groups.computeIfAbsent(attributes, missing -> {
            AttributeGroup made = new AttributeGroup(nextNumber++, missing);
            module.attributeGroups().add(made);
            return made;
        });
    }
}
