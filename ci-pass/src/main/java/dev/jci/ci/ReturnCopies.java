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
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
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
        List<Br> jumps = new ArrayList<>();
        for (BasicBlock block : function.layout()) {
            if (block.last() instanceof Br jump && isReturn(jump.target()) && callBefore(jump) != null) {
                jumps.add(jump);
            }
        }
        if (!jumps.isEmpty()) {
            IdentityHashMap<BasicBlock, Integer> ways = waysToReturns(function);
            jumps.forEach(jump -> copyBehind(function, jump, ways));
        }
    }

    /** How many edges lead to each block that only returns. */
    private static IdentityHashMap<BasicBlock, Integer> waysToReturns(Function function) {
        IdentityHashMap<BasicBlock, Integer> ways = new IdentityHashMap<>();
        for (BasicBlock block : function.layout()) {
            for (BasicBlock target : block.terminator().successors()) {
                if (isReturn(target)) {
                    ways.merge(target, 1, Integer::sum);
                }
            }
        }
        return ways;
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

    /** Whether a block has nothing but a return, and phis for what is returned. */
    private static boolean isReturn(BasicBlock block) {
        Instruction first = block.firstNonPhi();
        return first instanceof Ret && first == block.last();
    }

    private static void copyBehind(Function function, Br jump, IdentityHashMap<BasicBlock, Integer> ways) {
        BasicBlock block = Legality.blockOf(jump);
        BasicBlock shared = jump.target();
        Ret original = (Ret) shared.terminator().asInstruction();
        Value returned = original.value();
        if (returned instanceof Phi phi && phi.parent() == shared) {
            returned = phi.incomingFrom(block);
        }
        // The last way keeps the return.
        if (ways.getOrDefault(shared, 0) < 2 || (original.value() != null && returned != jump.previous())) {
            return;
        }
        ways.merge(shared, -1, Integer::sum);
        BasicBlock copy = new BasicBlock(function.freshName("ci.return"));
        function.insertAfter(copy, block);
        Ret made = new Ret(returned);
        made.setDebugLocationFrom(original);
        copy.append(made);
        shared.phis().forEach(phi -> phi.removeIncoming(block));
        jump.replaceOperand(shared, copy);
    }
}
