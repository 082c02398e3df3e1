package dev.jci.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A function: {@code define} with a list of basic blocks, or {@code declare} without (LangRef, "Functions"). The first block is the
 * entry.
 */
public final class Function extends GlobalValue {
    private static final BasicBlock[] NONE = {};
    private static final int FEW = 4;

    private List<Argument> arguments = List.of();
    private CallingConvention callingConvention = CallingConvention.C;
    private AttributeSet returnAttributes = AttributeSet.EMPTY;
    private FunctionAttributes attributes = FunctionAttributes.NONE;
    private @Nullable String section;
    private @Nullable Comdat comdat;
    private long alignment;
    private long preferredAlignment;
    private @Nullable String garbageCollector;
    private @Nullable Constant prefixData;
    private @Nullable Constant prologueData;
    private @Nullable Constant personality;
    private final List<UseListOrder> useListOrders = new ArrayList<>();
    private @Nullable BasicBlock first;
    private @Nullable BasicBlock last;
    private @Nullable LocalNames localNames;
    private int blockCount;

    /** Blocks in layout order; between them may be others, which were inserted there. */
    private BasicBlock[] landmarks = NONE;

    private int landmarkCount;
    private boolean definition;
    private boolean implied;

    /**
     * @param name the name without {@code @}, null when unnamed
     * @param type the type of the function
     */
    public Function(@Nullable String name, FunctionType type) {
        super(name, type);
    }

    /** The type of the function. */
    public FunctionType functionType() {
        return (FunctionType) valueType();
    }

    /** The parameters, one for each fixed parameter of the type; immutable. */
    public List<Argument> arguments() {
        return arguments;
    }

    /** Replaces the parameters. */
    public void setArguments(List<Argument> arguments) {
        this.arguments = List.copyOf(arguments);
        arguments.forEach(argument -> {
            argument.setParent(this);
            localRenamed(null, argument.name());
        });
        forgetLocalNames();
    }

    /** The calling convention. */
    public CallingConvention callingConvention() {
        return callingConvention;
    }

    /** Changes the calling convention. */
    public void setCallingConvention(CallingConvention callingConvention) {
        this.callingConvention = callingConvention;
    }

    /** The attributes of the return value. */
    public AttributeSet returnAttributes() {
        return returnAttributes;
    }

    /** Changes the attributes of the return value. */
    public void setReturnAttributes(AttributeSet returnAttributes) {
        this.returnAttributes = returnAttributes;
    }

    /** The function attributes. */
    public FunctionAttributes attributes() {
        return attributes;
    }

    /** Changes the function attributes. */
    public void setAttributes(FunctionAttributes attributes) {
        this.attributes = attributes;
    }

    /** The section, null for none. */
    public @Nullable String section() {
        return section;
    }

    /** Changes the section. */
    public void setSection(@Nullable String section) {
        this.section = section;
    }

    /** The comdat, null for none. */
    public @Nullable Comdat comdat() {
        return comdat;
    }

    /** Changes the comdat. */
    public void setComdat(@Nullable Comdat comdat) {
        this.comdat = comdat;
    }

    /** The alignment in bytes, 0 when none is written. */
    public long alignment() {
        return alignment;
    }

    /** Changes the alignment; 0 for none. */
    public void setAlignment(long alignment) {
        this.alignment = alignment;
    }

    /** The preferred alignment in bytes ({@code prefalign}, LLVM 22 and later), 0 when none is written. */
    public long preferredAlignment() {
        return preferredAlignment;
    }

    /** Changes the preferred alignment; 0 for none. */
    public void setPreferredAlignment(long preferredAlignment) {
        this.preferredAlignment = preferredAlignment;
    }

    /** The garbage collector strategy, null for none. */
    public @Nullable String garbageCollector() {
        return garbageCollector;
    }

    /** Changes the garbage collector strategy. */
    public void setGarbageCollector(@Nullable String garbageCollector) {
        this.garbageCollector = garbageCollector;
    }

    /** The prefix data, null for none. */
    public @Nullable Constant prefixData() {
        return prefixData;
    }

    /** Changes the prefix data. */
    public void setPrefixData(@Nullable Constant prefixData) {
        this.prefixData = prefixData;
    }

    /** The prologue data, null for none. */
    public @Nullable Constant prologueData() {
        return prologueData;
    }

    /** Changes the prologue data. */
    public void setPrologueData(@Nullable Constant prologueData) {
        this.prologueData = prologueData;
    }

    /** The personality function, null for none. */
    public @Nullable Constant personality() {
        return personality;
    }

    /** Changes the personality function. */
    public void setPersonality(@Nullable Constant personality) {
        this.personality = personality;
    }

    /** The use-list orders written inside the body, a live list. */
    public List<UseListOrder> useListOrders() {
        return useListOrders;
    }

