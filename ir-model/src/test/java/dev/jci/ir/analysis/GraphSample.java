package dev.jci.ir.analysis;

import dev.jci.ir.Argument;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.Br;
import dev.jci.ir.CondBr;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Ret;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Switch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Functions that consist of branches only, made from lists of successors. */
public final class GraphSample {
    private GraphSample() {}

    /** A function of which block {@code i} goes to the blocks {@code successors[i]}; none means {@code ret void}. */
    public static Function function(int[]... successors) {
        Argument condition = new Argument(IntegerType.I1, "c", AttributeSet.EMPTY);
        Argument value = new Argument(IntegerType.I32, "v", AttributeSet.EMPTY);
        Function function = new Function("f", FunctionType.of(SpecialType.VOID, IntegerType.I1, IntegerType.I32));
        function.setArguments(List.of(condition, value));
        List<BasicBlock> blocks = IntStream.range(0, successors.length)
                .mapToObj(i -> new BasicBlock("b" + i))
                .toList();
        blocks.forEach(function::append);
        for (int i = 0; i < successors.length; i++) {
            BasicBlock[] to = Arrays.stream(successors[i]).mapToObj(blocks::get).toArray(BasicBlock[]::new);
            blocks.get(i)
                    .append(
                            switch (to.length) {
                                case 0 -> new Ret(null);
                                case 1 -> new Br(to[0]);
                                case 2 -> new CondBr(condition, to[0], to[1]);
                                default -> new Switch(value, to[0], cases(to));
                            });
        }
        return function;
    }

    private static List<Switch.Case> cases(BasicBlock[] to) {
        return IntStream.range(1, to.length)
                .mapToObj(i -> new Switch.Case(ConstantInt.i32(i), to[i]))
                .toList();
    }

    /** The graph of {@link #function}. */
    public static ControlFlowGraph graph(int[]... successors) {
        return ControlFlowGraph.of(function(successors));
    }

    public static int[] to(int... blocks) {
        return blocks;
    }

    /** A graph of up to that many blocks, with unreachable blocks, parallel edges, self-loops, dead ends and endless cycles. */
    static ControlFlowGraph random(Random random, int mostBlocks) {
        return graph(randomSuccessors(random, mostBlocks));
    }

    /** The same behind an entry block without predecessors, as LLVM's verifier wants it. */
    public static ControlFlowGraph randomValid(Random random, int mostBlocks) {
        int[][] inner = randomSuccessors(random, mostBlocks);
        int[][] successors = new int[inner.length + 1][];
        successors[0] = to(1);
        for (int i = 0; i < inner.length; i++) {
            successors[i + 1] = Arrays.stream(inner[i]).map(block -> block + 1).toArray();
        }
        return graph(successors);
    }

    private static int[][] randomSuccessors(Random random, int mostBlocks) {
        int n = 1 + random.nextInt(mostBlocks);
        List<int[]> successors = new ArrayList<>();
        for (int block = 0; block < n; block++) {
            int degree = new int[] {0, 1, 1, 1, 2, 2, 2, 2, 3}[random.nextInt(9)];
            boolean local = random.nextBoolean();
            int[] to = new int[degree];
            for (int i = 0; i < degree; i++) {
                int near = Math.floorMod(block + random.nextInt(4) - 1, n);
                to[i] = local ? near : random.nextInt(n);
            }
            successors.add(to);
        }
        return successors.toArray(int[][]::new);
    }

    /** Which blocks the start reaches without passing through the forbidden one (-1 for none). */
    public static boolean[] reached(ControlFlowGraph graph, int start, int forbidden) {
        boolean[] seen = new boolean[graph.size()];
        List<Integer> work = new ArrayList<>();
        if (start != forbidden) {
            seen[start] = true;
            work.add(start);
        }
        while (!work.isEmpty()) {
            for (int next : graph.successors(work.removeLast())) {
                if (next != forbidden && !seen[next]) {
                    seen[next] = true;
                    work.add(next);
                }
            }
        }
        return seen;
    }
}
