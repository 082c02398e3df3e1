package dev.jci.ir.verify;

import dev.jci.ir.BlockAddress;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantAggregate;
import dev.jci.ir.ConstantExpr;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Whether addresses of blocks are of blocks that are there; a pass may have taken one away (LangRef, "Addresses of Basic Blocks"). */
final class BlockAddresses {
    static final String COMPLAINT = "blockaddress of a block that is not in the function!";

    private BlockAddresses() {}

    /** Whether all in a constant are. */
    static boolean areThere(@Nullable Object value) {
        return switch (value) {
            case BlockAddress address -> isThere(address);
            case ConstantExpr expression -> areAllThere(expression);
            case ConstantAggregate aggregate -> areAllThere(aggregate);
            case null, default -> true;
        };
    }

    private static boolean areAllThere(Constant constant) {
        Deque<Constant> work = new ArrayDeque<>();
        work.add(constant);
        while (!work.isEmpty()) {
            switch (work.removeLast()) {
                case BlockAddress address -> {
                    if (!isThere(address)) {
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

    private static boolean isThere(BlockAddress address) {
        return address.block().parent() == address.function();
    }
}
