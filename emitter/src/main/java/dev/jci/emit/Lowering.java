package dev.jci.emit;

import dev.jci.ir.DeepStack;
import dev.jci.ir.Diagnostic;
import dev.jci.ir.Module;
import dev.jci.ir.transform.CallBrLabels;
import dev.jci.ir.transform.ConstantExpressionLowering;
import dev.jci.ir.transform.PointerExchangeLowering;
import dev.jci.ir.transform.Rewrites;
import dev.jci.ir.transform.ThreeWayCompareLowering;
import dev.jci.ir.transform.TypedPointers;
import java.util.List;

/**
 * Edits that a module needs before it can be printed for another LLVM. {@link LlvmIrPrinter} says in the words of that LLVM whatever it can
 * and never changes the module; what takes other instructions is done here.
 *
 * <pre>{@code
 * Lowering.prepare(module, 19);
 * LlvmIrPrinter.write(module, PrintOptions.forLlvm(19), out);
 * }</pre>
 */
public final class Lowering {
    private static final int THREE_WAY_COMPARES = 19;
    private static final int POINTER_EXCHANGE = 15;
    private static final int LABEL_CONSTRAINTS = 15;

    private Lowering() {}

    /**
     * Rewrites in place what the LLVM asked for does not have: constant expressions ({@link ConstantExpressionLowering}), compares with
     * three results, exchanges of pointers, labels of {@code callbr}. What cannot be rewritten stays, and the printer refuses it.
     *
     * @param module the module
     * @param version the LLVM that is to read it, {@value PrintOptions#OLDEST} to {@value PrintOptions#NEWEST}
     * @return what was written in another way: each once, with its first place and how often
     */
    public static List<Diagnostic> prepare(Module module, int version) {
        Changes changes = new Changes();
        Rewrites rewrites = (what, position) -> changes.add("wrote " + what, position);
        onDeepStack(() -> {
            ConstantExpressionLowering.lower(module, expression -> !ConstantDialect.has(version, expression), rewrites);
            if (version < THREE_WAY_COMPARES) {
                ThreeWayCompareLowering.lower(module, rewrites);
            }
            if (version < POINTER_EXCHANGE) {
                PointerExchangeLowering.lower(module, rewrites);
            }
            if (version < LABEL_CONSTRAINTS) {
                CallBrLabels.toArguments(module, rewrites);
            } else {
                CallBrLabels.toConstraints(module, rewrites);
            }
        });
        return changes.notes();
    }

    /**
     * Gives the module typed pointers in place ({@link TypedPointers}), which LLVM 14 reads by default and LLVM 15 and 16 read too.
     *
     * @param module the module
     */
    public static void typePointers(Module module) {
        onDeepStack(() -> TypedPointers.derive(module));
    }

    private static void onDeepStack(Runnable edit) {
        DeepStack.run(LlvmIrPrinter.THREAD, List.of(edit));
    }
}
