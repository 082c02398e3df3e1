package dev.jci.ir;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A basic block: instructions of which the last is a {@link Terminator} (LangRef, "Functions"). As an operand it is a label.
 * Inserting and removing instructions takes constant time.
 */
public final class BasicBlock implements Value {
    private @Nullable String name;
    private @Nullable Function parent;

    @Nullable
    BasicBlock previous;

    @Nullable
    BasicBlock next;

    private @Nullable Instruction first;
    private @Nullable Instruction last;
    private int position = -1;
    private int number = -1;

    /** The number that {@link SlotNumbers} last gave the value where it has no name; only a hint, -1 for none. */
    int slot = -1;

    /**
     * @param name the label without {@code %}, null when the printer is to number the block
     */
    public BasicBlock(@Nullable String name) {
        this.name = name;
    }

    @Override
    public Type type() {
        return SpecialType.LABEL;
    }

    /** The label without {@code %}, null when the printer is to number the block. */
    public @Nullable String name() {
        return name;
    }

    /** Renames the block. */
    public void setName(@Nullable String name) {
        if (parent != null) {
            parent.localRenamed(this.name, name);
        }
        this.name = name;
    }

    /** The function that holds the block, null before it has been added to one. */
    public @Nullable Function parent() {
        return parent;
    }

    void setParent(@Nullable Function parent) {
        this.parent = parent;
    }

    /** The next block in layout order, null for the last. */
    public @Nullable BasicBlock next() {
        return next;
    }

    /** The block before this one in layout order, null for the first. */
    public @Nullable BasicBlock previous() {
        return previous;
    }

    /** Where the block begins in the source, an offset; -1 when unknown. */
    public int position() {
        return position;
    }

    /** Notes where the block begins in the source. */
    public void setPosition(int position) {
        this.position = position;
    }

    /**
     * The number that the last analysis of the function gave the block, so that tables by block can be arrays; -1 for none. Only a hint: blocks
     * come and go, and another analysis may have numbered them anew.
     */
    public int number() {
        return number;
    }

    /** Numbers the block. */
    public void setNumber(int number) {
        this.number = number;
    }

    /** The first instruction, null when the block is empty. */
    public @Nullable Instruction first() {
        return first;
    }

    /** The last instruction, null when the block is empty. */
    public @Nullable Instruction last() {
        return last;
    }

    /** Whether the block has no instructions. */
    public boolean isEmpty() {
        return first == null;
    }

    /**
     * The last instruction of a finished block.
     *
     * @throws IllegalStateException when the block does not end in a terminator
     */
    public Terminator terminator() {
        if (last instanceof Terminator terminator) {
            return terminator;
        }
        throw new IllegalStateException("block %" + name + " has no terminator");
    }

    /** The instructions in order. The one last given out may be removed, and others may be inserted, while iterating. */
    public Iterable<Instruction> instructions() {
        return () -> new Iterator<>() {
            private @Nullable Instruction upcoming = first;

            @Override
            public boolean hasNext() {
                return upcoming != null;
            }

            @Override
            public Instruction next() {
                Instruction instruction = upcoming;
                if (instruction == null) {
                    throw new NoSuchElementException();
                }
                upcoming = instruction.next;
                return instruction;
            }
        };
    }

    /** The phis at the head of the block. */
    public List<Phi> phis() {
        List<Phi> phis = new ArrayList<>();
        for (Instruction at = first; at instanceof Phi phi; at = at.next) {
            phis.add(phi);
        }
        return phis;
    }

    /** The first instruction that is not a phi; null when there is none. */
    public @Nullable Instruction firstNonPhi() {
        Instruction at = first;
        while (at instanceof Phi) {
            at = at.next;
        }
        return at;
    }

    /**
     * Where instructions may first be inserted: behind phis and a landing pad, catch pad or cleanup pad. Null when there is no such
     * place, as in a block with a {@code catchswitch}.
     */
    public @Nullable Instruction firstInsertionPoint() {
        Instruction at = firstNonPhi();
        if (at instanceof CatchSwitch) {
            return null;
        }
        return at instanceof LandingPad || at instanceof CatchPad || at instanceof CleanupPad ? at.next : at;
    }

    /** Adds the instruction at the end. */
    public void append(Instruction instruction) {
        link(instruction, last, null);
    }

    /** Adds the instruction right before another one of this block. */
    public void insertBefore(Instruction instruction, Instruction successor) {
        link(instruction, successor.previous, successor);
    }

    /** Adds the instruction right after another one of this block. */
    public void insertAfter(Instruction instruction, Instruction predecessor) {
        link(instruction, predecessor, predecessor.next);
    }

