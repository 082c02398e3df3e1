package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.CallBr;
import dev.jci.ir.CleanupRet;
import dev.jci.ir.DataLayout;
import dev.jci.ir.Function;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.Instruction;
import dev.jci.ir.Invoke;
import dev.jci.ir.Resume;
import dev.jci.ir.Ret;
import dev.jci.ir.Unreachable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The placement of mode {@code ci}. Blocks are visited in an order in which all forward edges go onward, and each hands the work that is
 * not committed yet to its successors, as an interval and a mean:
 *
 * <ul>
 *   <li>Where edges meet and the interval becomes wider than the allowed deviation, the pending work of the likeliest edge goes on, and what
 *       the others have more or less is counted on them ({@link Joins}); otherwise the mean goes on, weighted by how likely the edges are.
 *   <li>A block with an edge that goes back checks the register: each iteration of a loop counts itself there, and only a used-up budget
 *       leads to a probe. At the head of a loop the register may hold up to the budget and a bit, and a fixed amount is pending. A way back
 *       behind a check, or to a block that checks at once, need not check.
 *   <li>When more than the commit interval could have been done without a probe, a check comes before the next instruction.
 *   <li>Before the function returns what is pending is committed, unless its callers count it ({@link Exits}).
 *   <li>What a block counts is counted before it where ways to it count as well ({@link EarlierCounts}).
 * </ul>
 */
final class DagPlacement {
    private final Progress progress;
    private final Joins joins;
    private final Exits exits;
    private boolean runsProbes;

    private DagPlacement(Progress progress) {
        this.progress = progress;
        this.joins = new Joins(progress);
        this.exits = new Exits(progress);
    }

    /** How much the register counts before a check commits it; the rest of the commit interval is for what is pending beside it. */
    static long budget(Options options) {
        return options.commitInterval() - options.commitInterval() * 3 / 8;
    }

    /**
     * The most work of a chunk of a loop whose register is the countdown itself. It is counted before it begins, and cut to what there is before
     * the handler is due, so it may be long; the branches around a chunk are foreseen badly, which takes a tenth of the time of one that is as
     * short as the budget.
     */
    static long chunk(Options options) {
        return Math.min(4 * options.commitInterval(), Integer.MAX_VALUE);
    }

    /**
     * What came of it.
     *
     * @param plan what to do
     * @param summary what callers must know
     * @param loops how many loops the function had
     * @param calls the calls of the function as it is now
     */
    record Result(Plan plan, Summary summary, int loops, List<CallBase> calls) {}

    /**
     * Places the probes of one function. Edges may be split and loops made two; nothing else is changed.
     *
     * @param costs of instructions, with the functions that have been placed, callees first
     * @param layout of the data of the module
     * @param mayFold whether all callers are known, so that they can count for the function
     */
    static Result place(
            Function function, InstructionCosts costs, Disabled disabled, DataLayout layout, boolean mayFold) {
        ReturnCopies.apply(function);
        LoopTreatment treatment = LoopTreatment.of(function, costs, disabled, layout);
        Progress progress = new Progress(function, costs, disabled, treatment);
        DagPlacement placement = new DagPlacement(progress);
        for (int place = 0; place < progress.graph.reachableCount(); place++) {
            placement.visit(progress.graph.inOrder(place));
        }
        Summary summary = placement.exits.finish(mayFold, placement.runsProbes);
        EarlierCounts.apply(progress);
        return new Result(progress.plan, summary, treatment.found(), progress.promoted.calls());
    }

    private void visit(int index) {
        BasicBlock block = progress.graph.block(index);
        if (progress.treatment.isInsideUnit(block)) {
            return;
        }
        Work work = joins.arrive(index);
        LoopTreatment.Unit unit = progress.treatment.unitAt(block);
        if (unit != null) {
            pass(unit, work);
            return;
        }
        Action prepared = progress.treatment.actionIn(block);
        if (prepared != null || progress.treatment.isPassage(block)) {
            progress.out[index] = pass(prepared, progress.treatment.countedIn(block), work);
            return;
        }
        Instruction first = Legality.firstInsertionPoint(block);
        boolean placeable = false;
        boolean committed = false;
        boolean catches = catchesFromProbes(index);
        for (Instruction at : block.instructions()) {
            placeable |= at == first;
            if (placeable && (catches ? at == first : isBehindSetjmp(at))) {
                work = commitPending(at, work);
            }
            if (at == block.last()) {
                work = placeable ? leave(index, at, work, committed) : work.plus(1, 1, 1);
            } else if (!committed) {
                if (placeable && leavesForGood(at) && (Progress.commits(work, 0) || Legality.goesOnElsewhere(at))) {
                    // What is pending would be lost with the frame, and what the call costs too.
                    InstructionCosts.Cost cost = progress.costOf(at);
                    work = commitPending(at, work.plus(cost.low(), cost.high(), (double) cost.mean()));
                    progress.noteRun(work, cost.run());
                    runsProbes |= cost.probes();
                    continue;
                }
                boolean last = Legality.mustPrecedeReturn(at);
                work = step(at, work, placeable);
                if (last) {
                    work = work.plus(1, 1, 1);
                    progress.commit(at, work, 0);
                    exits.endInTailCall();
                    committed = true;
                }
            }
        }
        progress.out[index] = work;
    }

