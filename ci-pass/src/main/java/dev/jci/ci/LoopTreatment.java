package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.DataLayout;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.LoopForest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the placement must know of the loops of a function that need no probe in their iterations. */
final class LoopTreatment {
    /** Most functions have no such loop. */
    private static final int FEW = 1;

    private final IdentityHashMap<BasicBlock, Unit> units = new IdentityHashMap<>(FEW);
    private final Set<BasicBlock> inside = Collections.newSetFromMap(new IdentityHashMap<>(FEW));
    private final IdentityHashMap<BasicBlock, Action> actions = new IdentityHashMap<>(FEW);
    private final IdentityHashMap<BasicBlock, Long> counted = new IdentityHashMap<>(FEW);
    private final Set<Instruction> added = Collections.newSetFromMap(new IdentityHashMap<>(FEW));
    private final Set<BasicBlock> passages = Collections.newSetFromMap(new IdentityHashMap<>(FEW));

    /**
     * A loop that is one step for the placement.
     *
     * @param blocks its blocks in reverse post-order, the header first
     * @param work the work to count for it
     * @param most the most work that it does
     */
    record Unit(List<BasicBlock> blocks, Set<BasicBlock> members, long work, long most) {
        Unit(List<BasicBlock> blocks, long work, long most) {
            this(blocks, new HashSet<>(blocks), work, most);
        }

        boolean contains(BasicBlock block) {
            return members.contains(block);
        }
    }

    private final List<StripMining.Limit> limits = new ArrayList<>();
    private final boolean returnsTwice;
    private final LoopForest loops;

    private final int found;

    private LoopTreatment(boolean returnsTwice, int found, LoopForest loops) {
        this.returnsTwice = returnsTwice;
        this.found = found;
        this.loops = loops;
    }

    /** How many loops the function had. */
    int found() {
        return found;
    }

    /** Finds and transforms the loops of a function. */
    static LoopTreatment of(Function function, InstructionCosts costs, Disabled disabled, DataLayout layout) {
        boolean returnsTwice = costs.calls().hasCallThatReturnsTwice(function);
        QuietLoops.Found found = QuietLoops.in(function, returnsTwice, costs, disabled, layout);
        if (!returnsTwice && UnrolledLoops.apply(function, found, costs, disabled)) {
            Set<Instruction> added = found.added();
            found = QuietLoops.in(function, false, costs, disabled, layout);
            found.added().addAll(added);
        }
        List<StripMining.Result> chunked = StripMining.apply(found.chunked(), DagPlacement.budget(costs.options()));
        List<ShortLoops.Result> brief = ShortLoops.apply(found.brief());
        // What is known of the graph holds until it is changed.
        boolean unchanged = chunked.isEmpty() && brief.isEmpty();
        LoopForest loops = unchanged ? found.loops() : LoopForest.of(ControlFlowGraph.of(function));
        LoopTreatment treatment =
                new LoopTreatment(returnsTwice, found.loops().innermostFirst().size(), loops);
        treatment.added.addAll(found.added());
        chunked.forEach(treatment::add);
        brief.forEach(treatment::add);
        // Innermost first: a loop around folded ones replaces them.
        for (QuietLoops.Folded folded : found.folded()) {
            if (!treatment.inside.contains(folded.header())) {
                treatment.add(new Unit(folded.blocks(), folded.work(), folded.most()));
            }
        }
        return treatment;
    }

    private void add(Unit unit) {
        for (BasicBlock block : unit.blocks()) {
            units.remove(block);
            inside.add(block);
        }
        inside.remove(unit.blocks().getFirst());
        units.put(unit.blocks().getFirst(), unit);
    }

    private void add(StripMining.Result result) {
        // Its work is reserved before it.
        add(new Unit(result.blocks(), 0, 0));
        Instruction behind = result.head().terminator().asInstruction();
        actions.put(
                result.head(),
                new Action.Reserve(behind, result.reserved(), result.turns(), result.work(), result.isNested()));
        limits.add(result.limit());
        added.addAll(result.added());
        passages.add(Legality.blockOf(result.turns()));
        passages.add(result.end());
        result.corrections()
                .forEach((block, work) -> actions.put(
                        block, new Action.CountValue(block.terminator().asInstruction(), work)));
    }

    private void add(ShortLoops.Result result) {
        add(new Unit(result.blocks(), 0, 0));
        actions.put(
                result.block(),
                new Action.CountValue(result.block().terminator().asInstruction(), result.amount()));
        counted.put(result.block(), result.most());
    }

    /**
     * Lets chunks do more work.
     *
     * @param work the most of one chunk
     */
    void lengthenChunks(long work) {
        limits.forEach(limit -> limit.raise(work));
    }

    /** Whether the function calls one like {@code setjmp}. */
    boolean returnsTwice() {
        return returnsTwice;
    }

    /** The loops of the function after the treatment. */
    LoopForest loops() {
        return loops;
    }

    /** Whether a block belongs to a unit and is not where it begins. */
    boolean isInsideUnit(BasicBlock block) {
        return !inside.isEmpty() && inside.contains(block);
    }

    /** All units: the register is the same at their end as before them. */
    Collection<Unit> units() {
        return units.values();
    }

    /** Whether an instruction was added for a loop and is no work of the program. */
    boolean isAdded(Instruction instruction) {
        return !added.isEmpty() && added.contains(instruction);
    }

    /** The unit that begins with a block; null for none. */
    @Nullable
    Unit unitAt(BasicBlock block) {
        return units.isEmpty() ? null : units.get(block);
    }

    /** What is to be done in a block that was made for a loop; null for nothing. */
    @Nullable
    Action actionIn(BasicBlock block) {
        return actions.isEmpty() ? null : actions.get(block);
    }

    /** The most work that a block counts which was made for a loop, where it is not reserved or given back. */
    long countedIn(BasicBlock block) {
        return counted.isEmpty() ? 0 : counted.getOrDefault(block, 0L);
    }

    /** Whether a block was made for a loop and nothing is to be done there: it begins a chunk, or decides whether another one follows. */
    boolean isPassage(BasicBlock block) {
        return !passages.isEmpty() && passages.contains(block);
    }

    /** The most work of a loop that a block leads to, where it is counted at once. */
    long workBehind(ControlFlowGraph graph, int block) {
        if (units.isEmpty() && counted.isEmpty()) {
            return 0;
        }
        long work = 0;
        for (int target : graph.distinctSuccessors(block)) {
            Unit unit = unitAt(graph.block(target));
            work = Math.max(work, unit == null ? countedIn(graph.block(target)) : unit.most());
        }
        return work;
    }
}
