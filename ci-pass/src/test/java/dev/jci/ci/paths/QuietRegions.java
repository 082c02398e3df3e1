package dev.jci.ci.paths;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Cast;
import dev.jci.ir.CondBr;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.DataLayout;
import dev.jci.ir.Instruction;
import dev.jci.ir.Module;
import dev.jci.ir.Phi;
import dev.jci.ir.Select;
import dev.jci.ir.Store;
import dev.jci.ir.Value;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.DominatorTree;
import dev.jci.ir.analysis.Edge;
import dev.jci.ir.analysis.Loop;
import dev.jci.ir.analysis.LoopForest;
import dev.jci.ir.analysis.TripCount;
import dev.jci.ir.analysis.TripCounts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The loops of a function that have no probe in them, the outermost ones. */
final class QuietRegions {
    private final ControlFlowGraph graph;
    private final Calls calls;
    private final Chunks chunks;
    private final DominatorTree dominators;
    private final Map<Integer, Region> regions = new HashMap<>();
    private final Set<Integer> inside = new HashSet<>();

    /**
     * How much work a chunk of a loop may do.
     *
     * @param fromBudget where it is taken from the budget of a register
     * @param fromCountdown where it is taken from the countdown: whatever it is, it counts as the former, since it is counted already
     */
    record Chunks(long fromBudget, long fromCountdown) {}

    /**
     * A loop without a probe.
     *
     * @param exits the ways out of it
     * @param total the most work of all its iterations; -1 when the register says what is reserved
     * @param iteration the most work of one iteration
     */
    record Region(List<Edge> exits, long total, long iteration) {
        /** Behind the loop. */
        State through(State before) {
            if (total >= 0) {
                return before.done(total);
            }
            long reserved = reservedForEach(before.register());
            if (reserved < iteration) {
                throw new AssertionError(reserved + " is reserved for an iteration of " + iteration);
            }
            return before;
        }
    }

    private QuietRegions(ControlFlowGraph graph, Calls calls, Chunks chunks) {
        this.graph = graph;
        this.calls = calls;
        this.chunks = chunks;
        this.dominators = DominatorTree.of(graph);
    }

    static QuietRegions of(ControlFlowGraph graph, Calls calls, Chunks chunks) {
        QuietRegions regions = new QuietRegions(graph, calls, chunks);
        LoopForest.of(graph, regions.dominators).topLevel().forEach(regions::find);
        return regions;
    }

    /** The region whose loop has that header; null for none. */
    @Nullable
    Region beginsAt(int header) {
        return regions.get(header);
    }

    /** Whether a block belongs to a region and is not its header. */
    boolean isInside(int block) {
        return inside.contains(block);
    }

    private void find(Loop loop) {
        long iteration = isQuiet(loop) ? iteration(loop) : -1;
        long total = iteration < 0 ? -1 : total(loop, iteration);
        boolean reserved = iteration >= 0 && isReserved(loop);
        if (total < 0 && !reserved) {
            loop.children().forEach(this::find);
            return;
        }
        long all = reserved ? takenFromCountdown(loop, iteration) : total;
        regions.put(loop.header(), new Region(loop.exitEdges(), all, iteration));
        inside.addAll(loop.blocks());
        inside.remove(loop.header());
    }

    private boolean isQuiet(Loop loop) {
        for (int block : loop.blocks()) {
            for (Instruction at : graph.block(block).instructions()) {
                boolean counts =
                        isNamed(at, "ci.left") || (isNamed(at, "ci.countdown") && at instanceof BinaryOperator);
                boolean stores = at instanceof Store && FunctionPaths.usesCountdown(at);
                if (stores || counts || !calls.isQuiet(at)) {
                    return false;
                }
            }
        }
        return !loop.touchesIrreducible();
    }

    private static boolean isNamed(Instruction at, String name) {
        return at.name() != null && at.name().startsWith(name);
    }

    /** The most that is taken from the countdown before a loop for its turns; -1 when it is taken from what is left of a budget. */
    private long takenFromCountdown(Loop loop, long iteration) {
        for (int source : loop.outsidePredecessors()) {
            for (Phi turns : graph.block(source).phis()) {
                if (isNamed(turns, "ci.turns") && turns.incomingValue(0) instanceof Phi fitting) {
                    long most = takenFor(fitting, iteration);
                    if (most > chunks.fromCountdown()) {
                        throw new AssertionError("a chunk of " + most + ", more than " + chunks.fromCountdown());
                    }
                    return Math.min(most, chunks.fromBudget());
                }
            }
        }
        return -1;
    }

    /** What the ways to a chunk take from the countdown: each for its turns, and none for more than all turns. */
    private static long takenFor(Phi turns, long iteration) {
        long most = -1;
        for (int i = 0; i < turns.incomingCount(); i++) {
            Value amount = takenIn(turns.incomingBlock(i));
            long reserved = factor(amount);
            if (reserved < iteration) {
                throw new AssertionError(reserved + " is reserved for an iteration of " + iteration);
            }
            boolean isForTheseTurns = amount == turns.incomingValue(i)
                    || (amount instanceof BinaryOperator product && product.left() == turns.incomingValue(i));
            boolean isBounded = i == 0 || isWithin(turns.incomingValue(i), takenIn(turns.incomingBlock(0)), reserved);
            if (!isForTheseTurns || !isBounded) {
                throw new AssertionError("turns that nothing is reserved for: " + turns.incomingValue(i));
            }
            most = i == 0 ? mostReserved(amount) : most;
        }
        return most;
    }

