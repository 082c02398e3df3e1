package dev.jci.ir.diff;

import dev.jci.ir.Function;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.MDNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing in which two modules differ. */
public sealed interface Difference {
    /**
     * A property of the module as a whole.
     *
     * @param what which property, such as {@code target triple}
     * @param before its value in the first module, null for none
     * @param after its value in the second module, null for none
     */
    record OfProperty(
            String what, @Nullable String before, @Nullable String after) implements Difference {}

    /**
     * A global: only in one module, or in both with another type, linkage, attribute or other property, or another initializer. The
     * bodies of functions are {@link OfBody}.
     *
     * @param before the global in the first module, null when it is only in the second
     * @param after the global in the second module, null when it is only in the first
     */
    record OfGlobal(@Nullable GlobalValue before, @Nullable GlobalValue after) implements Difference {}

    /**
     * A metadata node that is reached in one module and has no equal in the other.
     *
     * @param before the node of the first module, null when it is of the second
     * @param after the node of the second module, null when it is of the first
     */
    record OfMetadata(@Nullable MDNode before, @Nullable MDNode after) implements Difference {}

    /**
     * The body of a function that both modules define.
     *
     * @param before the function in the first module
     * @param after the function in the second module
     * @param edits what to take out of the first body and put into it to get the second, in order
     */
    record OfBody(Function before, Function after, List<Edit> edits) implements Difference {
        /** Copies the list. */
        public OfBody {
            edits = List.copyOf(edits);
        }

        /** How many lines are only in the first body. */
        public long removed() {
            return edits.stream().filter(Edit::isRemoval).count();
        }

        /** How many lines are only in the second body. */
        public long inserted() {
            return edits.size() - removed();
        }
    }
}
