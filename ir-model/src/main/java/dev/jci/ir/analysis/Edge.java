package dev.jci.ir.analysis;

/**
 * An edge of a control-flow graph.
 *
 * @param index the dense number of the edge in its {@link ControlFlowGraph}: edges are numbered by block, then by operand order
 * @param from the index of the block that the edge leaves
 * @param number which successor of that block this is, counted in operand order; parallel edges differ in it
 * @param to the index of the block that the edge enters
 */
public record Edge(int index, int from, int number, int to) {}
