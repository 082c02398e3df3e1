package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBr;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.Instruction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is pending where edges meet, and what is to be done on the edges for that. */
final class Joins {
    private static final double ABOUT_AS_LIKELY = 0.95;

    private static final int FEW_BLOCKS = 3;
    private static final long UNKNOWN = Long.MIN_VALUE;
    private static final long PROBES = Long.MIN_VALUE + 1;

    private final Progress progress;
    private final LoopEntries entries;
    private final EdgeSplits splits;
    private final boolean[] isHead;

    /** Whether all ways to a block check, for what is done in it as well. */
    private final boolean[] isCheckedBefore;

    /** By block, as far as it was asked for. */
    private final long[] ownWork;

    /** By block, as far as it was asked for. */
    private final @Nullable Ways[] ways;

    /** What edges a block is reached by. */
    private enum Ways {
        ONWARD,
        ALSO_BACK,
        /** One that nothing can be done on alone, at least. */
        SOME_FIXED
    }

    Joins(Progress progress) {
        this.progress = progress;
        this.entries = new LoopEntries(progress);
        this.splits = new EdgeSplits(progress.graph, progress.branches);
        this.isHead = new boolean[progress.graph.size()];
        this.isCheckedBefore = new boolean[progress.graph.size()];
        this.ways = new Ways[progress.graph.size()];
        this.ownWork = new long[progress.graph.size()];
        Arrays.fill(ownWork, UNKNOWN);
    }

    /** Whether a block that was visited has an edge that comes back to it. */
    boolean isHead(int index) {
        return isHead[index];
    }

    /** The work that is pending at the head of a block. */
    Work arrive(int index) {
        int place = progress.graph.placeOf(index);
        List<Integer> forward = new ArrayList<>();
        boolean loop = false;
        LoopTreatment.Unit unit = progress.treatment.unitAt(progress.graph.block(index));
        for (int source : progress.graph.distinctPredecessors(index)) {
            if (!progress.graph.isReachable(source) || (unit != null && unit.contains(progress.graph.block(source)))) {
                continue;
            }
            if (progress.graph.placeOf(source) < place) {
                forward.add(source);
            } else {
                loop = true;
            }
        }
        try {
            if (loop) {
                return enterLoop(index, forward);
            }
            return forward.isEmpty() ? Work.AT_ENTRY : join(index, forward);
        } finally {
            splits.finish(index);
        }
    }

    /** At the head of a loop the register may hold anything up to the budget and what there is room for, and a fixed amount is pending. */
    private Work enterLoop(int index, List<Integer> forward) {
        isHead[index] = true;
        progress.carried[index] = carries(index) && !forward.isEmpty() ? wantedAtHead(index, forward) : 0;
        if (Math.abs(progress.carried[index]) > progress.slack() || !allAgree(index, forward)) {
            progress.carried[index] = 0;
        }
        long most = progress.headroom();
        long room = jumpsAhead(index) ? most : Math.max(most, entries.room(index) - progress.carried[index]);
        for (int source : forward) {
            Work work = progress.outOf(source);
            long amount = work.amount() - progress.carried[index];
            long held = work.inRegister() + work.high() - progress.carried[index];
            if (held > room) {
                onEdge(source, index, at -> new Action.Check(at, amount, 0));
                continue;
            }
            most = Math.max(most, held);
            if (amount != 0) {
                onEdge(source, index, at -> new Action.Count(at, amount));
            }
        }
        // Of ways that come back without having been here, nothing is known yet.
        boolean unprobed = forward.isEmpty()
                || progress.treatment.loops().isIrreducible(index)
                || forward.stream().anyMatch(source -> progress.outOf(source).unprobed());
        return (unprobed ? Work.AT_ENTRY : Work.NONE).held(most, progress.carried[index]);
    }

    /**
     * What should be pending at the head of a loop: what is pending on the likeliest way to it. A jump to a computed address can leave nothing for
     * what is behind, and the code generator puts a copy of it at the end of each way back, as interpreters want it, only while it is
     * short: the ways to it count for it ahead.
     */
    private long wantedAtHead(int index, List<Integer> forward) {
        return aheadOfJump(index)
                .orElseGet(() -> progress.outOf(likeliest(index, forward)).amount());
    }

