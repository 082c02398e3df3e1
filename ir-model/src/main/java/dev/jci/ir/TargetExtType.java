package dev.jci.ir;

import java.util.List;

/**
 * A type that only one target understands, {@code target("spirv.Image", void, 1)} (LangRef, "Target Extension Type").
 *
 * @param name the name of the type
 * @param types its type parameters
 * @param integers its integer parameters, unsigned 32-bit numbers
 */
public record TargetExtType(String name, List<Type> types, List<Long> integers) implements Type {
    /** Copies the lists. */
    public TargetExtType {
        types = List.copyOf(types);
        integers = List.copyOf(integers);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("target(").append(ByteString.quote(name));
        types.forEach(type -> text.append(", ").append(type));
        integers.forEach(integer -> text.append(", ").append(integer));
        return text.append(')').toString();
    }
}
