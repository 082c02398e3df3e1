package dev.jci.ir;

/**
 * Metadata attached to an instruction, function or global, {@code !dbg !7} (LangRef, "Metadata").
 *
 * @param kind the name without the exclamation mark, such as {@code dbg} or {@code prof}
 * @param node the node
 */
public record MetadataAttachment(String kind, MDNode node) {}
