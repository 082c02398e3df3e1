package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.transform.InlineBody;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a few levels of a small recursive function into one: a call of itself costs a probe before and one at the end, which takes longer than
 * all that such a function does. The branches that take the place of calls and returns count as they did.
 */
final class RecursiveInlining {
    private static final int LARGEST_BODY = 48;
    private static final int LARGEST_RESULT = 160;
    private static final int MOST_LEVELS = 4;

    private RecursiveInlining() {}

    /** Inlines calls of a function in itself when that is worth it. Its body must be the one that runs. */
    static void apply(Function function) {
        if (selfCalls(function).isEmpty()
                || function.attributes().has("noinline")
                || !Legality.mayGrow(function)
                || !InlineBody.isSimple(function)) {
            return;
        }
        InlineBody body = InlineBody.of(function);
        int size = body.instructionCount();
        if (size > LARGEST_BODY) {
            return;
        }
        int total = size;
        List<Call> calls = selfCalls(function).stream().filter(body::fits).toList();
        for (int level = 0; level < MOST_LEVELS && total + calls.size() * size <= LARGEST_RESULT; level++) {
            total += calls.size() * size;
            List<Call> deeper = new ArrayList<>();
            for (Call call : calls) {
                for (BasicBlock block : body.replace(call)) {
                    selfCalls(block, function).stream().filter(body::fits).forEach(deeper::add);
                }
            }
            calls = deeper;
        }
    }

    private static List<Call> selfCalls(Function function) {
        List<Call> calls = new ArrayList<>();
        for (BasicBlock block : function.blocks()) {
            calls.addAll(selfCalls(block, function));
        }
        return calls;
    }

    private static List<Call> selfCalls(BasicBlock block, Function function) {
        List<Call> calls = new ArrayList<>();
        for (Instruction instruction : block.instructions()) {
            if (instruction instanceof Call call
                    && call.calledFunction() == function
                    && call.functionType().equals(function.functionType())
                    && !call.attributes().has("noinline")) {
                calls.add(call);
            }
        }
        return calls;
    }
}
