package dev.jci.ir;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The function attributes of a function or call: those written on the spot and the groups named there.
 *
 * @param direct the attributes written on the spot
 * @param groups the groups referred to
 */
public record FunctionAttributes(AttributeSet direct, List<AttributeGroup> groups) {
    /** No attributes. */
    public static final FunctionAttributes NONE = new FunctionAttributes(AttributeSet.EMPTY, List.of());

    /** Copies the list. */
    public FunctionAttributes {
        groups = List.copyOf(groups);
    }

    /** Whether nothing is written. */
    public boolean isEmpty() {
        return direct.isEmpty() && groups.isEmpty();
    }

    /** The attribute of that name, wherever it is given; null when there is none. */
    public @Nullable Attribute get(String name) {
        Attribute found = direct.get(name);
        for (int i = 0; found == null && i < groups.size(); i++) {
            found = groups.get(i).attributes().get(name);
        }
        return found;
    }

    /**
     * The value of the text attribute of that name, wherever it is given.
     *
     * @param otherwise what is returned when there is none
     */
    public String text(String name, String otherwise) {
        return get(name) instanceof Attribute.Text text ? text.value() : otherwise;
    }

    /** Whether an attribute of that name is given. */
    public boolean has(String name) {
        return get(name) != null;
    }

    /** All attributes as one set, without groups. */
    public AttributeSet flattened() {
        AttributeSet all = direct;
        for (AttributeGroup group : groups) {
            for (Attribute attribute : group.attributes().attributes()) {
                if (!all.has(attribute.name())) {
                    all = all.with(attribute);
                }
            }
        }
        return all;
    }

    /** These attributes with one more, written on the spot. */
    public FunctionAttributes with(Attribute added) {
        return new FunctionAttributes(direct.with(added), groups);
    }

    /**
     * These attributes without those that the test accepts. Groups that hold one of them are written out on the spot, because others
     * may share them; {@link AttributeGroups#of} finds or makes groups again.
     */
    public FunctionAttributes without(Predicate<Attribute> unwanted) {
        boolean inGroups = groups.stream()
                .anyMatch(group -> group.attributes().attributes().stream().anyMatch(unwanted));
        if (!inGroups) {
            AttributeSet kept = direct.without(unwanted);
            return kept == direct ? this : new FunctionAttributes(kept, groups);
        }
        return new FunctionAttributes(flattened().without(unwanted), List.of());
    }
}
