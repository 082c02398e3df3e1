package dev.jci.ir.analysis;

import dev.jci.ir.BasicBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The natural loops of a function, nested, and the cycles that are no natural loops (LLVM, "LLVM Loop Terminology").
 *
 * <p>A back edge is an edge whose target dominates its source. A cycle that stays when all back edges are taken away is irreducible; its
 * blocks are in an {@link IrreducibleRegion}. A natural loop may lie inside such a region, and a region inside a natural loop.
 */
public final class LoopForest {
    private final ControlFlowGraph graph;
    private final List<Loop> loops;
    private final @Nullable Loop[] innermost;
    private final int[] order;
    private final int[] place;
    private final List<IrreducibleRegion> regions;
    private final BitSet irreducible = new BitSet();

    /** By loop; found when first asked for. */
    private int @Nullable [] exitingBlocks;

    private @Nullable BitSet touchingIrreducible;

    /** Of a graph without cycles. */
    private LoopForest(ControlFlowGraph graph) {
        this.graph = graph;
        this.loops = List.of();
        this.innermost = new Loop[graph.size()];
        this.order = new int[0];
        this.place = new int[graph.size()];
        Arrays.fill(place, -1);
        this.regions = List.of();
    }

    private LoopForest(ControlFlowGraph graph, DominatorTree dominators) {
        this.graph = graph;
        int[] headerOf = new int[graph.size()];
        int[] parentHeader = new int[graph.size()];
        Arrays.fill(headerOf, -1);
        Arrays.fill(parentHeader, -1);
        BitSet headers = findLoops(dominators, headerOf, parentHeader);
        this.order = new int[graph.size()];
        this.place = new int[graph.size()];
        Arrays.fill(place, -1);
        this.innermost = new Loop[graph.size()];
        this.loops = layOut(headers, headerOf, parentHeader);
        this.regions = findIrreducible(dominators);
    }

    /**
     * The loops of that graph, in near-linear time.
     *
     * @param graph the graph
     * @param dominators its dominator tree
     */
    public static LoopForest of(ControlFlowGraph graph, DominatorTree dominators) {
        return new LoopForest(graph, dominators);
    }

    /** The loops of that graph; computes the dominator tree itself where there may be loops. */
    public static LoopForest of(ControlFlowGraph graph) {
        return graph.isCyclic() ? new LoopForest(graph, DominatorTree.of(graph)) : new LoopForest(graph);
    }

    /**
     * Walks headers innermost first, and from the latches of each backwards up to the header. A loop found before is stepped over as
     * a whole, so that each block is walked once in the loop that it belongs to.
     */
    private BitSet findLoops(DominatorTree dominators, int[] headerOf, int[] parentHeader) {
        BitSet headers = new BitSet();
        int[] outermost = new int[graph.size()];
        for (int i = 0; i < outermost.length; i++) {
            outermost[i] = i;
        }
        int[] preorder = dominators.preorder();
        List<Integer> work = new ArrayList<>();
        for (int i = preorder.length - 1; i >= 0; i--) {
            int header = preorder[i];
            for (int predecessor : graph.distinctPredecessors(header)) {
                if (graph.isReachable(predecessor) && dominators.dominates(header, predecessor)) {
                    work.add(predecessor);
                    headers.set(header);
                }
            }
            while (!work.isEmpty()) {
                int block = work.removeLast();
                int within = headerOf[block];
                if (within < 0) {
                    headerOf[block] = header;
                    if (block != header) {
                        addReachablePredecessors(block, work);
                    }
                    continue;
                }
                int top = outermostHeader(within, outermost);
                if (top != header) {
                    parentHeader[top] = header;
                    outermost[top] = header;
                    // The header of a loop found before still needs its way up to this header; its own latches were
                    // walked.
                    for (int predecessor : graph.predecessors(top)) {
                        if (graph.isReachable(predecessor) && !dominators.dominates(top, predecessor)) {
                            work.add(predecessor);
                        }
                    }
                }
            }
            if (headers.get(header) && headerOf[header] < 0) {
                headerOf[header] = header;
            }
        }
        return headers;
    }

    private void addReachablePredecessors(int block, List<Integer> work) {
        for (int i = 0; i < graph.predecessorCount(block); i++) {
            int predecessor = graph.predecessor(block, i);
            if (graph.isReachable(predecessor)) {
                work.add(predecessor);
            }
        }
    }

