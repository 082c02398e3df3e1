package dev.jci.ir;

import java.util.List;

/**
 * {@code !DIArgList(i32 %a, i32 %b)}: several values that one debug record describes (LangRef, "DIArgList").
 *
 * @param arguments the values
 */
public record DIArgList(List<ValueAsMetadata> arguments) implements Metadata {
    /** Copies the list. */
    public DIArgList {
        arguments = List.copyOf(arguments);
    }
}
