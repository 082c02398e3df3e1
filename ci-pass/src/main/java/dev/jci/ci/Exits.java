package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Br;
import dev.jci.ir.Instruction;
import dev.jci.ir.Ret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The ends of a function, and what it leaves to its callers there. */
final class Exits {
    private final Progress progress;
    private final List<Exit> exits = new ArrayList<>();
    private boolean endsInTailCall;

    /** A return, before which what is pending is committed or left to the caller. */
    private record Exit(Instruction at, Work work, double frequency) {}

    Exits(Progress progress) {
        this.progress = progress;
    }

    /** Notes a return or the end of a cleanup. */
    void add(Instruction at, Work work, double frequency) {
        exits.add(new Exit(at, work, frequency));
    }

    /** Notes that everything was committed before a call that returns in place of the function. */
    void endInTailCall() {
        endsInTailCall = true;
    }

    /** Commits what is pending before each return, or leaves it to the callers. */
    Summary finish(boolean mayFold, boolean runsProbes) {
        long most = 0;
        for (Exit exit : exits) {
            most = Math.max(most, exit.work.most());
        }
        boolean folds = mayFold && !endsInTailCall && !exits.isEmpty() && most <= progress.options.commitInterval() / 4;
        if (folds && progress.plan.isEmpty() && !runsProbes) {
            Summary folded = foldAll(most);
            if (folded != null) {
                return folded;
            }
        }
        long left = folds && !progress.costs.isAssumed(progress.function) ? usualWork() : 0;
        for (Exit exit : exits) {
            commitAtExit(exit, left);
        }
        boolean probes = !progress.disabled.any()
                && exits.stream()
                        .allMatch(exit -> !exit.work.unprobed()
                                || (Progress.commits(exit.work, left) && !givesBack(exit.work, left)));
        return Summary.leaves(left, Math.min(progress.entryRun(), progress.options.commitInterval()), probes);
    }

    private void commitAtExit(Exit exit, long left) {
        Work work = exit.work;
        progress.noteRun(work, work.most());
        if (!Progress.commits(work, left)) {
            return;
        }
        Br jump = jumpBehindCall(exit.at);
        Instruction end = jump == null ? exit.at : jump;
        BasicBlock block = Legality.blockOf(end);
        boolean returns = exit.at instanceof Ret;
        if (work.fresh()
                && progress.plan.lastOf(block) instanceof Action.Commit
                && progress.isPrepaid(block, work, left, returns)) {
            return;
        }
        Instruction early = progress.early(block, end, returns);
        Instruction at = early == jump ? exit.at : early;
        progress.plan.add(progress.commitOf(at, work, left, !givesBack(work, left)));
    }

    /** Whether callers count more for a way than it does, so that nobody is late for a handler because of it. */
    private boolean givesBack(Work work, long left) {
        return work.fresh() && work.most() + progress.options.probeCost() < left;
    }

    /** The jump that a return follows by itself, behind a call; null where there is none, or something is done at it. */
    private @Nullable Br jumpBehindCall(Instruction at) {
        BasicBlock block = Legality.blockOf(at);
        int index = progress.graph.indexOf(block);
        if (progress.graph.predecessorCount(index) != 1 || progress.plan.lastOf(block) != null) {
            return null;
        }
        Br jump = ReturnCopies.jumpTo(progress.graph.block(progress.graph.predecessor(index, 0)), block);
        Action last = jump == null ? null : progress.plan.lastOf(Legality.blockOf(jump));
        return last != null && last.before() == jump ? null : jump;
    }

    /** What callers count for a function without a probe; null when its ways differ too much. */
    private @Nullable Summary foldAll(long most) {
        long low = Long.MAX_VALUE;
        double weighted = 0;
        double weights = 0;
        for (Exit exit : exits) {
            low = Math.min(low, exit.work.low());
            weighted += exit.work.mean() * exit.frequency;
            weights += exit.frequency;
        }
        boolean even = most - low <= Math.max(progress.options.allowedDeviation(), most / 20);
        return even && weights > 0
                ? Summary.folded(low, most, Math.round(weighted / weights), !progress.promoted.usesCountdown())
                : null;
    }

    /** The work that is most often pending, and alone, at a return. */
    private long usualWork() {
        Map<Long, Double> frequencies = new TreeMap<>();
        for (Exit exit : exits) {
            if (exit.work.fresh() && exit.at instanceof Ret) {
                frequencies.merge(exit.work.amount(), exit.frequency, Double::sum);
            }
        }
        long usual = 0;
        double greatest = 0;
        for (Map.Entry<Long, Double> entry : frequencies.entrySet()) {
            if (entry.getValue() > greatest) {
                usual = entry.getKey();
                greatest = entry.getValue();
            }
        }
        return usual;
    }
}
