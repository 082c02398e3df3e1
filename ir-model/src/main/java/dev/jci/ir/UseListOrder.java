package dev.jci.ir;

import java.util.List;

/**
 * A directive {@code uselistorder i32 %x, { 1, 0 }} (LangRef, "Use-list Order Directives"). Only valid while the uses of the value
 * stay what they were; a pass that adds or removes uses drops it.
 *
 * @param value the value whose uses are ordered; for {@code uselistorder_bb} the block
 * @param indexes the permutation
 */
public record UseListOrder(Value value, List<Integer> indexes) {
    /** Copies the list. */
    public UseListOrder {
        indexes = List.copyOf(indexes);
    }
}