    private static int outermostHeader(int header, int[] outermost) {
        int top = header;
        while (outermost[top] != top) {
            outermost[top] = outermost[outermost[top]];
            top = outermost[top];
        }
        return top;
    }

    /** Orders the blocks so that those of each loop are one range, and makes the loops, parents first. */
    private List<Loop> layOut(BitSet headers, int[] headerOf, int[] parentHeader) {
        int[] reversePostOrder = graph.reversePostOrder();
        int[] size = new int[graph.size()];
        for (int i = reversePostOrder.length - 1; i >= 0; i--) {
            int block = reversePostOrder[i];
            if (headerOf[block] >= 0) {
                size[headerOf[block]]++;
            }
            // A header stands behind those of the loops around it in reverse post-order, so its size is complete here.
            if (headers.get(block) && parentHeader[block] >= 0) {
                size[parentHeader[block]] += size[block];
            }
        }
        List<Loop> made = new ArrayList<>();
        int[] next = new int[graph.size()];
        int free = 0;
        for (int block : reversePostOrder) {
            Loop around = null;
            if (headers.get(block)) {
                Loop parent = parentHeader[block] < 0 ? null : innermost[parentHeader[block]];
                int start;
                if (parent == null) {
                    start = free;
                    free += size[block];
                } else {
                    start = next[parent.header()];
                    next[parent.header()] += size[block];
                }
                around = new Loop(this, made.size(), block, parent, start, start + size[block]);
                made.add(around);
                if (parent != null) {
                    parent.children.add(around);
                }
                next[block] = start;
            } else if (headerOf[block] >= 0) {
                around = innermost[headerOf[block]];
            }
            if (around != null) {
                innermost[block] = around;
                place[block] = next[around.header()]++;
                order[place[block]] = block;
            }
        }
        return Collections.unmodifiableList(made);
    }

