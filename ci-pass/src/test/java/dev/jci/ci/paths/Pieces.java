package dev.jci.ci.paths;

import dev.jci.ci.CostModel;
import dev.jci.ir.Alloca;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.LandingPad;
import dev.jci.ir.Module;
import dev.jci.ir.Ret;
import dev.jci.ir.TailCallKind;
import org.jspecify.annotations.Nullable;

/** What is done in one piece, because no code may come in between. */
public final class Pieces {
    private Pieces() {}

    /**
     * The largest cost of a piece: of an instruction, and with it of the landing pad where its exception goes; of a tail call and the return
     * behind it; of what stands before the last alloca of an entry block.
     *
     * @param module before the pass
     */
    public static long largest(Module module, CostModel costs) {
        long largest = 0;
        long pad = 0;
        for (Function function : module.functions()) {
            for (BasicBlock block : function.blocks()) {
                long beforeAlloca = 0;
                for (Instruction instruction : block.instructions()) {
                    long cost = of(instruction, costs);
                    beforeAlloca += cost;
                    largest = Math.max(largest, cost);
                    if (instruction instanceof LandingPad) {
                        pad = Math.max(pad, cost);
                    }
                    if (instruction instanceof Alloca && block.previous() == null) {
                        largest = Math.max(largest, beforeAlloca);
                    }
                }
            }
        }
        return largest + pad;
    }

    /** The cost of an instruction; that of a return behind a tail call is the call's, which does not come back. */
    public static long of(Instruction instruction, CostModel costs) {
        if (isTail(instruction) && instruction.next() != null) {
            return costs.of(instruction) + costs.of(instruction.next());
        }
        return instruction instanceof Ret && isTail(instruction.previous()) ? 0 : costs.of(instruction);
    }

    private static boolean isTail(@Nullable Instruction instruction) {
        return instruction instanceof Call call && call.tailCallKind() == TailCallKind.MUSTTAIL;
    }
}
