package dev.jci.ir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A constant expression (LangRef, "Constant Expressions"). The kinds are those of LLVM 14 to 22 together; each version has fewer of
 * them than the one before.
 */
public sealed interface ConstantExpr extends Constant {
    /** The operands in the order they are written. */
    List<Constant> operands();

    /**
     * {@code add nuw (i32 1, i32 2)}: any two-operand opcode.
     *
     * @param opcode the operation
     * @param flags flag words
     * @param left the first operand
     * @param right the second operand
     */
    record Binary(BinaryOpcode opcode, Flags flags, Constant left, Constant right) implements ConstantExpr {
        @Override
        public Type type() {
            return left.type();
        }

        @Override
        public List<Constant> operands() {
            return List.of(left, right);
        }
    }

    /**
     * {@code fneg (double 1.0)}.
     *
     * @param operand what is negated
     */
    record Negate(Constant operand) implements ConstantExpr {
        @Override
        public Type type() {
            return operand.type();
        }

        @Override
        public List<Constant> operands() {
            return List.of(operand);
        }
    }

    /**
     * {@code ptrtoint (ptr @g to i64)}: any conversion.
     *
     * @param opcode the conversion
     * @param flags flag words
     * @param operand what is converted
     * @param type the type converted to
     */
    record Conversion(CastOpcode opcode, Flags flags, Constant operand, Type type) implements ConstantExpr {
        @Override
        public List<Constant> operands() {
            return List.of(operand);
        }
    }

    /**
     * {@code getelementptr inbounds (i32, ptr @g, i64 1)}.
     *
     * @param flags flag words, without {@code inrange}
     * @param inRange the range of {@code inrange(-8, 16)} of LLVM 19 and later, as written inside the parentheses; null for none
     * @param inRangeIndex the operand that carries the {@code inrange} of LLVM 18 and earlier, 1 for the first index; -1 for none
     * @param sourceElementType the type that the indices walk through
     * @param operands the pointer, then the indices
     * @param type the type of the result
     */
    record ElementPointer(
            Flags flags,
            @Nullable String inRange,
            int inRangeIndex,
            Type sourceElementType,
            List<Constant> operands,
            Type type)
            implements ConstantExpr {
        /** Copies the list. */
        public ElementPointer {
            operands = List.copyOf(operands);
        }
    }

    /**
     * {@code icmp eq (ptr @a, ptr null)}; up to LLVM 18.
     *
     * @param floatingPoint whether this is {@code fcmp}
     * @param predicate the predicate word
     * @param left the first operand
     * @param right the second operand
     * @param type {@code i1} or a vector of it
     */
    record Compare(boolean floatingPoint, String predicate, Constant left, Constant right, Type type)
            implements ConstantExpr {
        @Override
        public List<Constant> operands() {
            return List.of(left, right);
        }
    }

    /**
     * The rest, which are only a word and operands: {@code select}, {@code extractelement}, {@code insertelement},
     * {@code shufflevector}.
     *
     * @param opcode the word
     * @param operands the operands in order
     * @param type the type of the result
     */
    record Other(Opcode opcode, List<Constant> operands, Type type) implements ConstantExpr {
        /** Copies the list. */
        public Other {
            operands = List.copyOf(operands);
        }

        /** The words. */
        public enum Opcode {
            /** {@code select}. */
            SELECT,
            /** {@code extractelement}. */
            EXTRACTELEMENT,
            /** {@code insertelement}. */
            INSERTELEMENT,
            /** {@code shufflevector}. */
            SHUFFLEVECTOR;

            /** The word as LLVM writes it. */
            public String keyword() {
                return name().toLowerCase(java.util.Locale.ROOT);
            }
        }
    }

    /**
     * {@code extractvalue ({i32, i32} ..., 0)} or, with a value to put in, {@code insertvalue}; up to LLVM 14.
     *
     * @param aggregate the aggregate
     * @param element the element put in; null for {@code extractvalue}
     * @param indices where in the aggregate
     * @param type the type of the result
     */
    record AggregateAccess(Constant aggregate, @Nullable Constant element, List<Integer> indices, Type type)
            implements ConstantExpr {
        /** Copies the list. */
        public AggregateAccess {
            indices = List.copyOf(indices);
        }

        @Override
        public List<Constant> operands() {
            return element == null ? List.of(aggregate) : List.of(aggregate, element);
        }
    }
}
