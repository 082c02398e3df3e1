package dev.jci.ir;

import java.util.List;

/**
 * An array, structure or vector constant given element by element (LangRef, "Complex Constants").
 *
 * @param type the type of the whole: array, literal or named structure, or vector
 * @param elements the elements in order
 */
public record ConstantAggregate(Type type, List<Constant> elements) implements Constant {
    /** Copies the list. */
    public ConstantAggregate {
        elements = List.copyOf(elements);
    }
}
