package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Instruction;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is to be done in one function: actions by block, in the order of the instructions that they come before. */
final class Plan {
    private final IdentityHashMap<BasicBlock, List<Action>> actions = new IdentityHashMap<>();
    private final Set<BasicBlock> quiet;
    private final @Nullable Set<BasicBlock> promoted;
    private final boolean settles;
    private int count;

    Plan() {
        this(Set.of(), null, true);
    }

    /**
     * A plan without actions.
     *
     * @param quiet the blocks of loops that nothing is done in
     * @param promoted the blocks of loops in which the countdown of the thread is in a register; null where what is counted is taken from a
     *     budget
     * @param settles whether any instruction of the function may need the countdown in memory
     */
    Plan(Set<BasicBlock> quiet, @Nullable Set<BasicBlock> promoted, boolean settles) {
        this.quiet = quiet;
        this.promoted = promoted;
        this.settles = settles;
    }

    /** Whether any instruction of the function may look at the countdown of the thread, or change it. */
    boolean settles() {
        return settles;
    }

    /** Whether a block is in a loop that nothing is done in. */
    boolean isQuiet(BasicBlock block) {
        return !quiet.isEmpty() && quiet.contains(block);
    }

    /** Whether checks look at the countdown of the thread itself. */
    boolean promotes() {
        return promoted != null;
    }

    /** Whether a block is in a loop in which the countdown is in a register. */
    boolean isPromoted(BasicBlock block) {
        return promoted != null && !promoted.isEmpty() && promoted.contains(block);
    }

    /** Adds an action behind those that its block already has. */
    void add(Action action) {
        BasicBlock block = action.before().parent();
        if (block == null) {
            throw new IllegalArgumentException("not in a block: " + action.before());
        }
        actions.computeIfAbsent(block, key -> new ArrayList<>()).add(action);
        count++;
    }

    /** Adds an action at the end of a block, or before the call that a {@code musttail} return belongs to. */
    void addAtEnd(BasicBlock block, long amount) {
        Instruction end = Legality.lastInsertionPoint(block);
        add(new Action.Count(end, amount));
    }

    /** The last action of a block; null when there is none. */
    @Nullable
    Action lastOf(BasicBlock block) {
        List<Action> known = of(block);
        return known.isEmpty() ? null : known.getLast();
    }

    /** Replaces the last action of a block by one at the same place. */
    void replaceLast(BasicBlock block, Action action) {
        List<Action> known = of(block);
        known.set(known.size() - 1, action);
    }

    /** Removes the last action of a block. */
    void removeLast(BasicBlock block) {
        of(block).removeLast();
        count--;
    }

    List<Action> of(BasicBlock block) {
        return actions.getOrDefault(block, List.of());
    }

    /** Whether there is anything to do. */
    boolean isEmpty() {
        return count == 0;
    }

    /** Forgets everything. */
    void clear() {
        actions.clear();
        count = 0;
    }
}
