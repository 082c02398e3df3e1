package dev.jci.ir;

import org.jspecify.annotations.Nullable;

/**
 * An attribute of a function, parameter or return value (LangRef, "Parameter Attributes", "Function Attributes"). Attributes are
 * open: a word that this version of jci does not know is kept in the form it was written in.
 */
public sealed interface Attribute {
    /** The name, which identifies the attribute inside a set. */
    String name();

    /**
     * A word alone: {@code nounwind}.
     *
     * @param name the word
     */
    record Word(String name) implements Attribute {
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other || (other instanceof Word that && name.equals(that.name));
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    /**
     * A word with one number: {@code align 8}, {@code dereferenceable(16)}, {@code alignstack(4)}.
     *
     * @param name the word
     * @param value the number, unsigned
     */
    record Numbered(String name, long value) implements Attribute {
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other || (other instanceof Numbered that && name.equals(that.name) && value == that.value);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + Long.hashCode(value);
        }
    }

    /**
     * A word with a type: {@code sret(%T)}, {@code byval(i32)}, {@code elementtype(i8)}.
     *
     * @param name the word
     * @param type the type
     */
    record Typed(String name, Type type) implements Attribute {}

    /**
     * A word with arguments of its own: {@code memory(argmem: read)}, {@code captures(none)}, {@code range(i32 0, 9)},
     * {@code allocsize(0, 1)}.
     *
     * @param name the word
     * @param arguments what stands between the parentheses, tokens separated as LLVM separates them
     */
    record WithArguments(String name, String arguments) implements Attribute {}

    /**
     * A string attribute: {@code "key"} or {@code "key"="value"}.
     *
     * @param name the key, a {@linkplain ByteString byte string}
     * @param value the value, empty for none
     */
    record Text(String name, String value) implements Attribute {
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other || (other instanceof Text that && name.equals(that.name) && value.equals(that.value));
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + value.hashCode();
        }
    }
}
