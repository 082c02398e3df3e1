package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Br;
import dev.jci.ir.Call;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.Phi;
import dev.jci.ir.Ret;
import dev.jci.ir.TailCallKind;
import dev.jci.ir.Value;
import org.jspecify.annotations.Nullable;

/**
 * Calls that only a jump separates from a return, which the code generator makes tail calls of: it copies the return behind each of them, as
 * long as nothing else stands there. A probe before the return would change that for all of them, so each gets its copy here, and its probe comes
 * before the call.
 */
final class ReturnCopies {
    private ReturnCopies() {}

    /** Copies the returns of a function behind such calls. The paths through it stay what they are. */
    static void apply(Function function) {
        if (!Legality.mayGrow(function)) {
            return;
        }
        for (BasicBlock block : function.layout()) {
            if (block.last() instanceof Br jump && isShared(jump.target())) {
                Call call = callBefore(jump);
                if (call != null) {
                    copyBehind(function, block, jump, call);
                }
            }
        }
    }

    /** The jump from a call to a return that nothing else leads to; null where there is none. */
    static @Nullable Br jumpTo(BasicBlock source, BasicBlock target) {
        boolean returns = target.first() == target.last() && target.last() instanceof Ret;
        return returns && source.last() instanceof Br jump && callBefore(jump) != null ? jump : null;
    }

    private static @Nullable Call callBefore(Br jump) {
        return jump.previous() instanceof Call call && call.tailCallKind() == TailCallKind.TAIL && !call.isIntrinsic()
                ? call
                : null;
    }

    /** Whether a block has nothing but a return, and phis when there is more than one way to it. */
    private static boolean isShared(BasicBlock block) {
        Instruction first = block.firstNonPhi();
        return first instanceof Ret && first == block.last();
    }

    private static void copyBehind(Function function, BasicBlock block, Br jump, Call call) {
        BasicBlock shared = jump.target();
        Ret original = (Ret) shared.terminator().asInstruction();
        Value returned = original.value();
        if (returned instanceof Phi phi && phi.parent() == shared) {
            // The last way keeps the phi.
            returned = phi.incomingCount() > 1 ? phi.incomingFrom(block) : null;
        }
        if (original.value() != null && returned != call) {
            return;
        }
        BasicBlock copy = new BasicBlock(function.freshName("ci.return"));
        function.insertAfter(copy, block);
        Ret made = new Ret(returned);
        made.setDebugLocationFrom(original);
        copy.append(made);
        shared.phis().forEach(phi -> phi.removeIncoming(block));
        jump.replaceOperand(shared, copy);
    }
}