    /** Behind a loop that is one amount of work, or whose work was reserved before it. */
    private void pass(LoopTreatment.Unit unit, Work before) {
        Work after = before.plus(unit.work(), unit.most(), (double) unit.work());
        progress.noteRun(after, after.most());
        for (BasicBlock block : unit.blocks()) {
            progress.out[progress.graph.indexOf(block)] = after;
        }
    }

    /** Through a block that was made for the treatment of a loop, whose instructions are not work of the program. */
    private Work pass(@Nullable Action prepared, long counted, Work before) {
        if (prepared == null) {
            return before;
        }
        progress.noteRun(before, Math.max(before.most(), progress.budget + before.high()));
        progress.plan.add(prepared);
        if (counted > 0) {
            Work after = new Work(
                    before.unprobed(),
                    false,
                    CostModel.saturatedSum(before.inRegister(), counted),
                    before.low(),
                    before.high(),
                    before.mean());
            progress.noteRun(after, after.most());
            return after;
        }
        boolean reserves = prepared instanceof Action.Reserve;
        long inRegister = reserves ? progress.budget : Math.max(progress.budget, before.inRegister());
        return new Work(before.unprobed(), false, inRegister, before.low(), before.high(), before.mean());
    }

    /** Whether exceptions come to a block from functions with probes: as much may have been done there as can be without one. */
    private boolean catchesFromProbes(int index) {
        if (!progress.graph.block(index).isPad()) {
            return false;
        }
        for (int source : progress.graph.distinctPredecessors(index)) {
            boolean reachable = progress.graph.isReachable(source);
            if (reachable
                    && progress.costOf(progress.graph.block(source).terminator().asInstruction())
                            .probes()) {
                return true;
            }
        }
        return false;
    }

    /** Whether control may come from a jump out of functions that it calls, which is as with exceptions. */
    private boolean isBehindSetjmp(Instruction at) {
        return progress.treatment.returnsTwice() && at.previous() instanceof CallBase call && call.mayReturnTwice();
    }

    /** Whether control does not come back from a call: it exits, throws or jumps out. */
    private static boolean leavesForGood(Instruction at) {
        return at instanceof CallBase && at.next() instanceof Unreachable;
    }

    /**
     * Whether a call may lead to a second return of {@code setjmp} or be the first. The register is then what it was at the first return, or
     * what it was at the call, as the compiler pleases: nothing may be in it at either.
     */
    private boolean mayJump(Instruction at) {
        return progress.treatment.returnsTwice() && at instanceof CallBase call && !call.isIntrinsic();
    }

    /** One instruction that is not the last of its block. */
    private Work step(Instruction at, Work before, boolean placeable) {
        InstructionCosts.Cost cost = progress.costOf(at);
        Work work = before;
        if (placeable && mayJump(at)) {
            if (Legality.libraryCallee(at) != null) {
                runsProbes |= cost.probes();
                return commitOnce(at, work, cost);
            }
            work = commitPending(at, work);
        }
        if (placeable && cost.run() > 0) {
            work = checkBefore(at, work, cost.run());
        }
        progress.noteRun(work, CostModel.saturatedSum(work.most(), cost.run()));
        work = work.plus(cost.low(), cost.high(), (double) cost.mean());
        runsProbes |= cost.probes();
        progress.noteRun(work, work.most());
        return cost.probesSurely() ? work.probed() : work;
    }

    /**
     * Before a call of {@code setjmp}, which does its work once, however often it returns, or of another function of a library, which may be left
     * by a jump. What it costs is committed ahead, and is work without a probe all the same; 1 is left for each return, so that a probe comes
     * behind it.
     */
    private Work commitOnce(Instruction call, Work before, InstructionCosts.Cost cost) {
        long ahead = Math.max(0, cost.mean() - 1);
        Work behind =
                commitPending(call, before.plus(ahead, ahead, (double) ahead)).plus(0, ahead, 0);
        Work after = behind.plus(cost.low() - ahead, cost.high() - ahead, (double) (cost.mean() - ahead));
        progress.noteRun(after, CostModel.saturatedSum(after.most(), cost.run()));
        return after;
    }