    /** Takes the instruction out; its debug records go to the instruction behind it. Its uses are the caller's to change. */
    public void remove(Instruction instruction) {
        if (instruction.parent() != this) {
            throw new IllegalArgumentException("the instruction is not in this block");
        }
        Instruction before = instruction.previous;
        Instruction after = instruction.next;
        if (after != null && !instruction.debugRecords().isEmpty()) {
            List<DebugRecord> records = new ArrayList<>(instruction.debugRecords());
            records.addAll(after.debugRecords());
            after.setDebugRecords(records);
            instruction.setDebugRecords(List.of());
        }
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        instruction.previous = null;
        instruction.next = null;
        instruction.setParent(null);
        if (parent != null && instruction.name() != null) {
            parent.localRenamed(instruction.name(), null);
        }
    }

    private void link(Instruction instruction, @Nullable Instruction before, @Nullable Instruction after) {
        if (instruction.parent() != null) {
            throw new IllegalArgumentException("the instruction is already in a block");
        }
        instruction.previous = before;
        instruction.next = after;
        if (before == null) {
            first = instruction;
        } else {
            before.next = instruction;
        }
        if (after == null) {
            last = instruction;
        } else {
            after.previous = instruction;
        }
        instruction.setParent(this);
        if (parent != null && instruction.name() != null) {
            parent.localRenamed(null, instruction.name());
        }
    }

    /**
     * Splits the block: what begins with the given instruction moves to a new block right behind this one, and a branch to it ends this
     * one. Phis of the successors are told. Takes time in the number of instructions moved, also where each of many predecessors of a block
     * with phis is split, in the order of the phis or against it.
     *
     * @param start the first instruction to move; not a phi
     * @param newName the label of the new block, made unique; null for none
     * @return the new block
     */
    public BasicBlock splitBefore(Instruction start, @Nullable String newName) {
        Function function = parent;
        if (function == null || start.parent() != this || start instanceof Phi) {
            throw new IllegalArgumentException("cannot split the block there");
        }
        BasicBlock tail = new BasicBlock(newName == null ? null : function.freshName(newName));
        function.insertAfter(tail, this);
        tail.first = start;
        tail.last = last;
        last = start.previous;
        if (last == null) {
            first = null;
        } else {
            last.next = null;
        }
        start.previous = null;
        for (Instruction at = start; at != null; at = at.next) {
            at.setParent(tail);
        }
        if (tail.last instanceof Terminator terminator) {
            Map<BasicBlock, Integer> edges = new LinkedHashMap<>();
            terminator.successors().forEach(successor -> edges.merge(successor, 1, Integer::sum));
            edges.forEach((successor, count) -> successor.replacePhiPredecessor(this, tail, count));
        }
        Br jump = new Br(tail);
        append(jump);
        jump.setDebugLocationFrom(start);
        return tail;
    }

    /**
     * Splits the edges from this block to a successor: all of them go through one new block afterwards.
     *
     * @param successor a successor of this block that does not begin with an exception-handling pad
     * @param newName the label of the new block, made unique; null for none
     * @return the new block, which only branches to the successor
     * @throws IllegalArgumentException when the edge cannot be split: the terminator is {@code indirectbr} or {@code callbr}, or the
     *     successor is an exception-handling pad
     */
    public BasicBlock splitEdge(BasicBlock successor, @Nullable String newName) {
        Function function = parent;
        Instruction end = last;
        if (function == null
                || !(end instanceof Terminator)
                || end instanceof IndirectBr
                || end instanceof CallBr
                || successor.isPad()) {
            throw new IllegalArgumentException("cannot split the edge");
        }
        BasicBlock middle = new BasicBlock(newName == null ? null : function.freshName(newName));
        function.insertAfter(middle, this);
        Br jump = new Br(successor);
        middle.append(jump);
        jump.setDebugLocationFrom(end);
        end.replaceOperand(successor, middle);
        for (Phi phi : successor.phis()) {
            phi.mergeIncoming(this, middle);
        }
        return middle;
    }

    /** Whether the block begins with {@code landingpad}, {@code catchswitch}, {@code catchpad} or {@code cleanuppad}. */
    public boolean isPad() {
        return firstNonPhi() instanceof ExceptionPad;
    }

    /** Makes the phis of this block take from another predecessor what they took from one; in time of the phis. */
    public void replacePhiPredecessor(BasicBlock from, BasicBlock to) {
        replacePhiPredecessor(from, to, Integer.MAX_VALUE);
    }

    private void replacePhiPredecessor(BasicBlock from, BasicBlock to, int edges) {
        for (Instruction at = first; at instanceof Phi phi; at = at.next) {
            phi.replaceIncoming(from, to, edges);
        }
    }

    /** The label as LLVM writes it as an operand, with {@code %}; {@code %<unnamed>} for a numbered one. */
    @Override
    public String toString() {
        return "%" + (name == null ? "<unnamed>" : ByteString.quoteIfNeeded(name));
    }
}