    /** What is pending at the head of a block with a jump to a computed address that is counted ahead; empty for other blocks. */
    private OptionalLong aheadOfJump(int index) {
        OptionalLong own = jumpsAhead(index) ? ownWork(index) : OptionalLong.empty();
        return own.isPresent() ? OptionalLong.of(-own.getAsLong()) : own;
    }

    private boolean jumpsAhead(int index) {
        return jumps(index) && mayCountAhead();
    }

    private boolean jumps(int index) {
        return progress.graph.block(index).last() instanceof IndirectBr;
    }

    /** Whether the ways to a block may count for it. */
    private boolean mayCountAhead() {
        return !progress.disabled.any() && !progress.treatment.returnsTwice();
    }

    /** Whether each way back to the head of a loop can be left with the same amount pending. */
    private boolean carries(int head) {
        for (int source : progress.graph.distinctPredecessors(head)) {
            if (progress.graph.isRetreating(source, head)) {
                Instruction end = progress.graph.block(source).terminator().asInstruction();
                int heads = 0;
                for (int target : progress.graph.distinctSuccessors(source)) {
                    heads += progress.graph.isRetreating(source, target) ? 1 : 0;
                }
                if (heads > 1 || end instanceof IndirectBr || end instanceof CallBr) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether every edge can be given another amount, or has the one that is wanted. */
    private boolean allAgree(int index, List<Integer> sources) {
        long wanted = progress.carried[index];
        for (int source : sources) {
            if (isFixed(source, index) && progress.outOf(source).amount() != wanted) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing can be done on an edge alone. */
    private boolean isFixed(int source, int target) {
        return !progress.graph.hasOneSuccessor(source)
                && !Legality.canSplitEdge(progress.graph.block(source), progress.graph.block(target));
    }

    /** The source of the likeliest edge; of some that are about as likely the one with the least work, which calls nothing slow. */
    private int likeliest(int index, List<Integer> sources) {
        double greatest = 0;
        for (int source : sources) {
            greatest = Math.max(greatest, progress.frequencies.ofEdge(source, index));
        }
        int likeliest = -1;
        for (int source : sources) {
            boolean likely = progress.frequencies.ofEdge(source, index) >= greatest * ABOUT_AS_LIKELY;
            if (likely
                    && (likeliest < 0
                            || progress.outOf(source).amount()
                                    < progress.outOf(likeliest).amount())) {
                likeliest = source;
            }
        }
        return likeliest;
    }

    private Work join(int index, List<Integer> sources) {
        long inRegister = 0;
        long low = Long.MAX_VALUE;
        long high = 0;
        double weighted = 0;
        double weights = 0;
        boolean splittable = true;
        boolean fresh = true;
        boolean unprobed = false;
        for (int source : sources) {
            Work work = progress.outOf(source);
            double weight = Math.max(progress.frequencies.ofEdge(source, index), 1e-30);
            inRegister = Math.max(inRegister, work.inRegister());
            low = Math.min(low, work.low());
            high = Math.max(high, work.high());
            weighted += work.mean() * weight;
            weights += weight;
            fresh &= work.fresh();
            unprobed |= work.unprobed();
            splittable &= work.high() == 0 || !isFixed(source, index);
        }
        if (high - low <= progress.options.allowedDeviation() || !splittable) {
            return new Work(unprobed, fresh, inRegister, low, high, weighted / weights);
        }
        OptionalLong wanted = checkedBefore(index, sources);
        return wanted.isPresent()
                ? checkEach(index, sources, wanted.getAsLong(), unprobed)
                : level(index, sources, fresh && progress.treatment.loops().loopOf(index) == null);
    }

    /**
     * What is to be pending at the head of a block that goes back to the head of a loop, or leads to such a block, when all ways to it check the
     * register so that it need not: each counts what it has done itself in one step. Empty for other blocks.
     */
    private OptionalLong checkedBefore(int index, List<Integer> sources) {
        boolean possible = mayCountAhead() && sources.stream().noneMatch(source -> isFixed(source, index));
        return possible ? ahead(index, FEW_BLOCKS) : OptionalLong.empty();
    }

    private OptionalLong ahead(int index, int blocks) {
        OptionalLong own = ownWork(index);
        OptionalLong behind = own.isEmpty()
                ? own
                : SimplePlacements.goesBack(progress.graph, index) ? keptBehind(index) : aheadOfNext(index, blocks);
        if (behind.isEmpty()) {
            return behind;
        }
        long ahead = behind.getAsLong() - own.getAsLong();
        return ahead >= -progress.slack() ? OptionalLong.of(ahead) : OptionalLong.empty();
    }

    /** What is pending where a block goes back, if that needs a check: a head that checks at once does it for all ways back. */
    private OptionalLong keptBehind(int index) {
        long kept = Long.MAX_VALUE;
        for (int target : progress.graph.distinctSuccessors(index)) {
            if (progress.graph.isRetreating(index, target)) {
                if (progress.room[target] > 0) {
                    return OptionalLong.empty();
                }
                kept = Math.min(kept, progress.carried[target]);
            }
        }
        return OptionalLong.of(kept);
    }

    /**
     * What is to be pending at the head of the only block behind one. Empty where a register counts and no jump is near: one check that is common to
     * the ways costs less there than one on each.
     */
    private OptionalLong aheadOfNext(int index, int blocks) {
        if (blocks == 1 || !progress.graph.hasOneSuccessor(index)) {
            return OptionalLong.empty();
        }
        int next = progress.graph.successor(index, 0);
        BasicBlock block = progress.graph.block(next);
        boolean passes = progress.treatment.actionIn(block) != null || progress.treatment.isPassage(block);
        if (passes || progress.treatment.unitAt(block) != null) {
            return OptionalLong.empty();
        }
        return switch (waysTo(next)) {
            case ONWARD ->
                jumps(next) || progress.promoted.isInMemory(block) ? ahead(next, blocks - 1) : OptionalLong.empty();
            // What the head of a loop that jumps wants.
            case ALSO_BACK ->
                SimplePlacements.goesBack(progress.graph, next) ? aheadOfJump(next) : OptionalLong.empty();
            case SOME_FIXED -> OptionalLong.empty();
        };
    }

    private Ways waysTo(int index) {
        Ways known = ways[index];
        if (known != null) {
            return known;
        }
        Ways found = Ways.ONWARD;
        for (int source : progress.graph.distinctPredecessors(index)) {
            if (isFixed(source, index)) {
                found = Ways.SOME_FIXED;
                break;
            }
            found = progress.graph.isRetreating(source, index) ? Ways.ALSO_BACK : found;
        }
        ways[index] = found;
        return found;
    }

    private Work checkEach(int index, List<Integer> sources, long amount, boolean unprobed) {
        boolean jumps = leadsToJump(index);
        isCheckedBefore[index] = true;
        for (int source : sources) {
            long more = progress.outOf(source).amount() - amount;
            if (more == 0 && isCheckedBefore[source] && progress.graph.hasOneSuccessor(source)) {
                continue;
            }
            boolean early = jumps && progress.graph.hasOneSuccessor(source);
            BasicBlock block = progress.graph.block(source);
            onEdge(source, index, at -> new Action.Check(early ? progress.early(block, at, amount) : at, more, 0));
        }
        return progress.checked(unprobed ? Work.AT_ENTRY : Work.NONE, progress.budget, amount);
    }

    /**
     * Whether a jump to a computed address is in a block or the next one. The code generator puts a copy of both at the end of each way there, as
     * interpreters want it, but not behind a branch: something of the way must be left behind its check.
     */
    private boolean leadsToJump(int index) {
        return jumps(index) || (progress.graph.hasOneSuccessor(index) && jumps(progress.graph.successor(index, 0)));
    }

    /** The work of a block that runs no probes; empty for one that does. */
    private OptionalLong ownWork(int index) {
        if (ownWork[index] == UNKNOWN) {
            ownWork[index] = sumOfWork(index);
        }
        return ownWork[index] == PROBES ? OptionalLong.empty() : OptionalLong.of(ownWork[index]);
    }

    private long sumOfWork(int index) {
        long work = 0;
        for (Instruction at = progress.graph.block(index).first(); at != null; at = at.next()) {
            InstructionCosts.Cost cost = progress.costOf(at);
            if (cost.run() > cost.high()) {
                return PROBES;
            }
            work = CostModel.saturatedSum(work, cost.mean());
        }
        return work;
    }

    /**
     * Gives all edges the pending work of one of them, the likeliest: what the others have more or less is committed on them, when that
     * keeps the register out of it, or else counted in the register.
     */
    private Work level(int index, List<Integer> sources, boolean commits) {
        int likeliest = likeliest(index, sources);
        boolean anyFixed = false;
        for (int source : sources) {
            boolean fixed = isFixed(source, index);
            likeliest = fixed ? source : likeliest;
            anyFixed |= fixed;
        }
        OptionalLong wanted = anyFixed ? OptionalLong.empty() : wanted(index, FEW_BLOCKS);
        long usual = progress.outOf(likeliest).amount();
        // A negative amount is counted ahead of the work.
        long amount = wanted.isPresent() && wanted.getAsLong() >= -progress.slack() ? wanted.getAsLong() : usual;
        long inRegister = 0;
        boolean fresh = true;
        boolean unprobed = false;
        for (int source : sources) {
            Work work = progress.outOf(source);
            long more = work.amount() - amount;
            if (more != 0 && commits) {
                boolean looks = more + progress.options.probeCost() > 0;
                onEdge(source, index, at -> progress.commitOf(at, work, amount, looks));
                inRegister = Math.max(inRegister, looks ? work.high() - work.amount() : work.most() - amount);
                unprobed |= work.unprobed() && (!looks || progress.disabled.any());
                continue;
            }
            unprobed |= work.unprobed();
            if (more != 0 && work.most() - amount > progress.budget + 2 * progress.slack()) {
                // So that what is common to all ways need not check because of this one.
                onEdge(source, index, at -> new Action.Check(at, more, 0));
                Work checked = progress.checked(work, progress.budget, amount);
                inRegister = Math.max(inRegister, checked.inRegister());
                fresh &= checked.fresh();
                continue;
            }
            if (more != 0) {
                onEdge(source, index, at -> new Action.Count(at, more));
            }
            inRegister = Math.max(inRegister, work.most() - amount);
            fresh &= work.fresh() && more == 0;
        }
        return new Work(unprobed, fresh, inRegister, amount, amount, amount);
    }

    /**
     * What should be pending at the head of a block so that nothing is to be counted on a way from there to the head of a loop that checks at once;
     * empty when there is no such way near by.
     */
    private OptionalLong wanted(int index, int blocks) {
        OptionalLong own = ownWork(index);
        if (own.isEmpty()) {
            return own;
        }
        long work = own.getAsLong();
        for (int target : progress.graph.distinctSuccessors(index)) {
            boolean back = progress.graph.isRetreating(index, target);
            if (back && progress.graph.hasOneSuccessor(index) && progress.room[target] > 0) {
                return OptionalLong.of(progress.carried[target] - work);
            }
            OptionalLong behind = back || blocks == 1 ? OptionalLong.empty() : wanted(target, blocks - 1);
            if (behind.isPresent()) {
                return OptionalLong.of(behind.getAsLong() - work);
            }
        }
        return OptionalLong.empty();
    }

    private void onEdge(int source, int target, Function<Instruction, Action> action) {
        if (isFixed(source, target)) {
            throw new PlacementException("an edge into a loop cannot be split");
        }
        BasicBlock block =
                progress.graph.hasOneSuccessor(source) ? progress.graph.block(source) : splits.split(source, target);
        progress.plan.add(action.apply(block.terminator().asInstruction()));
    }
}
