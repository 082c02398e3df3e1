package dev.jci.ir;

/**
 * What a field or element of a metadata node may hold: metadata, {@code null}, a number or a word (LangRef, "Specialized Metadata
 * Nodes").
 */
public sealed interface MDOperand permits MDInteger, MDNull, MDSymbol, Metadata {}
