package dev.jci.grammar;

import dev.jci.ir.Argument;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.BlockAddress;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantAggregate;
import dev.jci.ir.ConstantExpr;
import dev.jci.ir.ConstantPtrAuth;
import dev.jci.ir.ConstantSplat;
import dev.jci.ir.ForwardReference;
import dev.jci.ir.Function;
import dev.jci.ir.GlobalAlias;
import dev.jci.ir.GlobalIFunc;
import dev.jci.ir.GlobalReference;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.Instruction;
import dev.jci.ir.Module;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.UseListOrder;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
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

    private static void checkCount(int uses, int indexes, int position) {
        if (uses == 0) {
            throw new IrSyntaxError("value has no uses", position);
        }
        if (uses == 1) {
            throw new IrSyntaxError("value only has one use", position);
        }
        if (uses != indexes) {
            throw new IrSyntaxError("wrong number of indexes, expected " + uses, position);
        }
    }

    /** Checks the orders in a body that has been read to its end. */
    void endBody(Function function) {
        if (pendingInBody.isEmpty()) {
            return;
        }
        IdentityHashMap<Value, Integer> uses = new IdentityHashMap<>();
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                for (int i = 0; i < instruction.operandCount(); i++) {
                    uses.merge(instruction.operand(i), 1, Integer::sum);
                }
            }
        }
        for (Pending order : pendingInBody) {
            checkCount(uses.getOrDefault(order.value, 0), order.indexes, order.position);
        }
        pendingInBody.clear();
    }

    /** Says whose body is read now, for the use-list orders in it; null for none. */
    void reading(@Nullable Function function) {
        bodyFunction = function;
    }

    /**
     * Checks the orders at module level. Only globals that stand nowhere inside other constants are counted: equal constants are one, so
     * that the uses inside of them cannot be told from the text.
     */
    void end() {
        if (pending.isEmpty()) {
            return;
        }
        IdentityHashMap<Value, Integer> uses = new IdentityHashMap<>();
        IdentityHashMap<Value, Boolean> insideConstants = new IdentityHashMap<>();
        for (GlobalVariable variable : module.globals()) {
            count(variable.initializer(), uses, insideConstants);
        }
        for (GlobalAlias alias : module.aliases()) {
            count(alias.aliasee(), uses, insideConstants);
        }
        for (GlobalIFunc ifunc : module.ifuncs()) {
            count(ifunc.resolver(), uses, insideConstants);
        }
        for (Function function : module.functions()) {
            count(function.personality(), uses, insideConstants);
            count(function.prefixData(), uses, insideConstants);
            count(function.prologueData(), uses, insideConstants);
            for (BasicBlock block : function.blocks()) {
                for (Instruction instruction : block.instructions()) {
                    for (int i = 0; i < instruction.operandCount(); i++) {
                        count(instruction.operand(i), uses, insideConstants);
                    }
                }
            }
        }
        for (Pending order : pending) {
            if (!insideConstants.containsKey(order.value)) {
                checkCount(uses.getOrDefault(order.value, 0), order.indexes, order.position);
            }
        }
    }

    private static void count(
            @Nullable Value value,
            IdentityHashMap<Value, Integer> uses,
            IdentityHashMap<Value, Boolean> insideConstants) {
        switch (value) {
            case null -> {}
            case GlobalValue global -> uses.merge(global, 1, Integer::sum);
            case Constant constant -> noteInside(constant, insideConstants);
            default -> {}
        }
    }

    private static List<? extends Value> parts(Constant constant) {
        return switch (constant) {
            case ConstantAggregate aggregate -> aggregate.elements();
            case ConstantExpr expression -> expression.operands();
            case ConstantSplat splat -> List.of(splat.element());
            case ConstantPtrAuth signed -> signed.operands();
            case BlockAddress address -> List.of(address.function());
            case GlobalReference reference -> List.of(reference.global());
            default -> List.of();
        };
    }

    private static void noteInside(Constant constant, IdentityHashMap<Value, Boolean> insideConstants) {
        for (Value part : parts(constant)) {
            if (part instanceof GlobalValue global) {
                insideConstants.put(global, true);
            } else if (part instanceof Constant inner) {
                noteInside(inner, insideConstants);
            }
        }
    }
}
