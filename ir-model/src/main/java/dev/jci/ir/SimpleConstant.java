package dev.jci.ir;

/**
 * A constant that is only a word and a type: {@code null}, {@code undef}, {@code poison}, {@code zeroinitializer} or
 * {@code none} (LangRef, "Simple Constants", "Undefined Values", "Poison Values").
 *
 * @param kind which word
 * @param type the type of the value
 */
public record SimpleConstant(Kind kind, Type type) implements Constant {
    /** The words. */
    public enum Kind {
        /** {@code null}: the null pointer. */
        NULL("null"),
        /** {@code undef}: any value, perhaps another one at each use. */
        UNDEF("undef"),
        /** {@code poison}: the result of an erroneous operation. */
        POISON("poison"),
        /** {@code zeroinitializer}: all zero, of any type. */
        ZERO("zeroinitializer"),
        /** {@code none}: the empty token. */
        NONE("none");

        private final String keyword;

        Kind(String keyword) {
            this.keyword = keyword;
        }

        /** The word as LLVM writes it. */
        public String keyword() {
            return keyword;
        }
    }

    /** {@code null} of that pointer type. */
    public static SimpleConstant nullPointer(Type type) {
        return new SimpleConstant(Kind.NULL, type);
    }

    /** {@code undef} of that type. */
    public static SimpleConstant undef(Type type) {
        return new SimpleConstant(Kind.UNDEF, type);
    }

    /** {@code poison} of that type. */
    public static SimpleConstant poison(Type type) {
        return new SimpleConstant(Kind.POISON, type);
    }

    /** {@code zeroinitializer} of that type. */
    public static SimpleConstant zero(Type type) {
        return new SimpleConstant(Kind.ZERO, type);
    }

    /** {@code none}, the empty token. */
    public static SimpleConstant none() {
        return new SimpleConstant(Kind.NONE, SpecialType.TOKEN);
    }
}