    /** Whether an edge that is no back edge goes to a block that control has passed before. */
    private boolean hasIrreducible(DominatorTree dominators) {
        for (int place = 0; place < graph.reachableCount(); place++) {
            int block = graph.inOrder(place);
            for (int i = 0; i < graph.successorCount(block); i++) {
                int successor = graph.successor(block, i);
                if (graph.isRetreating(block, successor) && !dominators.dominates(successor, block)) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<IrreducibleRegion> findIrreducible(DominatorTree dominators) {
        if (!hasIrreducible(dominators)) {
            return List.of();
        }
        List<Edge> retreating = new ArrayList<>();
        List<Edge> others = new ArrayList<>();
        for (int block : graph.reversePostOrder()) {
            for (int i = 0; i < graph.successorCount(block); i++) {
                int successor = graph.successor(block, i);
                if (dominators.dominates(successor, block)) {
                    continue;
                }
                others.add(graph.edge(block, i));
                if (graph.isRetreating(block, successor)) {
                    retreating.add(graph.edge(block, i));
                }
            }
        }
        Adjacency withoutBackEdges = Adjacency.ofEdges(
                graph.size(),
                others.stream().mapToInt(Edge::from).toArray(),
                others.stream().mapToInt(Edge::to).toArray());
        int[] regionOf = new int[graph.size()];
        Arrays.fill(regionOf, -1);
        List<int[]> cycles = withoutBackEdges.components().stream()
                .filter(component -> component.length > 1)
                .toList();
        for (int i = 0; i < cycles.size(); i++) {
            for (int block : cycles.get(i)) {
                regionOf[block] = i;
                irreducible.set(block);
            }
        }
        List<List<Edge>> closing = new ArrayList<>();
        cycles.forEach(cycle -> closing.add(new ArrayList<>()));
        for (Edge edge : retreating) {
            if (regionOf[edge.from()] >= 0 && regionOf[edge.from()] == regionOf[edge.to()]) {
                closing.get(regionOf[edge.from()]).add(edge);
            }
        }
        List<IrreducibleRegion> found = new ArrayList<>();
        for (int i = 0; i < cycles.size(); i++) {
            int region = i;
            found.add(new IrreducibleRegion(
                    Arrays.stream(cycles.get(i)).boxed().toList(),
                    Arrays.stream(cycles.get(i))
                            .filter(block -> isEntered(block, region, regionOf))
                            .boxed()
                            .toList(),
                    closing.get(i)));
        }
        return List.copyOf(found);
    }

    private boolean isEntered(int block, int region, int[] regionOf) {
        for (int predecessor : graph.predecessors(block)) {
            if (graph.isReachable(predecessor) && regionOf[predecessor] != region) {
                return true;
            }
        }
        return block == 0;
    }

    /** The graph that the forest was made of. */
    public ControlFlowGraph graph() {
        return graph;
    }

    /** All loops by header in reverse post-order: a loop stands before those inside it. Immutable. */
    public List<Loop> loops() {
        return loops;
    }

    /** All loops, a loop behind those inside it. */
    public List<Loop> innermostFirst() {
        return loops.reversed();
    }

    /** The loops that are in no other one, by header in reverse post-order. */
    public List<Loop> topLevel() {
        return loops.stream().filter(loop -> loop.parent() == null).toList();
    }

    /** The innermost loop that the block is in; null for none. */
    public @Nullable Loop loopOf(int block) {
        return innermost[block];
    }

    /** The innermost loop that the block is in; null for none. */
    public @Nullable Loop loopOf(BasicBlock block) {
        return innermost[graph.indexOf(block)];
    }

    /** How many loops the block is in. */
    public int depth(int block) {
        Loop loop = innermost[block];
        return loop == null ? 0 : loop.depth();
    }

    /** The loop that the block is the header of; null for none. */
    public @Nullable Loop headedBy(int block) {
        Loop loop = innermost[block];
        return loop != null && loop.header() == block ? loop : null;
    }

    /** Whether the block is the header of a loop. */
    public boolean isHeader(int block) {
        return headedBy(block) != null;
    }

    /** Whether the block is in the loop or in a loop inside it. Constant time. */
    public boolean contains(Loop loop, int block) {
        return loop.contains(block);
    }

    /** Whether the edge goes from a block of a loop to the header of that loop. */
    public boolean isBackEdge(int from, int to) {
        Loop loop = innermost[to];
        return loop != null && loop.header() == to && loop.contains(from);
    }

    /** The cycles that are no natural loops; immutable. */
    public List<IrreducibleRegion> irreducibleRegions() {
        return regions;
    }

    /** Whether there is a cycle that is no natural loop. */
    public boolean isIrreducible() {
        return !regions.isEmpty();
    }

    /** Whether the block is on a cycle that is no natural loop. */
    public boolean isIrreducible(int block) {
        return irreducible.get(block);
    }

    int place(int block) {
        return place[block];
    }

    /** How many blocks of a loop have an edge out of it; of all loops at once, in time of the edges and the loops that they leave. */
    int exitingBlocks(Loop loop) {
        int[] counts = exitingBlocks;
        if (counts == null) {
            counts = new int[loops.size()];
            for (int block = 0; block < innermost.length; block++) {
                for (Loop left = innermost[block]; left != null && left.leaves(block); left = left.parent()) {
                    counts[left.index()]++;
                }
            }
            exitingBlocks = counts;
        }
        return counts[loop.index()];
    }

    /** Whether a loop has a block on a cycle that is no natural loop; of all loops at once. */
    boolean touchesIrreducible(Loop loop) {
        if (regions.isEmpty()) {
            return false;
        }
        BitSet touching = touchingIrreducible;
        if (touching == null) {
            touching = new BitSet();
            for (int block = irreducible.nextSetBit(0); block >= 0; block = irreducible.nextSetBit(block + 1)) {
                for (Loop at = innermost[block]; at != null && !touching.get(at.index()); at = at.parent()) {
                    touching.set(at.index());
                }
            }
            touchingIrreducible = touching;
        }
        return touching.get(loop.index());
    }

    /** The blocks of a loop in reverse post-order. */
    int[] range(int first, int end) {
        long[] keyed = new long[end - first];
        for (int i = 0; i < keyed.length; i++) {
            int block = order[first + i];
            keyed[i] = ((long) graph.placeOf(block) << 32) | block;
        }
        Arrays.sort(keyed);
        int[] blocks = new int[keyed.length];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = (int) keyed[i];
        }
        return blocks;
    }
}
