package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.CondBr;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Flags;
import dev.jci.ir.Function;
import dev.jci.ir.ICmp;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.IrBuilder;
import dev.jci.ir.Phi;
import dev.jci.ir.PointerType;
import dev.jci.ir.Select;
import dev.jci.ir.UseIndex;
import dev.jci.ir.Value;
import dev.jci.ir.analysis.InductionVariable;
import dev.jci.ir.analysis.TripCount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes two loops of one whose iterations can be counted beforehand (PLDI 2021, section 4, loop transformation): the outer one reserves the
 * work of a chunk of iterations from the budget, the inner one runs the chunk without any probe and with one comparison, as before.
 *
 * <pre>
 *   preheader:  rest = back edges to take
 *   chunk head: turns = min(rest, N - 1) + 1;  reserve turns * work
 *   chunk:      limit = counter + turns * step;  rest -= turns
 *   loop:       ...; if (next counter != limit) goto loop
 *   chunk end:  if (rest == -1) leave;  goto chunk head
 * </pre>
 *
 * <p>Where the reservation finds less than that before the handler is due, there may be fewer turns in the chunk.
 *
 * <p>Where the loop is left before its latch, what was reserved and is not needed is given back.
 */
final class StripMining {
    private final QuietLoops.Chunked chunked;
    private final Function function;
    private final InductionVariable counter;
    private final BasicBlock preheader;
    private final BasicBlock header;
    private final BasicBlock latch;
    private final IntegerType width;
    private final long iterations;

    /**
     * What became of a loop.
     *
     * @param head the block that is run before each chunk; the work is to be reserved before its terminator
     * @param reserved the work of the chunk
     * @param turns how many iterations the chunk has, in the block behind the head: a phi, so that the reservation can make it fewer
     * @param work the work of one of them
     * @param end the block that is run behind each chunk
     * @param blocks the blocks of the inner loop, the header first
     * @param added instructions in other blocks that are no work of the program
     * @param corrections for the blocks on other ways out: the work to count there, mostly negative
     * @param isNested whether the loop was inside another one
     * @param limit what keeps a chunk from becoming too long
     */
    record Result(
            BasicBlock head,
            Value reserved,
            Phi turns,
            long work,
            BasicBlock end,
            List<BasicBlock> blocks,
            List<Instruction> added,
            IdentityHashMap<BasicBlock, Value> corrections,
            boolean isNested,
            Limit limit) {}

    /**
     * The comparison of the back edges that are left with the most that a chunk may have, and the choice of the smaller number.
     *
     * @param most the most work of an iteration
     */
    record Limit(LoopCounter counter, long most, ICmp isLess, Select choice) {
        /** Lets a chunk do more work, where the counter goes so far. */
        void raise(long work) {
            long iterations = work / most;
            if (counter.reaches(iterations)) {
                ConstantInt backEdges = ConstantInt.i64(iterations - 1);
                isLess.setOperand(1, backEdges);
                choice.setOperand(2, backEdges);
            }
        }
    }

    private StripMining(QuietLoops.Chunked chunked, BasicBlock preheader, long budget) {
        this.chunked = chunked;
        this.function = requireFunction(chunked.latch());
        this.counter = chunked.counter().variable();
        this.preheader = preheader;
        this.header = chunked.loop().headerBlock();
        this.latch = chunked.latch();
        this.width = IntegerType.of(counter.bits());
        this.iterations = budget / chunked.most();
    }

    private static Function requireFunction(BasicBlock block) {
        Function function = block.parent();
        if (function == null) {
            throw new IllegalArgumentException("a block in no function");
        }
        return function;
    }

    /**
     * Transforms loops of one function, none of which is inside another one.
     *
     * @param budget the most work that a chunk may do
     */
    static List<Result> apply(List<QuietLoops.Chunked> loops, long budget) {
        List<Result> results = new ArrayList<>();
        for (QuietLoops.Chunked chunked : loops) {
            int preheader = chunked.loop().preheader().orElseThrow();
            BasicBlock before = chunked.loop().forest().graph().block(preheader);
            results.add(new StripMining(chunked, before, budget).transform());
        }
        if (!loops.isEmpty()) {
            removeUnused(loops);
        }
        return results;
    }

