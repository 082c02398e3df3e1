package dev.jci.ir.verify;

import dev.jci.ir.Argument;
import dev.jci.ir.Function;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.Instruction;
import dev.jci.ir.Module;
import dev.jci.ir.UseCounts;
import dev.jci.ir.UseListOrder;

/**
 * Whether use-list orders list every use (LangRef, "Use-list Order Directives"). A reader checks that where they stand; a pass that adds
 * or removes uses drops the orders.
 */
final class UseListRules {
    private UseListRules() {}

    static void check(Module module, Findings findings) {
        if (!module.useListOrders().isEmpty()) {
            UseCounts uses = UseCounts.of(module);
            for (UseListOrder order : module.useListOrders()) {
                if (order.value() instanceof GlobalValue global) {
                    check(order, uses, global.position(), findings);
                }
            }
        }
        for (Function function : module.functions()) {
            check(function, findings);
        }
    }

    private static void check(Function function, Findings findings) {
        if (function.useListOrders().isEmpty()) {
            return;
        }
        UseCounts uses = UseCounts.of(function);
        for (UseListOrder order : function.useListOrders()) {
            if (order.value() instanceof Instruction || order.value() instanceof Argument) {
                check(order, uses, function.position(), findings);
            }
        }
    }

    private static void check(UseListOrder order, UseCounts uses, int position, Findings findings) {
        String complaint = uses.complaint(order.value(), order.indexes().size());
        if (complaint != null) {
            findings.error(complaint, position);
        }
    }
}
