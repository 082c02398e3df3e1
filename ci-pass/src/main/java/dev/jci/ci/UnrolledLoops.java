package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.CondBr;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.Select;
import dev.jci.ir.Value;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.Loop;
import dev.jci.ir.transform.LoopUnroll;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Unrolls small loops whose end depends on what they find, such as searches: nobody can say before them how much they will do, so each turn has
 * a check, which is as much as a fifth of a loop of ten instructions. Then several turns have one, and only the ways out of the others
 * count what they did. What is executed of the program stays the same.
 *
 * <p>Only loops inside other loops: the rest of the small loops of a program are many, and seldom where its time goes. (Of sqlite3 at -O1, that is
 * five per cent more code where it would be ten.)
 */
final class UnrolledLoops {
    /** How many instructions the loop has at most when it is unrolled. */
    private static final int LARGEST_RESULT = 80;

    /**
     * How many ways out the loop has at most when it is unrolled, if that is not less than two turns. Each is a branch of its own, and which one
     * is taken is the harder to foresee the more there are.
     */
    private static final int MOST_WAYS_OUT = 4;

    private static final int FEWEST_TURNS = 2;

    private final QuietLoops.Found found;
    private final InstructionCosts costs;
    private final Disabled disabled;
    private final ControlFlowGraph graph;
    private final Set<BasicBlock> quiet = Collections.newSetFromMap(new IdentityHashMap<>());

    private UnrolledLoops(QuietLoops.Found found, InstructionCosts costs, Disabled disabled) {
        this.found = found;
        this.costs = costs;
        this.disabled = disabled;
        this.graph = found.loops().graph();
        found.folded().forEach(loop -> quiet.add(loop.header()));
        found.brief().forEach(loop -> quiet.add(loop.loop().headerBlock()));
        found.chunked().forEach(loop -> quiet.add(loop.loop().headerBlock()));
    }

    /**
     * Unrolls the loops of a function that are worth it.
     *
     * @param found the loops that need no check in each turn; what is added to the function is added there
     * @return whether there were any; then what was found is out of date
     */
    static boolean apply(Function function, QuietLoops.Found found, InstructionCosts costs, Disabled disabled) {
        if (!Legality.mayGrow(function) || function.attributes().has("cold")) {
            return false;
        }
        List<LoopUnroll.Turns> loops = new UnrolledLoops(found, costs, disabled).wanted();
        for (BasicBlock exit : LoopUnroll.apply(loops)) {
            found.added().add(exit.terminator().asInstruction());
        }
        return !loops.isEmpty();
    }

    private List<LoopUnroll.Turns> wanted() {
        List<LoopUnroll.Turns> wanted = new ArrayList<>();
        for (Loop loop : found.loops().innermostFirst()) {
            if (loop.depth() == 1 || !loop.isInnermost() || quiet.contains(loop.headerBlock())) {
                continue;
            }
            int turns = turns(loop);
            if (turns > 1 && LoopUnroll.isPossible(loop)) {
                wanted.add(new LoopUnroll.Turns(loop, turns));
            }
        }
        return wanted;
    }

    /** How many turns of a loop fit one check; 1 where the loop runs other probes or is too large. */
    private int turns(Loop loop) {
        int size = 0;
        long work = 0;
        for (int index : loop.blocks()) {
            for (Instruction at = graph.block(index).first(); at != null; at = at.next()) {
                InstructionCosts.Cost cost = costs.of(at);
                size++;
                work = CostModel.saturatedSum(work, cost.high());
                if (size > LARGEST_RESULT / 2 || cost.probes() || disabled.at(at)) {
                    return 1;
                }
            }
        }
        long room = costs.options().commitInterval() / 8 / Math.max(work, 1);
        int most = Math.max(FEWEST_TURNS, MOST_WAYS_OUT / waysOut(loop));
        return (int) Math.min(room, Math.min(LARGEST_RESULT / size, most));
    }

    /** For how many reasons an iteration may be the last one. */
    private int waysOut(Loop loop) {
        int ways = 0;
        for (int exiting : loop.exitingBlocks()) {
            boolean decides = graph.block(exiting).last() instanceof CondBr branch && isTwofold(branch.condition());
            ways += decides ? 2 : 1;
        }
        return Math.max(1, ways);
    }

    /** Whether a condition is two in one, of which the code generator makes two branches. */
    private static boolean isTwofold(Value condition) {
        return condition instanceof Select
                || (condition instanceof BinaryOperator operator
                        && (operator.operation() == BinaryOpcode.AND || operator.operation() == BinaryOpcode.OR));
    }
}
