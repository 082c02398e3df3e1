package dev.jci.ir;

/**
 * A stand-in for a local value that has been used but not yet defined. A reader puts it in and takes it out again before it
 * hands over the function; a finished function holds none, and the verifier says so.
 *
 * @param type the type that the use expects
 * @param name the name or number as written, without {@code %}
 * @param position where the first use stands, an offset into the source
 */
public record ForwardReference(Type type, String name, int position) implements Value {
    /** References are stand-ins with identity: two uses of one name share one object. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
