package dev.jci.ir;

import java.util.ArrayList;
import java.util.List;

/** An instruction that ends a block (LangRef, "Terminator Instructions"). */
public sealed interface Terminator
        permits Br,
                CallBr,
                CatchRet,
                CatchSwitch,
                CleanupRet,
                CondBr,
                IndirectBr,
                Invoke,
                Resume,
                Ret,
                Switch,
                Unreachable {
    /** This terminator as the instruction that it is. */
    Instruction asInstruction();

    /** The blocks that control may go to next, in operand order; a block stands as often as there are edges to it. */
    default List<BasicBlock> successors() {
        Instruction self = asInstruction();
        List<BasicBlock> successors = new ArrayList<>(2);
        for (int i = 0; i < self.operandCount(); i++) {
            if (self.operand(i) instanceof BasicBlock block) {
                successors.add(block);
            }
        }
        return successors;
    }
}
