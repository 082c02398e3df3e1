package dev.jci.ir.verify;

import dev.jci.ir.BlockAddress;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantAggregate;
import dev.jci.ir.ConstantExpr;
import dev.jci.ir.Function;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Whether addresses of blocks are of blocks that are there; a pass may have taken one away (LangRef, "Addresses of Basic Blocks"). */
final class BlockAddresses {
    static final String COMPLAINT = "blockaddress of a block that is not in the function!";

    private BlockAddresses() {}

    /**
     * Whether all in a constant are.
     *
     * @param value what may be a constant
     * @param user the function that uses it: blocks of other functions are not looked at; null for a global, where all are
     */
    static boolean areThere(@Nullable Object value, @Nullable Function user) {
        return switch (value) {
            case BlockAddress address -> isThere(address, user);
            case ConstantExpr expression -> areAllThere(expression, user);
            case ConstantAggregate aggregate -> areAllThere(aggregate, user);
            case null, default -> true;
        };
    }

    private static boolean areAllThere(Constant constant, @Nullable Function user) {
        Deque<Constant> work = new ArrayDeque<>();
        work.add(constant);
        while (!work.isEmpty()) {
            switch (work.removeLast()) {
                case BlockAddress address -> {
                    if (!isThere(address, user)) {
                        return false;
                    }
                }
                case ConstantExpr expression -> work.addAll(expression.operands());
                case ConstantAggregate aggregate -> work.addAll(aggregate.elements());
                default -> {}
            }
        }
        return true;
    }

    private static boolean isThere(BlockAddress address, @Nullable Function user) {
        return (user != null && user != address.function()) || address.block().parent() == address.function();
    }
}
