package dev.jci.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one thing, in the order written.
 *
 * @param attributes the attributes
 */
public record AttributeSet(List<Attribute> attributes) {
    /** No attributes. */
    public static final AttributeSet EMPTY = new AttributeSet(List.of());

    /** Copies the list. */
    public AttributeSet {
        attributes = List.copyOf(attributes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof AttributeSet that && attributes.equals(that.attributes));
    }

    @Override
    public int hashCode() {
        return attributes.hashCode();
    }

    /** A set of these attributes. */
    public static AttributeSet of(Attribute... attributes) {
        return attributes.length == 0 ? EMPTY : new AttributeSet(List.of(attributes));
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return attributes.isEmpty();
    }

    /** Whether an attribute of that name is among them. */
    public boolean has(String name) {
        return get(name) != null;
    }

    /** The attribute of that name, null when there is none. */
    public @Nullable Attribute get(String name) {
        for (int i = 0; i < attributes.size(); i++) {
            if (attributes.get(i).name().equals(name)) {
                return attributes.get(i);
            }
        }
        return null;
    }

    /** These attributes and one more, which replaces one of the same name. */
    public AttributeSet with(Attribute added) {
        List<Attribute> changed = new ArrayList<>(attributes);
        changed.removeIf(attribute -> attribute.name().equals(added.name()));
        changed.add(added);
        return new AttributeSet(changed);
    }

    /** These attributes without those that the test accepts; this set itself when it accepts none. */
    public AttributeSet without(Predicate<Attribute> unwanted) {
        if (attributes.stream().noneMatch(unwanted)) {
            return this;
        }
        List<Attribute> kept = new ArrayList<>(attributes);
        kept.removeIf(unwanted);
        return kept.isEmpty() ? EMPTY : new AttributeSet(kept);
    }
}
