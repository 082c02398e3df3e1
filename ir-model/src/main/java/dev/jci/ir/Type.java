package dev.jci.ir;

/**
 * A type of LLVM IR (LangRef, "Type System"). Types are immutable and compared by value, except {@link NamedStruct}, which is
 * itself. {@code toString} gives the type as LLVM writes it.
 */
public sealed interface Type
        permits ArrayType,
                FloatingPointType,
                FunctionType,
                IntegerType,
                NamedStruct,
                PointerType,
                SpecialType,
                StructType,
                TargetExtType,
                VectorType {

    /** Whether this is an integer type or a vector of them. */
    default boolean isIntegerOrVector() {
        return scalar() instanceof IntegerType;
    }

    /** Whether this is a floating-point type or a vector of them. */
    default boolean isFloatingPointOrVector() {
        return scalar() instanceof FloatingPointType;
    }

    /** Whether this is a pointer type or a vector of them. */
    default boolean isPointerOrVector() {
        return scalar() instanceof PointerType;
    }

    /** The element type of a vector type, any other type itself. */
    default Type scalar() {
        return this instanceof VectorType vector ? vector.element() : this;
    }

    /** Whether a value of this type can be the result of an instruction, an argument or an operand (LangRef, "First Class Types"). */
    default boolean isFirstClass() {
        return !(this instanceof FunctionType) && this != SpecialType.VOID;
    }
}
