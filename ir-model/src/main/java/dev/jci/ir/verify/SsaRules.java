package dev.jci.ir.verify;

import dev.jci.ir.Argument;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.DebugRecord;
import dev.jci.ir.Diagnostic;
import dev.jci.ir.ForwardReference;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.Invoke;
import dev.jci.ir.Phi;
import dev.jci.ir.Value;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.DominatorTree;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** The rules of static single assignment: definitions dominate uses, and phis have one value for each edge into their block. */
final class SsaRules {
    private final Function function;
    private final List<Diagnostic> found;
    private final ControlFlowGraph graph;
    private final DominatorTree dominators;
    private final IdentityHashMap<Instruction, Integer> order = new IdentityHashMap<>();

    private SsaRules(Function function, List<Diagnostic> found) {
        this.function = function;
        this.found = found;
        this.graph = ControlFlowGraph.of(function);
        this.dominators = DominatorTree.of(graph);
        int next = 0;
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                order.put(instruction, next++);
            }
        }
    }

    static void check(Function function, List<Diagnostic> found) {
        SsaRules rules = new SsaRules(function, found);
        for (int index = 0; index < rules.graph.size(); index++) {
            rules.checkBlock(index);
        }
    }

    private void checkBlock(int index) {
        BasicBlock block = graph.block(index);
        boolean phisEnded = false;
        for (Instruction instruction : block.instructions()) {
            if (instruction instanceof Phi phi) {
                if (phisEnded) {
                    found.add(Diagnostic.error("PHI nodes not grouped at top of basic block!", phi.position()));
                }
                checkPhi(phi, index);
                continue;
            }
            phisEnded = true;
            if (!graph.isReachable(index)) {
                continue;
            }
            for (int i = 0; i < instruction.operandCount(); i++) {
                checkUse(instruction.operand(i), instruction, index);
            }
            for (DebugRecord debugRecord : instruction.debugRecords()) {
                if (debugRecord.operands().isEmpty()) {
                    found.add(Diagnostic.error("debug record without operands", debugRecord.position()));
                }
            }
        }
    }

    private void checkPhi(Phi phi, int index) {
        List<BasicBlock> expected = new ArrayList<>();
        for (int i = 0; i < graph.predecessorCount(index); i++) {
            expected.add(graph.block(graph.predecessor(index, i)));
        }
        IdentityHashMap<BasicBlock, Value> values = new IdentityHashMap<>();
        for (int i = 0; i < phi.incomingCount(); i++) {
            BasicBlock from = phi.incomingBlock(i);
            Value value = phi.incomingValue(i);
            if (!expected.remove(from)) {
                found.add(Diagnostic.error(
                        "PHINode should have one entry for each predecessor of its parent basic block!",
                        phi.position()));
                return;
            }
            Value other = values.put(from, value);
            if (other != null && !other.equals(value)) {
                found.add(Diagnostic.error(
                        "PHI node has multiple entries for the same basic block with different incoming values!",
                        phi.position()));
                return;
            }
            checkIncoming(phi, value, from);
        }
        if (!expected.isEmpty()) {
            found.add(Diagnostic.error(
                    "PHINode should have one entry for each predecessor of its parent basic block!", phi.position()));
        }
    }

    private void checkIncoming(Phi phi, Value value, BasicBlock from) {
        if (value instanceof ForwardReference) {
            found.add(Diagnostic.error("a value was used that is not defined", phi.position()));
        }
        if (!(value instanceof Instruction definition) || !graph.isReachable(graph.indexOf(from))) {
            return;
        }
        BasicBlock home = definition.parent();
        if (home == null || home.parent() != function || !dominatesEnd(definition, home, from)) {
            found.add(Diagnostic.error("Instruction does not dominate all uses!", phi.position()));
        }
    }

    private boolean dominatesEnd(Instruction definition, BasicBlock home, BasicBlock from) {
        if (definition instanceof Invoke invoke && home == from) {
            return invoke.normalDestination() != invoke.unwindDestination();
        }
        return dominators.dominates(graph.indexOf(home), graph.indexOf(from));
    }

    private void checkUse(Value value, Instruction user, int index) {
        switch (value) {
            case Instruction definition -> {
                if (!dominates(definition, user, index)) {
                    found.add(Diagnostic.error("Instruction does not dominate all uses!", user.position()));
                }
            }
            case Argument argument -> {
                if (argument.parent() != function) {
                    found.add(Diagnostic.error("Referring to an argument in another function!", user.position()));
                }
            }
            case ForwardReference reference ->
                found.add(Diagnostic.error("use of undefined value '%" + reference.name() + "'", user.position()));
            default -> {}
        }
    }

    private boolean dominates(Instruction definition, Instruction user, int index) {
        BasicBlock home = definition.parent();
        if (home == null || home.parent() != function) {
            return false;
        }
        int homeIndex = graph.indexOf(home);
        if (homeIndex == index) {
            return !graph.isReachable(index) || order.get(definition) < order.get(user);
        }
        if (definition instanceof Invoke invoke) {
            // The result exists only where the call returned.
            return dominators.dominates(graph.indexOf(invoke.normalDestination()), index);
        }
        return dominators.dominates(homeIndex, index);
    }
}
