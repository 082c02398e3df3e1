package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Instruction;
import dev.jci.ir.analysis.Loop;

/**
 * How much may have been done since the last probe where a loop begins. A check before each loop would be one too many for loops that run
 * shortly: where an iteration does little before its own check, or the work of a chunk is reserved at once, there is room for more.
 */
final class LoopEntries {
    private final Progress progress;

    /** The most work of an iteration up to the end of each block of the loop that is looked at; such loops have no block in common. */
    private final long[] done;

    LoopEntries(Progress progress) {
        this.progress = progress;
        this.done = new long[progress.graph.size()];
    }

    /** The most that may be in the register and pending at the head of a loop, so that nothing but its own checks is needed in it. */
    long room(int head) {
        if (progress.treatment.actionIn(progress.graph.block(head)) instanceof Action.Reserve) {
            return progress.limit();
        }
        Loop loop = progress.treatment.loops().loopOf(head);
        boolean plain =
                loop != null && loop.header() == head && !loop.touchesIrreducible() && hasNoLoopWithChecks(loop);
        return plain ? Math.min(progress.limit() - greatestRun(loop), progress.budget + 2 * progress.slack()) : 0;
    }

    private boolean hasNoLoopWithChecks(Loop loop) {
        return loop.children().stream().allMatch(inner -> progress.treatment.unitAt(inner.headerBlock()) != null);
    }

    /** The most work from the head of a loop to any place in it, where it is not left before. */
    private long greatestRun(Loop loop) {
        long greatest = 0;
        for (int index : loop.blocks()) {
            BasicBlock block = progress.graph.block(index);
            if (progress.treatment.isInsideUnit(block)) {
                continue;
            }
            long work = index == loop.header() ? 0 : before(index, loop);
            LoopTreatment.Unit unit = progress.treatment.unitAt(block);
            if (unit != null) {
                work = CostModel.saturatedSum(work, unit.most());
                for (BasicBlock member : unit.blocks()) {
                    done[progress.graph.indexOf(member)] = work;
                }
                greatest = Math.max(greatest, work);
                continue;
            }
            work = CostModel.saturatedSum(work, progress.treatment.countedIn(block));
            for (Instruction at : block.instructions()) {
                InstructionCosts.Cost cost = progress.costOf(at);
                greatest = Math.max(greatest, CostModel.saturatedSum(work, cost.run()));
                work = CostModel.saturatedSum(work, cost.high());
            }
            done[index] = work;
            greatest = Math.max(greatest, work);
        }
        return greatest;
    }

    private long before(int index, Loop loop) {
        long most = 0;
        for (int source : progress.graph.distinctPredecessors(index)) {
            boolean forward = progress.graph.placeOf(source) < progress.graph.placeOf(index);
            if (forward && loop.contains(source)) {
                most = Math.max(most, done[source]);
            }
        }
        return most;
    }
}