    /** Whether a number of turns is one and what others there is room for: work of none to all but one, divided by that of one turn. */
    private static boolean isWithin(Value turns, Value all, long each) {
        return turns instanceof BinaryOperator sum
                && sum.operation() == BinaryOpcode.ADD
                && isConstant(sum.right(), 1)
                && sum.left() instanceof Cast wide
                && wide.value() instanceof BinaryOperator quotient
                && quotient.operation() == BinaryOpcode.UDIV
                && isConstant(quotient.right(), each)
                && quotient.left() instanceof Cast narrow
                && narrow.value() instanceof Select greatest
                && isConstant(greatest.ifFalse(), 0)
                && greatest.ifTrue() instanceof Select most
                && most.ifFalse() instanceof BinaryOperator others
                && others.operation() == BinaryOpcode.SUB
                && others.left() == all
                && isConstant(others.right(), each);
    }

    private static boolean isConstant(Value value, long expected) {
        return value instanceof ConstantInt constant && constant.longValue() == expected;
    }

    private static Value takenIn(BasicBlock block) {
        for (Instruction at : block.instructions()) {
            if (at instanceof BinaryOperator taken
                    && isNamed(at, "ci.countdown")
                    && !(taken.right() instanceof ConstantInt)) {
                return taken.right();
            }
        }
        throw new AssertionError("nothing is reserved in " + block);
    }

    /** Whether the loop stops at the limit of what was reserved for it. */
    private boolean isReserved(Loop loop) {
        OptionalInt latch = loop.latch();
        return latch.isPresent()
                && graph.block(latch.getAsInt()).last() instanceof CondBr branch
                && branch.condition() instanceof Instruction condition
                && condition.name() != null
                && condition.name().startsWith("ci.goes.on");
    }

    /** The most work of all iterations; -1 when it is not known. */
    private long total(Loop loop, long iteration) {
        OptionalInt latch = loop.latch();
        if (latch.isEmpty()) {
            return -1;
        }
        TripCount count = TripCounts.ofExit(loop, latch.getAsInt(), dominators, DataLayout.of(module()));
        return count instanceof TripCount.Known known && known.backedgeTaken() >= 0
                ? (known.backedgeTaken() + 1) * iteration
                : -1;
    }

    private Module module() {
        Module module = graph.function().parent();
        if (module == null) {
            throw new IllegalArgumentException("a function in no module");
        }
        return module;
    }

    /** The most work on a way from the header to the end of a block; -1 when an inner loop has no bound. */
    private long iteration(Loop loop) {
        Map<Integer, Long> end = new HashMap<>();
        long most = 0;
        for (int block : loop.blocks()) {
            Loop inner = childWith(loop, block);
            long before = 0;
            for (int source : graph.distinctPredecessors(block)) {
                if (block != loop.header() && graph.placeOf(source) < graph.placeOf(block)) {
                    before = Math.max(before, end.getOrDefault(source, 0L));
                }
            }
            long work = 0;
            if (inner == null) {
                work = work(graph.block(block));
            } else if (inner.header() == block) {
                long each = iteration(inner);
                work = each < 0 ? -1 : total(inner, each);
            }
            if (work < 0) {
                return -1;
            }
            end.put(block, before + work);
            most = Math.max(most, before + work);
        }
        return most;
    }

    private static @Nullable Loop childWith(Loop loop, int block) {
        for (Loop child : loop.children()) {
            if (child.contains(block)) {
                return child;
            }
        }
        return null;
    }

    private long work(BasicBlock block) {
        long work = 0;
        for (Instruction at : block.instructions()) {
            work += calls.own(at) + Math.max(0, calls.callee(at).through());
        }
        return work;
    }

    /** What was reserved for an iteration when the register got that value. */
    private static long reservedForEach(@Nullable Value register) {
        return switch (register) {
            case BinaryOperator difference
            when !(difference.right() instanceof ConstantInt) -> factor(difference.right());
            case Phi phi -> reservedForEach(phi.operand(0));
            case null, default -> throw new AssertionError("nothing is reserved in " + register);
        };
    }

    private static long factor(Value reserved) {
        return reserved instanceof BinaryOperator product
                        && product.operation() == BinaryOpcode.MUL
                        && product.right() instanceof ConstantInt each
                ? each.longValue()
                : 1;
    }

    /** The most that is reserved: the product of what an iteration does and how many there are, which is one more than a minimum. */
    static long mostReserved(Value reserved) {
        Value iterations = reserved instanceof BinaryOperator product && product.operation() == BinaryOpcode.MUL
                ? product.left()
                : reserved;
        if (iterations instanceof BinaryOperator sum
                && sum.operation() == BinaryOpcode.ADD
                && sum.left() instanceof Select least
                && least.ifFalse() instanceof ConstantInt most) {
            return (most.longValue() + 1) * factor(reserved);
        }
        throw new AssertionError("not what is reserved for a loop: " + reserved);
    }
}