    /** Takes out the comparisons at the latches that nothing asks for any more. */
    private static void removeUnused(List<QuietLoops.Chunked> loops) {
        Set<Value> unused = Collections.newSetFromMap(new IdentityHashMap<>());
        loops.forEach(chunked -> unused.add(chunked.counter().comparison()));
        for (BasicBlock block : requireFunction(loops.getFirst().latch()).blocks()) {
            for (Instruction at = block.first(); at != null && !unused.isEmpty(); at = at.next()) {
                UseIndex.forEachUsed(at, value -> {
                    if (value instanceof ICmp) {
                        unused.remove(value);
                    }
                });
            }
        }
        for (QuietLoops.Chunked chunked : loops) {
            if (unused.contains(chunked.counter().comparison())) {
                chunked.counter().comparison().remove();
            }
        }
    }

    private Result transform() {
        List<BasicBlock> blocks = chunked.loop().blocks().stream()
                .map(chunked.loop().forest().graph()::block)
                .toList();
        chunked.counter().define();
        Instruction before = preheader.terminator().asInstruction().previous();
        Value taken = backEdgesTaken();
        List<Instruction> added = addedBehind(before);
        BasicBlock head = new BasicBlock(function.freshName("ci.chunk"));
        function.insertBefore(head, header);
        BasicBlock begin = new BasicBlock(function.freshName("ci.chunk.begin"));
        function.insertBefore(begin, header);
        BasicBlock end = new BasicBlock(function.freshName("ci.chunk.end"));
        function.insertAfter(end, latch);
        Instruction entrance = preheader.terminator().asInstruction();
        entrance.replaceOperand(header, head);
        IdentityHashMap<Phi, Phi> outer = outerPhis(head, begin, end);

        IrBuilder at =
                IrBuilder.at(head).location(latch.terminator().asInstruction().debugLocation());
        Phi rest = at.named("ci.rest").insert(new Phi(IntegerType.I64, Flags.NONE));
        Value least = at.icmp(ICmpPredicate.ULT, rest, ConstantInt.i64(iterations - 1));
        Value take = at.select(least, rest, ConstantInt.i64(iterations - 1));
        Value most = at.named("ci.iterations").add(take, ConstantInt.i64(1));
        Value reserved = times(at.named("ci.reserved"), most, ConstantInt.i64(chunked.work()));
        at.br(begin);
        Phi turns = at.moveTo(begin).named("ci.turns").insert(new Phi(IntegerType.I64, Flags.NONE));
        turns.addIncoming(most, head);
        Value start = asInteger(at, outer.get(counter.phi()));
        Value distance = times(at, narrow(at, turns), ConstantInt.of(width, counter.step()));
        Value limit = at.named("ci.limit").add(start, distance);
        // One turn is more than the back edges: -1 behind the last chunk.
        Value fewer = at.named("ci.rest").sub(rest, turns);
        at.br(header);

        BasicBlock exit = leaveAt(limit, end);
        IrBuilder behind =
                IrBuilder.at(end).location(latch.terminator().asInstruction().debugLocation());
        behind.condBr(behind.icmp(ICmpPredicate.EQ, fewer, ConstantInt.i64(-1)), exit, head);
        exit.replacePhiPredecessor(latch, end);
        rest.setIncoming(new Value[] {taken, preheader, fewer, end});
        Limit bound = new Limit(chunked.counter(), chunked.most(), (ICmp) least, (Select) take);
        return new Result(
                head,
                reserved,
                turns,
                chunked.work(),
                end,
                blocks,
                added,
                corrections(outer, turns),
                chunked.loop().depth() > 1,
                bound);
    }

    /** How often the back edge is taken, computed in the preheader, as a 64-bit number. */
    private Value backEdgesTaken() {
        IrBuilder at = IrBuilder.before(preheader.terminator().asInstruction());
        return switch (chunked.count()) {
            case TripCount.Known known -> ConstantInt.i64(known.backedgeTaken());
            case TripCount.Symbolic symbolic -> {
                Value count = symbolic.emit(at);
                yield symbolic.bits() == 64 ? count : at.zext(count, IntegerType.I64);
            }
            case TripCount.Unknown unknown -> throw new IllegalStateException("a loop that cannot be counted");
        };
    }

