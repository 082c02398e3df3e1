package dev.jci.ir;

import java.util.List;

/**
 * An operand bundle, {@code "deopt"(i32 1)} (LangRef, "Operand Bundles").
 *
 * @param tag the tag, a {@linkplain ByteString byte string}
 * @param inputs the values
 */
public record OperandBundle(String tag, List<Value> inputs) {
    /** Copies the list. */
    public OperandBundle {
        inputs = List.copyOf(inputs);
    }
}
