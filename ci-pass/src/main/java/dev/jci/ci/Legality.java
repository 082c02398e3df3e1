package dev.jci.ci;

import dev.jci.ir.Alloca;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;
import dev.jci.ir.CallBase;
import dev.jci.ir.CallBr;
import dev.jci.ir.Function;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.Instruction;
import dev.jci.ir.TailCallKind;
import dev.jci.ir.analysis.CallGraph;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where code may be put. */
final class Legality {
    /** Functions of libraries that go back to another function, which then goes on. */
    private static final Set<String> ELSEWHERE = Set.of(
            "longjmp",
            "_longjmp",
            "__longjmp_chk",
            "siglongjmp",
            "__cxa_throw",
            "__cxa_rethrow",
            "_Unwind_RaiseException");

    private Legality() {}

    /** Whether copies of its code may be put into a function. */
    static boolean mayGrow(Function function) {
        return !function.attributes().has("optnone") && !function.attributes().has("minsize");
    }

    /**
     * The first instruction of a block that code may be put before: behind phis and exception-handling pads and, in the entry block,
     * behind the static allocas, which would become dynamic ones in a block of their own. Null when there is none.
     */
    static @Nullable Instruction firstInsertionPoint(BasicBlock block) {
        Instruction first = block.firstInsertionPoint();
        if (block.previous() != null || first == null) {
            return first;
        }
        Instruction point = first;
        for (Instruction at = first; at != null; at = at.next()) {
            boolean pinned = (at instanceof Alloca alloca && alloca.isStatic())
                    || (at instanceof Call call && call.isIntrinsic("llvm.localescape"));
            if (pinned) {
                point = at.next();
            }
        }
        return point;
    }

    /** The instruction that code at the end of a block goes before: the terminator, or the {@code musttail} call that it belongs to. */
    static Instruction lastInsertionPoint(BasicBlock block) {
        Instruction end = block.terminator().asInstruction();
        for (Instruction at = end.previous(); at != null; at = at.previous()) {
            if (mustPrecedeReturn(at)) {
                return at;
            }
            if (at instanceof Call) {
                break;
            }
        }
        return end;
    }

    /** Whether nothing may come between this instruction and the return behind it. */
    static boolean mustPrecedeReturn(Instruction instruction) {
        return instruction instanceof Call call
                && (call.tailCallKind() == TailCallKind.MUSTTAIL || call.isIntrinsic("llvm.experimental.deoptimize"));
    }

    /**
     * The block of an instruction that code is put before.
     *
     * @throws IllegalStateException when it is in none
     */
    static BasicBlock blockOf(Instruction instruction) {
        BasicBlock block = instruction.parent();
        if (block == null) {
            throw new IllegalStateException("not in a block: " + instruction);
        }
        return block;
    }

    /** The function of a library that is called, null where nothing is called, or what is called has a body here or is not known. */
    static @Nullable Function libraryCallee(Instruction instruction) {
        Function callee = instruction instanceof CallBase call ? CallGraph.target(call) : null;
        return callee != null && callee.isDeclaration() ? callee : null;
    }

    /** Whether the program goes on in another function after a call: a jump back to {@code setjmp}, or an exception. What the call costs counts, then. */
    static boolean goesOnElsewhere(Instruction instruction) {
        Function callee = libraryCallee(instruction);
        return callee != null && ELSEWHERE.contains(String.valueOf(callee.name()));
    }

    /** Whether a block can be put on the edge. */
    static boolean canSplitEdge(BasicBlock from, BasicBlock to) {
        return !(from.last() instanceof IndirectBr) && !(from.last() instanceof CallBr) && !to.isPad();
    }
}
