package dev.jci.ir;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A literal structure type {@code { i32, ptr }} or {@code <{ i8, i32 }>} (LangRef, "Structure Type"). Also the body of a
 * {@link NamedStruct}.
 *
 * @param packed whether the elements lie without padding
 * @param elements the types of the elements in order
 */
public record StructType(boolean packed, List<Type> elements) implements Type {
    /** Copies the list. */
    public StructType {
        elements = List.copyOf(elements);
    }

    /** A literal structure with padding. */
    public static StructType of(Type... elements) {
        return new StructType(false, List.of(elements));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof StructType that && packed == that.packed && elements.equals(that.elements));
    }

    @Override
    public int hashCode() {
        return 31 * Boolean.hashCode(packed) + elements.hashCode();
    }

    @Override
    public String toString() {
        String body = elements.isEmpty()
                ? "{}"
                : elements.stream().map(Type::toString).collect(Collectors.joining(", ", "{ ", " }"));
        return packed ? "<" + body + ">" : body;
    }
}
