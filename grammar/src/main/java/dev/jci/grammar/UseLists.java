package dev.jci.grammar;

import dev.jci.ir.Function;
import dev.jci.ir.Module;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.UseListOrder;
import dev.jci.ir.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The use-list orders of the module and of the body being read (LangRef, "Use-list Order Directives"). */
final class UseLists {
    private final Module module;
    private final Globals globals;
    private Value ordered = SimpleConstant.none();
    private @Nullable Function blockFunction;
    private @Nullable Function bodyFunction;

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

    void order(List<Integer> indexes) {
        UseListOrder order = new UseListOrder(ordered, indexes);
        boolean local = blockFunction == null && bodyFunction != null;
        if (local) {
            bodyFunction.useListOrders().add(order);
        } else {
            module.useListOrders().add(order);
        }
        blockFunction = null;
    }

    /** Says whose body is read now, for the use-list orders in it; null for none. */
    void reading(@Nullable Function function) {
        bodyFunction = function;
    }
}