    /** Makes room for an amount of work before an instruction, when there is none. */
    private Work checkBefore(Instruction at, Work work, long run) {
        if (CostModel.saturatedSum(work.most(), run) <= progress.limit() || work.most() == 0) {
            return work;
        }
        if (progress.disabled.at(at)) {
            progress.plan.add(new Action.Count(at, work.amount()));
            return work.held(progress.budget, 0);
        }
        long margin = Math.max(0, run - (progress.limit() - progress.budget));
        if (work.fresh() || margin > progress.budget) {
            return commitPending(at, work);
        }
        boolean probes = progress.promoted.isForFunction();
        progress.plan.add(new Action.Check(at, work.amount(), probes ? 0 : margin));
        return progress.checked(work, progress.budget - margin, 0);
    }

    /** Commits what there is before an instruction; nothing is pending behind it. */
    private Work commitPending(Instruction at, Work work) {
        if (!Progress.commits(work, 0)) {
            return work;
        }
        progress.commit(at, work, 0);
        return work.unprobed() && progress.disabled.at(at) ? Work.AT_ENTRY : Work.NONE;
    }

    /** The last instruction of a block. */
    private Work leave(int index, Instruction terminator, Work before, boolean committed) {
        if (committed || terminator instanceof Unreachable) {
            return Work.NONE;
        }
        InstructionCosts.Cost cost = progress.costOf(terminator);
        boolean goesBack = SimplePlacements.goesBack(progress.graph, index);
        boolean returns = terminator instanceof Ret
                || terminator instanceof Resume
                || (terminator instanceof CleanupRet cleanup && cleanup.unwindDestination() == null);
        long behind = CostModel.saturatedSum(cost.run(), progress.treatment.workBehind(progress.graph, index));
        Work checked = checkBefore(terminator, before, behind);
        if (mayJump(terminator)) {
            checked = commitPending(terminator, checked);
        }
        progress.noteRun(checked, CostModel.saturatedSum(checked.most(), behind));
        Work work = checked.plus(cost.low(), cost.high(), (double) cost.mean());
        runsProbes |= cost.probes();
        if (returns) {
            exits.add(terminator, work, progress.frequencies.of(index));
            return Work.NONE;
        }
        boolean mayThrow = terminator instanceof Invoke && cost.probes();
        boolean unsplittable = terminator instanceof IndirectBr || terminator instanceof CallBr;
        if (!goesBack && !unsplittable && !mayThrow) {
            return work;
        }
        int head = goesBack ? headBehind(index) : -1;
        long kept = goesBack ? progress.carried[head] : 0;
        // An edge that cannot be split may lead into a loop, where nothing but the budget and a bit is allowed for.
        long over = work.most() - kept - progress.headroom();
        boolean fits = over <= 0 || (goesBack && !unsplittable && over <= progress.room[head]);
        if (fits && over > 0) {
            progress.noteRun(work, progress.limit());
        }
        // Where an exception is caught something must be left for the probe there.
        if (goesBack && !mayThrow && progress.isPrepaid(Legality.blockOf(terminator), work, kept, false)) {
            return new Work(
                    work.unprobed(), work.fresh(), work.inRegister() + work.high() - work.amount(), kept, kept, kept);
        }
        if (fits || (!goesBack && !unsplittable) || progress.disabled.at(terminator)) {
            return countAtEnd(terminator, work, kept);
        }
        if (joins.isHead(index) && progress.plan.of(progress.graph.block(index)).isEmpty()) {
            // Another way back into this block need not check.
            progress.room[index] = Math.max(0, progress.limit() - work.most());
        }
        progress.plan.add(new Action.Check(
                progress.early(Legality.blockOf(terminator), terminator, false), work.amount() - kept, 0));
        return progress.checked(work, progress.budget, kept);
    }

    /** The head of the loop that a block goes back to; of several the one where least may be in the register. */
    private int headBehind(int index) {
        int head = -1;
        for (int target : progress.graph.distinctSuccessors(index)) {
            boolean back = progress.graph.isRetreating(index, target);
            if (back && (head < 0 || progress.room[target] < progress.room[head])) {
                head = target;
            }
        }
        return head;
    }

    private Work countAtEnd(Instruction terminator, Work work, long kept) {
        if (work.amount() == kept) {
            return work;
        }
        progress.plan.add(new Action.Count(terminator, work.amount() - kept));
        return work.held(work.most() - kept, kept);
    }
}
