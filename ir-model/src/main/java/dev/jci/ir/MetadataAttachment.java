package dev.jci.ir;

import org.jspecify.annotations.Nullable;

/**
 * Metadata attached to an instruction, function or global, {@code !dbg !7} (LangRef, "Metadata").
 *
 * @param kind the name without the exclamation mark, such as {@code dbg} or {@code prof}
 * @param node the node
 */
public record MetadataAttachment(String kind, MDNode node) {
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof MetadataAttachment that && node == that.node && kind.equals(that.kind));
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + node.hashCode();
    }
}
