package dev.jci.ir;

import org.jspecify.annotations.Nullable;

/** A formal parameter of a function: type, attributes and, perhaps, a name (LangRef, "Functions"). */
public final class Argument implements Value {
    private Type type;
    private @Nullable String name;
    private AttributeSet attributes;
    private @Nullable Function parent;

    /** The number that {@link SlotNumbers} last gave the value where it has no name; only a hint, -1 for none. */
    int slot = -1;

    /**
     * @param type the type of the parameter
     * @param name the name without {@code %}, null when unnamed
     * @param attributes the parameter attributes
     */
    public Argument(Type type, @Nullable String name, AttributeSet attributes) {
        this.type = type;
        this.name = name;
        this.attributes = attributes;
    }

    @Override
    public Type type() {
        return type;
    }

    /** Gives the parameter another type; the function's type and the uses are the caller's to change. */
    public void retype(Type type) {
        this.type = type;
    }

    /** The name without {@code %}, null when the printer is to number the argument. */
    public @Nullable String name() {
        return name;
    }

    /** Renames the argument. */
    public void setName(@Nullable String name) {
        if (parent != null) {
            parent.localRenamed(this.name, name);
        }
        this.name = name;
    }

    /** The parameter attributes. */
    public AttributeSet attributes() {
        return attributes;
    }

    /** Replaces the parameter attributes. */
    public void setAttributes(AttributeSet attributes) {
        this.attributes = attributes;
    }

    /** The function that this is a parameter of; null before it has been added to one. */
    public @Nullable Function parent() {
        return parent;
    }

    void setParent(Function parent) {
        this.parent = parent;
    }
}
