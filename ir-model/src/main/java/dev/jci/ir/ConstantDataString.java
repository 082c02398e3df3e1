package dev.jci.ir;

/**
 * An array of {@code i8} given as a string, {@code c"text\00"} (LangRef, "Complex Constants").
 *
 * @param type the array type
 * @param bytes the bytes, as a {@linkplain ByteString byte string}
 */
public record ConstantDataString(ArrayType type, String bytes) implements Constant {}
