package dev.jci.ir;

import org.jspecify.annotations.Nullable;

/**
 * An identified structure type, {@code %struct.point = type { i32, i32 }} (LangRef, "Structure Type"). It has identity: two named
 * structures with the same body are different types. Without a body it is opaque; without a name the printer numbers it.
 */
public final class NamedStruct implements Type {
    private @Nullable String name;
    private @Nullable StructType body;
    private int number = -1;

    /**
     * @param name the name without {@code %}, or null for a numbered type
     */
    public NamedStruct(@Nullable String name) {
        this.name = name;
    }

    /** The name without {@code %}; null when the printer is to number the type. */
    public @Nullable String name() {
        return name;
    }

    /** Gives the type another name; null makes it a numbered one. */
    public void setName(@Nullable String name) {
        this.name = name;
    }

    /** The body; null while the type is opaque. */
    public @Nullable StructType body() {
        return body;
    }

    /** Sets the body. */
    public void setBody(StructType body) {
        this.body = body;
    }

    /** The number that an unnamed type is printed with; -1 before a reader or printer has numbered it. */
    public int number() {
        return number;
    }

    /** Sets the number that an unnamed type is printed with. */
    public void setNumber(int number) {
        this.number = number;
    }

    @Override
    public String toString() {
        return "%" + (name == null ? Integer.toString(number) : ByteString.quoteIfNeeded(name));
    }
}
