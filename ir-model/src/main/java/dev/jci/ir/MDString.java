package dev.jci.ir;

/**
 * A metadata string, {@code !"text"} (LangRef, "Metadata Nodes and Metadata Strings"); in the field of a specialised node it is
 * written without the exclamation mark.
 *
 * @param bytes the {@linkplain ByteString byte string}
 */
public record MDString(String bytes) implements Metadata {}