    private List<Instruction> addedBehind(@Nullable Instruction before) {
        List<Instruction> added = new ArrayList<>();
        for (Instruction at = before == null ? preheader.first() : before.next();
                at != null && at != preheader.last();
                at = at.next()) {
            added.add(at);
        }
        return added;
    }

    /** Gives each phi of the header one in the head of the chunk, which it begins with. */
    private IdentityHashMap<Phi, Phi> outerPhis(BasicBlock head, BasicBlock begin, BasicBlock end) {
        IdentityHashMap<Phi, Phi> outer = new IdentityHashMap<>();
        for (Phi phi : header.phis()) {
            Value first = phi.incomingFrom(preheader);
            Value next = phi.incomingFrom(latch);
            if (first == null || next == null) {
                throw new IllegalStateException("a phi without its predecessors");
            }
            Phi around = new Phi(phi.type(), phi.flags());
            around.setName(function.freshName("ci.outer"));
            around.setIncoming(new Value[] {first, preheader, next, end});
            around.setDebugLocationFrom(phi);
            head.append(around);
            phi.setIncoming(new Value[] {around, begin, next, latch});
            outer.put(phi, around);
        }
        return outer;
    }

    /** Lets the latch leave for the end of the chunk at the limit; the block that it left for before. */
    private BasicBlock leaveAt(Value limit, BasicBlock end) {
        CondBr branch = (CondBr) latch.terminator().asInstruction();
        boolean trueStays = branch.ifTrue() == header;
        BasicBlock exit = trueStays ? branch.ifFalse() : branch.ifTrue();
        IrBuilder at = IrBuilder.before(branch);
        Value now = asInteger(at, counter.next());
        Value goesOn = at.named("ci.goes.on").icmp(trueStays ? ICmpPredicate.NE : ICmpPredicate.EQ, now, limit);
        branch.replaceOperand(exit, end);
        branch.setOperand(0, goesOn);
        return exit;
    }

    private static Value times(IrBuilder at, Value value, ConstantInt factor) {
        return factor.longValue() == 1 ? value : at.mul(value, factor);
    }

    private Value asInteger(IrBuilder at, Value value) {
        return value.type() instanceof PointerType ? at.ptrtoint(value, width) : value;
    }

    private Value narrow(IrBuilder at, Value value) {
        return width.bits() == 64 ? value : at.trunc(value, width);
    }

    /** On each other way out: the iterations done and the part of the one that is left, less what was reserved. */
    private IdentityHashMap<BasicBlock, Value> corrections(IdentityHashMap<Phi, Phi> outer, Phi turns) {
        IdentityHashMap<BasicBlock, Value> corrections = new IdentityHashMap<>();
        for (QuietLoops.EarlyExit exit : chunked.early()) {
            BasicBlock target = exit.to();
            BasicBlock middle = exit.from().splitEdge(target, "ci.early");
            IrBuilder at = IrBuilder.before(middle.terminator().asInstruction());
            Value first = asInteger(at, outer.get(counter.phi()));
            // Frozen, so that the code generator does not keep the correction itself up to date in each iteration.
            Value now = asInteger(at, at.freeze(counter.phi()));
            Value distance = counter.step() > 0 ? at.sub(now, first) : at.sub(first, now);
            long size = Math.abs(counter.step());
            Value done = size == 1 ? distance : at.binary(BinaryOpcode.UDIV, distance, ConstantInt.of(width, size));
            Value wide = width.bits() == 64 ? done : at.zext(done, IntegerType.I64);
            Value fewer = at.sub(wide, turns);
            Value work = times(at, fewer, ConstantInt.i64(chunked.work()));
            corrections.put(middle, at.named("ci.correction").add(work, ConstantInt.i64(exit.work())));
        }
        return corrections;
    }
}