    @Override
    public boolean isDeclaration() {
        return first == null && !definition;
    }

    /** Notes that the function has a body, for a reader that has not read it yet. */
    public void setDefinition(boolean definition) {
        this.definition = definition;
    }

    /**
     * Whether this is an intrinsic that is called without being declared, as LLVM 19 and later allow. Calls of it need not agree about
     * its type.
     */
    public boolean isImplied() {
        return implied;
    }

    /** Notes that this is an intrinsic without a declaration. */
    public void setImplied(boolean implied) {
        this.implied = implied;
    }

    /**
     * The first block.
     *
     * @throws NoSuchElementException when there is no block
     */
    public BasicBlock entry() {
        if (first == null) {
            throw new NoSuchElementException(this + " has no blocks");
        }
        return first;
    }

    /** The last block in layout order, null when there is none. */
    public @Nullable BasicBlock lastBlock() {
        return last;
    }

    /** The number of blocks. */
    public int blockCount() {
        return blockCount;
    }

    /** The blocks in layout order. The block last given out may be removed, and blocks may be inserted, while iterating. */
    public Iterable<BasicBlock> blocks() {
        return () -> new Iterator<>() {
            private @Nullable BasicBlock upcoming = first;

            @Override
            public boolean hasNext() {
                return upcoming != null;
            }

            @Override
            public BasicBlock next() {
                BasicBlock block = upcoming;
                if (block == null) {
                    throw new NoSuchElementException();
                }
                upcoming = block.next;
                return block;
            }
        };
    }

    /**
     * The blocks in layout order, a new array. Going over it is faster than going from each block to the next one where the function is larger
     * than a cache: the processor need not wait for one block to know where the next one is.
     */
    public BasicBlock[] layout() {
        BasicBlock[] layout = new BasicBlock[blockCount];
        int count = 0;
        BasicBlock at = first;
        for (int i = 0; i <= landmarkCount; i++) {
            BasicBlock landmark = i < landmarkCount ? landmarks[i] : null;
            for (; at != landmark && at != null; at = at.next) {
                layout[count++] = at;
            }
            if (landmark != null) {
                layout[count++] = landmark;
                at = landmark.next;
            }
        }
        return layout;
    }

    /** Adds the block at the end. */
    public void append(BasicBlock block) {
        link(block, last, null);
    }

    /** Adds the block right before another block of this function. */
    public void insertBefore(BasicBlock block, BasicBlock successor) {
        link(block, successor.previous, successor);
    }

    /** Adds the block right after another block of this function. */
    public void insertAfter(BasicBlock block, BasicBlock predecessor) {
        link(block, predecessor, predecessor.next);
    }

    /** Takes the block out of the layout. Branches to it and phi inputs from it are the caller's to change. */
    public void remove(BasicBlock block) {
        if (block.parent() != this) {
            throw new IllegalArgumentException("the block is not in this function");
        }
        if (block.previous == null) {
            first = block.next;
        } else {
            block.previous.next = block.next;
        }
        if (block.next == null) {
            last = block.previous;
        } else {
            block.next.previous = block.previous;
        }
        block.previous = null;
        block.next = null;
        block.setParent(null);
        blockCount--;
        landmarks = NONE;
        landmarkCount = 0;
        forgetLocalNames();
    }

    private void link(BasicBlock block, @Nullable BasicBlock before, @Nullable BasicBlock after) {
        if (block.parent() != null) {
            throw new IllegalArgumentException("the block is already in a function");
        }
        block.previous = before;
        block.next = after;
        if (before == null) {
            first = block;
        } else {
            before.next = block;
        }
        if (after == null) {
            last = block;
        } else {
            after.previous = block;
        }
        block.setParent(this);
        if (after == null) {
            addLandmark(block);
        }
        blockCount++;
        localRenamed(null, block.name());
        for (Instruction at = block.first(); at != null; at = at.next()) {
            localRenamed(null, at.name());
        }
    }

    private void addLandmark(BasicBlock block) {
        if (landmarkCount == landmarks.length) {
            landmarks = Arrays.copyOf(landmarks, Math.max(FEW, 2 * landmarkCount));
        }
        landmarks[landmarkCount++] = block;
    }

    /** A local name that is still free: the name itself, or the name with a number behind it. */
    public String freshName(String name) {
        return localNames().fresh(name);
    }

    void localRenamed(@Nullable String from, @Nullable String to) {
        if (from != null && localNames != null) {
            localNames.remove(from);
        }
        if (to != null) {
            localNames().add(to);
        }
    }

    private LocalNames localNames() {
        if (localNames == null) {
            localNames = new LocalNames(this);
        }
        return localNames;
    }

    private void forgetLocalNames() {
        if (localNames != null) {
            localNames.forget();
        }
    }
}
