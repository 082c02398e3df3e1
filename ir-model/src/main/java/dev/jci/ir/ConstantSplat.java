package dev.jci.ir;

/**
 * A vector all of whose elements are the same, {@code splat (i32 7)} (LangRef, "Complex Constants"; LLVM 19 and later).
 *
 * @param type the vector type
 * @param element the element
 */
public record ConstantSplat(VectorType type, Constant element) implements Constant {}
