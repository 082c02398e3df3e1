package dev.jci.ir.analysis;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantAggregate;
import dev.jci.ir.ConstantExpr;
import dev.jci.ir.Function;
import dev.jci.ir.GlobalAlias;
import dev.jci.ir.GlobalReference;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.Instruction;
import dev.jci.ir.Module;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who calls whom in a module, and which functions call each other in circles. */
public final class CallGraph {
    private final List<Function> functions;
    private final IdentityHashMap<Function, Integer> indices = new IdentityHashMap<>();
    private final List<Set<Integer>> callees = new ArrayList<>();
    private final boolean[] addressTaken;
    private final List<List<Function>> components = new ArrayList<>();
    private final boolean[] recursive;

    private CallGraph(Module module) {
        functions = List.copyOf(module.functions());
        for (int i = 0; i < functions.size(); i++) {
            indices.put(functions.get(i), i);
            callees.add(new LinkedHashSet<>());
        }
        addressTaken = new boolean[functions.size()];
        recursive = new boolean[functions.size()];
        for (Function function : functions) {
            scan(function);
        }
        for (GlobalVariable variable : module.globals()) {
            noteConstant(variable.initializer());
        }
        module.aliases().forEach(alias -> noteConstant(alias.aliasee()));
        module.ifuncs().forEach(ifunc -> noteConstant(ifunc.resolver()));
        findComponents();
    }

    /** The call graph of a module as it is now. */
    public static CallGraph of(Module module) {
        return new CallGraph(module);
    }

    private void scan(Function function) {
        int caller = indices.get(function);
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                int from = 0;
                if (instruction instanceof CallBase call) {
                    Function callee = target(call);
                    if (callee != null) {
                        callees.get(caller).add(indices.get(callee));
                        from = 1;
                    }
                }
                for (int i = from; i < instruction.operandCount(); i++) {
                    if (instruction.operand(i) instanceof Constant constant) {
                        noteConstant(constant);
                    }
                }
            }
        }
        noteConstant(function.personality());
        noteConstant(function.prefixData());
        noteConstant(function.prologueData());
    }

    /** The function that a call calls directly, through aliases and conversions; null when that is not known. */
    public static @Nullable Function target(CallBase call) {
        Value callee = call.callee();
        for (int hops = 0; hops < 32; hops++) {
            switch (callee) {
                case Function function -> {
                    return function;
                }
                case GlobalAlias alias when alias.aliasee() != null -> callee = alias.aliasee();
                case ConstantExpr.Conversion conversion -> callee = conversion.operand();
                case GlobalReference reference -> callee = reference.global();
                default -> {
                    return null;
                }
            }
        }
        return null;
    }

    private void noteConstant(@Nullable Constant root) {
        if (root == null) {
            return;
        }
        List<Constant> work = new ArrayList<>();
        work.add(root);
        while (!work.isEmpty()) {
            switch (work.remove(work.size() - 1)) {
                case Function function -> addressTaken[indices.get(function)] = true;
                case ConstantAggregate aggregate -> work.addAll(aggregate.elements());
                case ConstantExpr expression -> work.addAll(expression.operands());
                case GlobalReference reference -> work.add(reference.global());
                case Constant other -> {}
            }
        }
    }

    private void findComponents() {
        int count = functions.size();
        int[] order = new int[count];
        int[] low = new int[count];
        boolean[] onStack = new boolean[count];
        List<Integer> stack = new ArrayList<>();
        List<Frame> frames = new ArrayList<>();
        int[] clock = {0};
        for (int root = 0; root < count; root++) {
            if (order[root] != 0) {
                continue;
            }
            frames.add(enter(root, order, low, onStack, stack, clock));
            while (!frames.isEmpty()) {
                Frame frame = frames.get(frames.size() - 1);
                if (frame.next < frame.targets.length) {
                    int target = frame.targets[frame.next++];
                    if (order[target] == 0) {
                        frames.add(enter(target, order, low, onStack, stack, clock));
                    } else if (onStack[target]) {
                        low[frame.node] = Math.min(low[frame.node], order[target]);
                    }
                } else {
                    frames.remove(frames.size() - 1);
                    if (!frames.isEmpty()) {
                        int caller = frames.get(frames.size() - 1).node;
                        low[caller] = Math.min(low[caller], low[frame.node]);
                    }
                    if (low[frame.node] == order[frame.node]) {
                        finish(frame.node, stack, onStack);
                    }
                }
            }
        }
    }

    private static final class Frame {
        private final int node;
        private final int[] targets;
        private int next;

        Frame(int node, int[] targets) {
            this.node = node;
            this.targets = targets;
        }
    }

    private Frame enter(int node, int[] order, int[] low, boolean[] onStack, List<Integer> stack, int[] clock) {
        order[node] = ++clock[0];
        low[node] = order[node];
        onStack[node] = true;
        stack.add(node);
        return new Frame(
                node, callees.get(node).stream().mapToInt(Integer::intValue).toArray());
    }

    private void finish(int root, List<Integer> stack, boolean[] onStack) {
        List<Function> component = new ArrayList<>();
        int node;
        do {
            node = stack.removeLast();
            onStack[node] = false;
            component.add(functions.get(node));
        } while (node != root);
        boolean circular = component.size() > 1 || callees.get(root).contains(root);
        for (Function function : component) {
            recursive[indices.get(function)] = circular;
        }
        components.add(List.copyOf(component));
    }

    /** The strongly connected components; a component comes after all that it calls. */
    public List<List<Function>> bottomUp() {
        return List.copyOf(components);
    }

    /** Whether the function calls itself, directly or through others. */
    public boolean isRecursive(Function function) {
        return recursive[indices.get(function)];
    }

    /** Whether the address of the function is used for anything but calling it directly. */
    public boolean isAddressTaken(Function function) {
        return addressTaken[indices.get(function)];
    }
}
