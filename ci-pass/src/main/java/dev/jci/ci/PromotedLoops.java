package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.Instruction;
import dev.jci.ir.Load;
import dev.jci.ir.Store;
import dev.jci.ir.analysis.CallGraph;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.Loop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The loops in which the countdown of the thread is in a register: it is loaded before them and stored behind them, and around instructions
 * in them that may use it. A function has such loops when there are few such instructions in its loops. In others each iteration would wait for
 * two stores; they count from a budget, and so do interpreters that call often.
 *
 * <p>Where nearly every iteration runs such an instruction, a call, the loop changes the countdown in memory: what is called does so as well, and
 * would have to be told of a budget, which is committed before each call that may go on for long.
 */
final class PromotedLoops {
    /** How many uses of the countdown there may be for each iteration of a loop of such a function, on the whole. */
    private static final double SELDOM = 0.1;

    /** How many there are at least for each iteration of a loop that changes the countdown in memory, when its function has many. */
    private static final double ALWAYS = 0.8;

    /** The same for one loop; another one in such a function changes the countdown in memory. */
    private static final double OFTEN = 0.6;

    private final ControlFlowGraph graph;
    private final LoopTreatment treatment;
    private final InstructionCosts costs;
    private final Frequencies frequencies;
    private final int[] uses;

    /** How many of the uses of a block are calls of the function itself, which do as little between two uses as the loop does. */
    private final int[] ownCalls;

    /** How many of them are inline assembly. It hardly ever calls anything; the countdown is in memory there in case it does. */
    private final int[] assembly;

    private final Set<BasicBlock> blocks = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<CallBase> calls = new ArrayList<>();
    private final boolean isForFunction;
    private boolean usesCountdown;

    PromotedLoops(ControlFlowGraph graph, LoopTreatment treatment, InstructionCosts costs, Frequencies frequencies) {
        this.graph = graph;
        this.treatment = treatment;
        this.costs = costs;
        this.frequencies = frequencies;
        this.uses = new int[graph.size()];
        this.ownCalls = new int[graph.size()];
        this.assembly = new int[graph.size()];
        for (int index = 0; index < graph.size(); index++) {
            countUses(index);
        }
        boolean mayPromote = costs.options().promotesCountdown() && needsNoBudget();
        if (mayPromote) {
            treatment.loops().topLevel().forEach(this::promote);
        }
        this.isForFunction = mayPromote && treatment.loops().topLevel().stream().allMatch(this::isPromotedWhereItJumps);
        if (!isForFunction) {
            blocks.clear();
        }
    }

    /** Whether a check of the function looks at the countdown itself, so that it is a probe. */
    boolean isForFunction() {
        return isForFunction;
    }

    /** Whether what is counted in a block changes the countdown in memory. */
    boolean isInMemory(BasicBlock block) {
        return isForFunction && !blocks.contains(block);
    }

    /** The blocks of the loops. */
    Set<BasicBlock> blocks() {
        return blocks;
    }

    /** Whether any instruction of the function may use the countdown of the thread. */
    boolean usesCountdown() {
        return usesCountdown;
    }

    /** The calls of the function in layout order, before it gets probes. */
    List<CallBase> calls() {
        return calls;
    }

    /** The blocks of loops that are one step for the placement, where no register changes in them. */
    Set<BasicBlock> quietBlocks() {
        Set<BasicBlock> quiet = Collections.newSetFromMap(new IdentityHashMap<>());
        for (LoopTreatment.Unit unit : treatment.units()) {
            boolean changes = false;
            for (BasicBlock block : unit.blocks()) {
                changes |= isForFunction && uses[graph.indexOf(block)] > 0;
            }
            if (!changes) {
                quiet.addAll(unit.blocks());
            }
        }
        return quiet;
    }

    private void countUses(int index) {
        BasicBlock block = graph.block(index);
        for (Instruction at = block.first(); at != null; at = at.next()) {
            if (at instanceof CallBase call) {
                calls.add(call);
            }
            boolean candidate = at instanceof CallBase || at instanceof Load || at instanceof Store;
            if (candidate && costs.mayUseCountdown(at)) {
                uses[index]++;
                ownCalls[index] += at instanceof CallBase call && CallGraph.target(call) == graph.function() ? 1 : 0;
                assembly[index] += at instanceof CallBase call && call.callee() instanceof InlineAsm ? 1 : 0;
                usesCountdown = true;
            }
        }
    }

    private boolean needsNoBudget() {
        double used = 0;
        double iterations = 0;
        boolean each = true;
        for (Loop loop : treatment.loops().topLevel()) {
            double usedInLoop = called(loop);
            double iterationsOfLoop = iterations(loop);
            used += usedInLoop;
            iterations += iterationsOfLoop;
            each &= usedInLoop <= SELDOM * iterationsOfLoop
                    || usedInLoop - sum(loop, ownCalls) >= ALWAYS * iterationsOfLoop;
        }
        return each || used <= SELDOM * iterations;
    }

    /** How often the uses of a loop run, but for inline assembly. */
    private double called(Loop loop) {
        return sum(loop, uses) - sum(loop, assembly);
    }

    /** How often instructions of a loop run that are counted by block. */
    private double sum(Loop loop, int[] counts) {
        double sum = 0;
        for (int index : loop.blocks()) {
            sum += counts[index] * frequencies.of(index);
        }
        return sum;
    }

    private double iterations(Loop loop) {
        double iterations = 0;
        for (int index : loop.blocks()) {
            iterations += iterations(index);
        }
        return iterations;
    }

    /** How many iterations begin at a block for the placement, of a loop that is one step to it only one. */
    private double iterations(int index) {
        Loop loop = treatment.loops().headedBy(index);
        if (loop == null || treatment.isInsideUnit(graph.block(index))) {
            return 0;
        }
        return treatment.unitAt(graph.block(index)) == null ? frequencies.of(index) : frequencies.entering(loop);
    }

    /**
     * Whether the countdown is in a register wherever the loop jumps to a computed address. Each iteration of an interpreter would wait for it in
     * memory, and what loops there are in single operations says nothing of how often these run.
     */
    private boolean isPromotedWhereItJumps(Loop loop) {
        for (int index : loop.blocks()) {
            BasicBlock block = graph.block(index);
            if (block.last() instanceof IndirectBr && !blocks.contains(block)) {
                return false;
            }
        }
        return true;
    }

    private void promote(Loop loop) {
        if (treatment.unitAt(loop.headerBlock()) != null) {
            return;
        }
        if (called(loop) > OFTEN * frequencies.of(loop.header())) {
            loop.children().forEach(this::promote);
            return;
        }
        loop.blocks().forEach(index -> blocks.add(graph.block(index)));
    }
}
