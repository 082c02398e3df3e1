package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.IntegerType;
import dev.jci.ir.IrBuilder;
import dev.jci.ir.Value;
import dev.jci.ir.analysis.ControlFlowGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts all the work of a loop before it begins that runs only a few times, however often: the iterations that an unrolled loop leaves over.
 *
 * <pre>
 *   preheader:  ...
 *   ci.short:   left -= (back edges to take + 1) * work
 *   loop:       ... unchanged ...
 * </pre>
 */
final class ShortLoops {
    private ShortLoops() {}

    /**
     * What became of a loop.
     *
     * @param block the block that is run before it; the work is to be counted before its terminator
     * @param amount the work of all iterations
     * @param most the most that it can be
     * @param blocks the blocks of the loop, the header first
     */
    record Result(BasicBlock block, Value amount, long most, List<BasicBlock> blocks) {}

    /** Gives each loop a block that computes its work. */
    static List<Result> apply(List<QuietLoops.Short> loops) {
        List<Result> results = new ArrayList<>();
        for (QuietLoops.Short loop : loops) {
            ControlFlowGraph graph = loop.loop().forest().graph();
            List<BasicBlock> blocks =
                    loop.loop().blocks().stream().map(graph::block).toList();
            BasicBlock preheader = graph.block(loop.loop().preheader().orElseThrow());
            BasicBlock block = preheader.splitEdge(loop.loop().headerBlock(), "ci.short");
            IrBuilder at = IrBuilder.before(block.terminator().asInstruction());
            Value taken = loop.count().emit(at);
            Value wide = loop.count().bits() == 64 ? taken : at.zext(taken, IntegerType.I64);
            Value iterations = at.add(wide, ConstantInt.i64(1));
            Value amount = at.named("ci.counted").mul(iterations, ConstantInt.i64(loop.work()));
            results.add(new Result(block, amount, loop.most(), blocks));
        }
        return results;
    }
}
