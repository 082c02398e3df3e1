package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.Instruction;
import dev.jci.ir.Ret;
import dev.jci.ir.analysis.ControlFlowGraph;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves what a block counts to the ways that lead to it, when some of them count what they have done more than others: a way that counted twice
 * then counts once, and the others once as before. Nothing is counted further ahead of the work than the placement itself would.
 */
final class EarlierCounts {
    private static final long PROBES = -1;

    /** How often a way must be taken that counts already, for each time of one that needs a block, and perhaps a jump, for it. */
    private static final double SAVED_FOR_EACH_SPLIT = 0.5;

    private final Progress progress;

    /** As the function is now: the blocks that the placement has put on edges are in it. */
    private final ControlFlowGraph graph;

    private final EdgeSplits splits;

    /** How much more may be counted ahead in a block that something was moved to. */
    private final IdentityHashMap<BasicBlock, Long> rooms = new IdentityHashMap<>();

    /**
     * What the only action of a block counts.
     *
     * @param commits whether it is a commit
     * @param room how much work there may be between its new place and the block
     */
    private record Late(long amount, boolean commits, long room) {
        Action before(Instruction end) {
            return commits ? new Action.Commit(end, amount, true) : new Action.Count(end, amount);
        }
    }

    private EarlierCounts(Progress progress) {
        this.progress = progress;
        this.graph = ControlFlowGraph.of(progress.function);
        this.splits = new EdgeSplits(graph, new LargeBranches(graph));
    }

    /** Moves what can be moved in the plan of a function whose probes have all been placed. */
    static void apply(Progress progress) {
        if (progress.plan.isEmpty() || progress.treatment.returnsTwice() || progress.disabled.any()) {
            return;
        }
        EarlierCounts counts = new EarlierCounts(progress);
        for (int place = counts.graph.reachableCount() - 1; place > 0; place--) {
            int index = counts.graph.inOrder(place);
            Late late = counts.late(counts.graph.block(index));
            if (late != null && counts.saves(index, late)) {
                counts.move(index, late);
            }
        }
    }

    /** What a block does that can be done before it; null when there is nothing. */
    private @Nullable Late late(BasicBlock block) {
        List<Action> actions = progress.plan.of(block);
        if (actions.size() != 1 || !progress.graph.contains(block) || isOfTreatedLoop(block)) {
            return null;
        }
        long work = workFrom(block.first());
        if (work == PROBES) {
            return null;
        }
        Action only = actions.getFirst();
        long room = roomOf(block, only) - work;
        return switch (only) {
            case Action.Count count
            when Math.abs(count.amount()) <= progress.slack() -> within(room, count.amount(), false);
            case Action.Commit commit when commit.fires() -> within(room, commit.amount(), true);
            case Action.Count count -> null;
            case Action.Commit commit -> null;
            case Action.Check check -> null;
            case Action.CountValue value -> null;
            case Action.Reserve reserve -> null;
            case Action.Settle settle -> null;
        };
    }

    /** How much may be counted ahead of the end of a block; something is already when less than nothing is pending there. */
    private long roomOf(BasicBlock block, Action only) {
        long slack = block.last() instanceof Ret ? progress.slack() / 2 : progress.slack();
        long pending = progress.outOf(progress.graph.indexOf(block)).amount();
        Long left = rooms.get(block);
        if (only instanceof Action.Count) {
            return left != null ? left : slack + pending;
        }
        // What was not counted makes room for more, but not for a probe that comes earlier.
        long room = slack + Math.min(0, pending);
        return left != null ? Math.min(left, room) : room;
    }

    private static @Nullable Late within(long room, long amount, boolean commits) {
        return room < 0 ? null : new Late(amount, commits, room);
    }

    /** Whether all ways to a block can do something for it, and enough of them do something already. */
    private boolean saves(int index, Late late) {
        double saved = 0;
        double split = 0;
        int fewer = 0;
        for (int source : graph.distinctPredecessors(index)) {
            BasicBlock before = graph.block(source);
            Instruction end = before.last();
            boolean fixed = end instanceof IndirectBr || end instanceof CallBase;
            if (fixed || !graph.isReachable(source) || isOfTreatedLoop(before)) {
                return false;
            }
            boolean alone = graph.hasOneSuccessor(source);
            if (alone && together(before, late) != null) {
                saved += frequency(source, index);
                fewer++;
            } else {
                split += alone ? 0 : frequency(source, index);
                fewer--;
            }
        }
        // Each action that is there makes up for one that is new, and so does the one that goes.
        return saved > 0 && fewer >= -1 && saved >= split * SAVED_FOR_EACH_SPLIT;
    }

    private void move(int index, Late late) {
        progress.plan.removeLast(graph.block(index));
        for (int source : graph.distinctPredecessors(index)) {
            BasicBlock before = graph.hasOneSuccessor(source) ? graph.block(source) : splits.split(source, index);
            rooms.put(before, late.room);
            Action all = together(before, late);
            if (all == null) {
                progress.plan.add(late.before(before.terminator().asInstruction()));
            } else if (all instanceof Action.Count count && count.amount() == 0) {
                progress.plan.removeLast(before);
            } else {
                progress.plan.replaceLast(before, all);
            }
        }
        splits.finish(index);
    }

    /** The last action of a block with another one behind it; null when they cannot be one. */
    private @Nullable Action together(BasicBlock block, Late late) {
        Action last = progress.plan.lastOf(block);
        long work = last == null ? PROBES : workFrom(last.before());
        if (last == null || work == PROBES || work > late.room) {
            return null;
        }
        long more = late.amount;
        if (!late.commits) {
            // A probe that counts less than there is to count would be late.
            boolean probes = last instanceof Action.Check || (last instanceof Action.Commit first && first.fires());
            return last instanceof Action.Count || (probes && more > 0) ? last.plus(more) : null;
        }
        return switch (last) {
            case Action.Count first -> new Action.Commit(first.before(), first.amount() + more, true);
            case Action.Commit first ->
                new Action.Commit(first.before(), first.amount() + more - progress.options.probeCost(), true);
            case Action.Check first -> null;
            case Action.CountValue first -> null;
            case Action.Reserve first -> null;
            case Action.Settle first -> null;
        };
    }

    /** How often a way is taken. A block that was put on an edge is reached from one block. */
    private double frequency(int source, int target) {
        boolean added = !progress.graph.contains(graph.block(source));
        BasicBlock from = graph.block(added ? graph.predecessor(source, 0) : source);
        return progress.frequencies.ofEdge(progress.graph.indexOf(from), progress.graph.indexOf(graph.block(target)));
    }

    /** Whether a block is of a loop that needs no probe in its iterations, or was made for one. */
    private boolean isOfTreatedLoop(BasicBlock block) {
        return progress.treatment.isInsideUnit(block)
                || progress.treatment.unitAt(block) != null
                || progress.treatment.actionIn(block) != null
                || progress.treatment.isPassage(block)
                || progress.plan.isQuiet(block);
    }

    /** The work from an instruction to the end of its block. */
    private long workFrom(@Nullable Instruction first) {
        long work = 0;
        for (Instruction at = first; at != null; at = at.next()) {
            InstructionCosts.Cost cost = progress.costOf(at);
            if (cost.run() > cost.high() || (at instanceof CallBase && cost.probes())) {
                return PROBES;
            }
            work = CostModel.saturatedSum(work, cost.high());
        }
        return work;
    }
}
