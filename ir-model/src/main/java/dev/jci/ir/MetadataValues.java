package dev.jci.ir;

import java.util.function.Consumer;

/** Values that stand inside a metadata operand, as in {@code metadata ptr %x} or {@code !DIArgList(i32 %a, i32 %b)}. */
final class MetadataValues {
    private MetadataValues() {}

    /** The operand with one value replaced by another; the operand itself when it does not hold that value. */
    static Value replace(Value operand, Value from, Value to) {
        if (operand == from) {
            return to;
        }
        if (operand instanceof MetadataAsValue wrapper) {
            Metadata changed = replace(wrapper.metadata(), from, to);
            return changed == wrapper.metadata() ? operand : new MetadataAsValue(changed);
        }
        return operand;
    }

    /** The metadata with one value replaced by another; the metadata itself when it does not hold that value. */
    static Metadata replace(Metadata metadata, Value from, Value to) {
        return switch (metadata) {
            case ValueAsMetadata wrapped when wrapped.value() == from -> new ValueAsMetadata(to);
            case DIArgList list
            when list.arguments().stream().anyMatch(argument -> argument.value() == from) ->
                new DIArgList(list.arguments().stream()
                        .map(argument -> argument.value() == from ? new ValueAsMetadata(to) : argument)
                        .toList());
            case DIArgList list -> list;
            case ValueAsMetadata wrapped -> wrapped;
            case MDNode node -> node;
            case MDString string -> string;
        };
    }

    /** Hands over each value that the metadata holds directly. */
    static void forEach(Metadata metadata, Consumer<Value> consumer) {
        switch (metadata) {
            case ValueAsMetadata wrapped -> consumer.accept(wrapped.value());
            case DIArgList list -> list.arguments().forEach(argument -> consumer.accept(argument.value()));
            case MDNode node -> {}
            case MDString string -> {}
        }
    }
}
