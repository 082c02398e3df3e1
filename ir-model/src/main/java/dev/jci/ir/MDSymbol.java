package dev.jci.ir;

/**
 * A word in a field of a specialised metadata node, as written: {@code DW_TAG_member}, {@code true}, {@code DIFlagPublic |
 * DIFlagVirtual}, {@code FullDebug}, or a number that does not fit a {@code long}.
 *
 * @param text the words
 */
public record MDSymbol(String text) implements MDOperand {}
