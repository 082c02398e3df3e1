package dev.jci.grammar;

import dev.jci.ir.Argument;
import dev.jci.ir.ForwardReference;
import dev.jci.ir.Function;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.Instruction;
import dev.jci.ir.Module;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.UseCounts;
import dev.jci.ir.UseListOrder;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The use-list orders of the module and of the body being read (LangRef, "Use-list Order Directives"). */
final class UseLists {
    private final Module module;
    private final Globals globals;
    private final List<Pending> pending = new ArrayList<>();
    private final List<Pending> pendingInBody = new ArrayList<>();
    private Value ordered = SimpleConstant.none();
    private @Nullable Function blockFunction;
    private @Nullable Function bodyFunction;

    /** An order that can be checked when all uses are known. */
    private record Pending(Value value, int indexes, int position) {}

    UseLists(Module module, Globals globals) {
        this.module = module;
        this.globals = globals;
    }

    void value(Value value) {
        ordered = value;
    }

    void function(String name, boolean number, int position) {
        if (!(globals.find(name, number, position) instanceof Function function)) {
            throw new IrSyntaxError("expected function name in uselistorder_bb", position);
        }
        blockFunction = function;
    }

    void block(String name, boolean number, int position) {
        if (blockFunction != null) {
            ordered = globals.block(blockFunction, name, number, position);
        }
    }

    /**
     * @param position where the directive begins
     * @param at where its list of indexes begins
     */
    void order(List<Integer> indexes, int position, int at) {
        checkIndexes(indexes, at);
        UseListOrder order = new UseListOrder(ordered, indexes);
        if (blockFunction == null && bodyFunction != null) {
            noteLocal(indexes.size(), position);
            bodyFunction.useListOrders().add(order);
        } else {
            if (ordered instanceof GlobalValue global) {
                pending.add(new Pending(global, indexes.size(), position));
            }
            module.useListOrders().add(order);
        }
        blockFunction = null;
    }

    /** The indexes are all numbers from 0 on, in another order. */
    private static void checkIndexes(List<Integer> indexes, int at) {
        boolean[] seen = new boolean[indexes.size()];
        boolean ordered = true;
        for (int i = 0; i < indexes.size(); i++) {
            int index = indexes.get(i);
            if (index < 0 || index >= seen.length || seen[index]) {
                throw new IrSyntaxError("expected distinct uselistorder indexes in range [0, size)", at);
            }
            seen[index] = true;
            ordered &= index == i;
        }
        if (ordered) {
            throw new IrSyntaxError("expected uselistorder indexes to change the order", at);
        }
    }

    private void noteLocal(int indexes, int position) {
        if (ordered instanceof ForwardReference) {
            throw new IrSyntaxError("value has no uses", position);
        }
        if (ordered instanceof Instruction || ordered instanceof Argument) {
            pendingInBody.add(new Pending(ordered, indexes, position));
        }
    }

    private static void check(Pending order, UseCounts uses) {
        String complaint = uses.complaint(order.value, order.indexes);
        if (complaint != null) {
            throw new IrSyntaxError(complaint, order.position);
        }
    }

    /** Checks the orders in a body that has been read to its end. */
    void endBody(Function function) {
        if (!pendingInBody.isEmpty()) {
            UseCounts uses = UseCounts.of(function);
            pendingInBody.forEach(order -> check(order, uses));
            pendingInBody.clear();
        }
    }

    /** Says whose body is read now, for the use-list orders in it; null for none. */
    void reading(@Nullable Function function) {
        bodyFunction = function;
    }

    /** Checks the orders at module level. */
    void end() {
        if (!pending.isEmpty()) {
            UseCounts uses = UseCounts.of(module);
            pending.forEach(order -> check(order, uses));
        }
    }
}
