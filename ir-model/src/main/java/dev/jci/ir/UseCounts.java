package dev.jci.ir;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How often values are used, for use-list orders, which list every use (LangRef, "Use-list Order Directives"). */
public final class UseCounts {
    private final IdentityHashMap<Value, Integer> uses = new IdentityHashMap<>();
    private final Set<Value> insideConstants = Collections.newSetFromMap(new IdentityHashMap<>());

    private UseCounts() {}

    /**
     * Counts the uses of what a function defines.
     *
     * @param function the function
     */
    public static UseCounts of(Function function) {
        UseCounts counts = new UseCounts();
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                for (int i = 0; i < instruction.operandCount(); i++) {
                    counts.uses.merge(instruction.operand(i), 1, Integer::sum);
                }
            }
        }
        return counts;
    }

    /**
     * Counts the uses of globals. Those that stand inside other constants have no count: equal constants are one, so that the uses
     * inside of them cannot be told.
     *
     * @param module the module
     */
    public static UseCounts of(Module module) {
        UseCounts counts = new UseCounts();
        module.globals().forEach(variable -> counts.count(variable.initializer()));
        module.aliases().forEach(alias -> counts.count(alias.aliasee()));
        module.ifuncs().forEach(ifunc -> counts.count(ifunc.resolver()));
        for (Function function : module.functions()) {
            counts.count(function.personality());
            counts.count(function.prefixData());
            counts.count(function.prologueData());
            for (BasicBlock block : function.blocks()) {
                for (Instruction instruction : block.instructions()) {
                    for (int i = 0; i < instruction.operandCount(); i++) {
                        counts.count(instruction.operand(i));
                    }
                }
            }
        }
        return counts;
    }

    /**
     * What is wrong with an order of the uses of a value, null for nothing or when its uses cannot be counted.
     *
     * @param value the value
     * @param indexes how many indexes the order has
     */
    public @Nullable String complaint(Value value, int indexes) {
        if (insideConstants.contains(value)) {
            return null;
        }
        int count = uses.getOrDefault(value, 0);
        return switch (count) {
            case 0 -> "value has no uses";
            case 1 -> "value only has one use";
            default -> count == indexes ? null : "wrong number of indexes, expected " + count;
        };
    }

    private void count(@Nullable Value value) {
        switch (value) {
            case null -> {}
            case GlobalValue global -> uses.merge(global, 1, Integer::sum);
            case Constant constant -> noteInside(constant);
            default -> {}
        }
    }

    private void noteInside(Constant constant) {
        for (Value part : parts(constant)) {
            if (part instanceof GlobalValue global) {
                insideConstants.add(global);
            } else if (part instanceof Constant inner) {
                noteInside(inner);
            }
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
}
