package dev.jci.ir;

/**
 * A value used as metadata, {@code i32 7} in {@code !{i32 7}} or {@code ptr %x} in a debug intrinsic.
 *
 * @param value a constant; a local value only as the operand of an instruction or debug record
 */
public record ValueAsMetadata(Value value) implements Metadata {}
