package dev.jci.ir;

/** Which conversions there are (LangRef, "Conversion Operations"). */
public final class CastTypes {
    private CastTypes() {}

    /**
     * Whether the operation converts values of the one type to the other.
     *
     * @param operation the conversion
     * @param from the type of what is converted
     * @param to the type it is converted to
     */
    public static boolean isValid(CastOpcode operation, Type from, Type to) {
        if (!isSingleValue(from) || !isSingleValue(to)) {
            return false;
        }
        return switch (operation) {
            case TRUNC -> sameShape(from, to) && integerBits(from) > integerBits(to) && integerBits(to) > 0;
            case ZEXT, SEXT -> sameShape(from, to) && integerBits(from) < integerBits(to) && integerBits(from) > 0;
            case FPTRUNC -> sameShape(from, to) && floatBits(from) > floatBits(to) && floatBits(to) > 0;
            case FPEXT -> sameShape(from, to) && floatBits(from) < floatBits(to) && floatBits(from) > 0;
            case FPTOUI, FPTOSI -> sameShape(from, to) && from.isFloatingPointOrVector() && to.isIntegerOrVector();
            case UITOFP, SITOFP -> sameShape(from, to) && from.isIntegerOrVector() && to.isFloatingPointOrVector();
            case PTRTOINT, PTRTOADDR -> sameShape(from, to) && from.isPointerOrVector() && to.isIntegerOrVector();
            case INTTOPTR -> sameShape(from, to) && from.isIntegerOrVector() && to.isPointerOrVector();
            case BITCAST -> isBitCast(from, to);
            case ADDRSPACECAST ->
                from.scalar() instanceof PointerType before
                        && to.scalar() instanceof PointerType after
                        && before.addressSpace() != after.addressSpace()
                        && sameShape(from, to);
        };
    }

    private static boolean isSingleValue(Type type) {
        return type.isFirstClass()
                && !(type instanceof StructType)
                && !(type instanceof NamedStruct)
                && !(type instanceof ArrayType);
    }

    private static boolean sameShape(Type left, Type right) {
        if (left instanceof VectorType vector && right instanceof VectorType other) {
            return vector.scalable() == other.scalable() && vector.length() == other.length();
        }
        return !(left instanceof VectorType) && !(right instanceof VectorType);
    }

    private static boolean isBitCast(Type from, Type to) {
        if (from.scalar() instanceof PointerType before && to.scalar() instanceof PointerType after) {
            boolean vectors = from instanceof VectorType && to instanceof VectorType;
            boolean fits = vectors ? sameShape(from, to) : isOne(from) && isOne(to);
            return fits && before.addressSpace() == after.addressSpace();
        }
        if (from.isPointerOrVector() || to.isPointerOrVector()) {
            return false;
        }
        return bits(from) == bits(to) && isScalable(from) == isScalable(to);
    }

    private static boolean isOne(Type type) {
        return !(type instanceof VectorType vector) || (vector.length() == 1 && !vector.scalable());
    }

    private static boolean isScalable(Type type) {
        return type instanceof VectorType vector && vector.scalable();
    }

    private static int integerBits(Type type) {
        return type.scalar() instanceof IntegerType integer ? integer.bits() : 0;
    }

    private static int floatBits(Type type) {
        return type.scalar() instanceof FloatingPointType floating ? floating.bits() : 0;
    }

    private static long bits(Type type) {
        return switch (type) {
            case VectorType vector -> vector.length() * bits(vector.element());
            case IntegerType integer -> integer.bits();
            case FloatingPointType floating -> floating.bits();
            case SpecialType special when special == SpecialType.X86_MMX -> 64;
            case SpecialType special when special == SpecialType.X86_AMX -> 8192;
            default -> 0;
        };
    }
}
