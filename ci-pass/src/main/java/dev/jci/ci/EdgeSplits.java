package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Br;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.Phi;
import dev.jci.ir.Switch;
import dev.jci.ir.Value;
import dev.jci.ir.analysis.ControlFlowGraph;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Puts blocks on edges as {@link BasicBlock#splitEdge} does, but many in time of the edges: the phis of a block are told once of all the
 * edges to it, and a switch is not searched for each of its cases.
 */
final class EdgeSplits {
    private final ControlFlowGraph graph;
    private final LargeBranches branches;
    private final IdentityHashMap<BasicBlock, BasicBlock> moved = new IdentityHashMap<>();
    private final List<BasicBlock> sources = new ArrayList<>();

    EdgeSplits(ControlFlowGraph graph, LargeBranches branches) {
        this.graph = graph;
        this.branches = branches;
    }

    /**
     * Puts a block on the edges between two blocks that can be split. The phis of the target are right when {@link #finish} was called.
     *
     * @param source the number of a block whose edges are where they were when the graph was made
     */
    BasicBlock split(int source, int target) {
        BasicBlock from = graph.block(source);
        BasicBlock to = graph.block(target);
        Function function = graph.function();
        Instruction end = from.terminator().asInstruction();
        BasicBlock middle = new BasicBlock(function.freshName("ci.edge"));
        function.insertAfter(middle, from);
        Br jump = new Br(to);
        middle.append(jump);
        jump.setDebugLocationFrom(end);
        if (end instanceof Switch choice && branches.isLarge(source)) {
            branches.forEach(source, target, edge -> choice.setTarget(edge, middle));
        } else {
            end.replaceOperand(to, middle);
        }
        if (to.first() instanceof Phi) {
            moved.put(from, middle);
            sources.add(from);
        }
        return middle;
    }

    /** Tells the phis of a block which edges to it were split. */
    void finish(int target) {
        if (sources.isEmpty()) {
            return;
        }
        for (Instruction at = graph.block(target).first(); at instanceof Phi phi; at = at.next()) {
            redirect(phi);
        }
        moved.clear();
        sources.clear();
    }

    /** What came from the sources comes from the new blocks, and stands behind the rest. */
    private void redirect(Phi phi) {
        IdentityHashMap<BasicBlock, Value> values = new IdentityHashMap<>();
        List<Value> incoming = new ArrayList<>(phi.operandCount());
        for (int i = 0; i < phi.incomingCount(); i++) {
            BasicBlock block = phi.incomingBlock(i);
            if (moved.containsKey(block)) {
                values.putIfAbsent(block, phi.incomingValue(i));
            } else {
                incoming.add(phi.incomingValue(i));
                incoming.add(block);
            }
        }
        for (BasicBlock source : sources) {
            Value value = values.get(source);
            BasicBlock middle = moved.get(source);
            if (value != null && middle != null) {
                incoming.add(value);
                incoming.add(middle);
            }
        }
        phi.setIncoming(incoming.toArray(Value[]::new));
    }
}
