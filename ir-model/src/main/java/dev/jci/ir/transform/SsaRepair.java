package dev.jci.ir.transform;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Flags;
import dev.jci.ir.Instruction;
import dev.jci.ir.Phi;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.Type;
import dev.jci.ir.Use;
import dev.jci.ir.UseIndex;
import dev.jci.ir.Value;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.DominatorTree;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One variable with several definitions, brought back to SSA form: phis are put where definitions meet, on the iterated dominance frontier
 * (Cytron and others 1991), and only where the value is asked for. Where no definition reaches, the value is {@code poison}.
 *
 * <pre>{@code
 * SsaRepair repair = SsaRepair.of(dominators, type, Map.of(original, value, copy, copiedValue));
 * repair.rewrite(uses.uses(value), value, uses);
 * }</pre>
 */
public final class SsaRepair {
    private final ControlFlowGraph graph;
    private final DominatorTree dominators;
    private final Type type;
    private final @Nullable String name;
    private final @Nullable Value[] definitions;
    private final boolean[] joins;
    private final @Nullable Value[] atStart;
    private final Deque<Phi> unfilled = new ArrayDeque<>();
    private final List<Phi> made = new ArrayList<>();

    private SsaRepair(
            DominatorTree dominators, Type type, @Nullable String name, Map<BasicBlock, ? extends Value> values) {
        this.graph = dominators.graph();
        this.dominators = dominators;
        this.type = type;
        this.name = name;
        this.definitions = new Value[graph.size()];
        this.joins = new boolean[graph.size()];
        this.atStart = new Value[graph.size()];
        int[] blocks = new int[values.size()];
        int count = 0;
        for (Map.Entry<BasicBlock, ? extends Value> entry : values.entrySet()) {
            int block = graph.indexOf(entry.getKey());
            definitions[block] = entry.getValue();
            blocks[count++] = block;
        }
        for (int block : dominators.iteratedDominanceFrontier(blocks)) {
            joins[block] = true;
        }
    }

    /**
     * Prepares the repair; the function is changed by the queries.
     *
     * @param dominators the dominators of the function as it is now
     * @param type the type of the variable
     * @param values for each block that defines the variable what it is at its end
     */
    public static SsaRepair of(DominatorTree dominators, Type type, Map<BasicBlock, ? extends Value> values) {
        String name = values.values().stream()
                .filter(Instruction.class::isInstance)
                .map(value -> ((Instruction) value).name())
                .filter(given -> given != null)
                .sorted()
                .findFirst()
                .orElse(null);
        return new SsaRepair(dominators, type, name, values);
    }

    /** What the variable is at the end of the block. */
    public Value atEnd(BasicBlock block) {
        Value value = findAtEnd(graph.indexOf(block));
        fill();
        return value;
    }

    /** What the variable is at the start of the block, before any definition in it. */
    public Value atStart(BasicBlock block) {
        Value value = findAtStart(graph.indexOf(block));
        fill();
        return value;
    }

    /**
     * What the variable is where an operand is read: for a phi at the end of the block that the input comes from, else at the instruction.
     * A definition of the same block counts when it is an instruction before the reader.
     */
    public Value at(Use use) {
        if (use.user() instanceof Phi phi && use.index() >= 0) {
            return atEnd(phi.incomingBlock(use.index() / 2));
        }
        BasicBlock block = use.user().parent();
        if (block == null) {
            throw new IllegalArgumentException("the user is in no block");
        }
        Value own = definitions[graph.indexOf(block)];
        boolean before = own instanceof Instruction definition
                && (definition.parent() != block || dominators.dominates(definition, use.user()));
        return own != null && before ? own : atStart(block);
    }

    /** Makes each use read what reaches it instead of the given value. New phis get into the index. */
    public void rewrite(List<Use> uses, Value from, UseIndex index) {
        for (Use use : uses) {
            Value value = at(use);
            if (value != from) {
                index.replaceUse(use, from, value);
            }
        }
        made.forEach(index::add);
        made.clear();
    }

    private Value findAtEnd(int block) {
        Value own = definitions[block];
        return own != null ? own : findAtStart(block);
    }

    /** Walks up the dominator tree to the closest definition or join. */
    private Value findAtStart(int start) {
        int block = start;
        Value found = null;
        while (found == null) {
            if (atStart[block] != null) {
                found = atStart[block];
            } else if (joins[block]) {
                found = join(block);
            } else if (dominators.immediateDominator(block) < 0) {
                found = SimpleConstant.poison(type);
            } else {
                int above = dominators.immediateDominator(block);
                if (definitions[above] != null) {
                    found = definitions[above];
                } else {
                    block = above;
                }
            }
        }
        for (int at = start; at != block; at = dominators.immediateDominator(at)) {
            atStart[at] = found;
        }
        atStart[block] = found;
        return found;
    }

    private Phi join(int index) {
        BasicBlock block = graph.block(index);
        Phi phi = new Phi(type, Flags.NONE);
        if (name != null && block.parent() != null) {
            phi.setName(block.parent().freshName(name));
        }
        Instruction first = block.first();
        if (first == null) {
            throw new IllegalStateException("block " + block + " is empty");
        }
        block.insertBefore(phi, first);
        atStart[index] = phi;
        unfilled.add(phi);
        return phi;
    }

    private void fill() {
        while (!unfilled.isEmpty()) {
            Phi phi = unfilled.remove();
            BasicBlock block = phi.parent();
            if (block == null) {
                throw new IllegalStateException("the phi was taken out");
            }
            for (int predecessor : graph.predecessors(graph.indexOf(block))) {
                Value value = graph.isReachable(predecessor) ? findAtEnd(predecessor) : SimpleConstant.poison(type);
                phi.addIncoming(value, graph.block(predecessor));
            }
            made.add(phi);
        }
    }
}
