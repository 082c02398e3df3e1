package dev.jci.ir;

/**
 * Metadata as an operand of a call, {@code metadata !7} (LangRef, "Metadata").
 *
 * @param metadata the metadata
 */
public record MetadataAsValue(Metadata metadata) implements Value {
    @Override
    public Type type() {
        return SpecialType.METADATA;
    }
}
