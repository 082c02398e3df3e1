/**
 * Analyses of functions and modules. Each is a function from its inputs to an immutable result, computed once and valid as long as the
 * function is not edited:
 *
 * <pre>{@code
 * ControlFlowGraph graph = ControlFlowGraph.of(function);
 * DominatorTree dominators = DominatorTree.of(graph);
 * LoopForest loops = LoopForest.of(graph, dominators);
 * }</pre>
 *
 * <p>Blocks are known by their index in layout order. All orders are stable: the same function gives the same result everywhere.
 */
@NullMarked
package dev.jci.ir.analysis;

import org.jspecify.annotations.NullMarked;
