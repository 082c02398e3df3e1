package dev.jci.ir;

/**
 * A number in a field of a specialised metadata node, {@code line: 7}.
 *
 * @param value the number; numbers that do not fit are kept as {@link MDSymbol}
 */
public record MDInteger(long value) implements MDOperand {}
