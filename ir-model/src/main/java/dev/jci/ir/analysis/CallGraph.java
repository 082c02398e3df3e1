package dev.jci.ir.analysis;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantAggregate;
import dev.jci.ir.ConstantExpr;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.ConstantPtrAuth;
import dev.jci.ir.ConstantSplat;
import dev.jci.ir.Function;
import dev.jci.ir.GlobalAlias;
import dev.jci.ir.GlobalIFunc;
import dev.jci.ir.GlobalReference;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.Instruction;
import dev.jci.ir.Linkage;
import dev.jci.ir.Module;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls whom in a module, or in several that are linked to one program. Functions have dense indices in module order, declarations included. Direct calls are seen through casts
 * and aliases; what is called through a pointer, an ifunc or an alias that the linker may replace is not known and is noted as an
 * indirect call. Inline assembly is taken to call nothing.
 */
public final class CallGraph {
    private final List<Function> functions;
    private final IdentityHashMap<Function, Integer> indices = new IdentityHashMap<>();
    private final Adjacency callees;
    private final Adjacency callers;
    private final BitSet callsIndirectly = new BitSet();
    private final BitSet addressTaken = new BitSet();
    private final BitSet callsItself = new BitSet();
    private final BitSet returnsTwice = new BitSet();
    private final int[] instructions;

    /** Aliases may point to aliases; each is followed once. */
    private final Set<GlobalAlias> followed = Collections.newSetFromMap(new IdentityHashMap<>());

    private final List<List<Function>> components;
    private final int[] componentOf;

    /** What stands for the declarations of a name, where it is defined in another module of the program. */
    private final Map<String, Function> definitions;

    private CallGraph(List<Module> program) {
        this.functions =
                program.stream().flatMap(module -> module.functions().stream()).toList();
        this.definitions = program.size() == 1 ? Map.of() : definitions(functions);
        for (int i = 0; i < functions.size(); i++) {
            indices.put(functions.get(i), i);
        }
        this.instructions = new int[functions.size()];
        this.callees = callees();
        this.callers = callees.reversed();
        program.forEach(this::noteGlobals);
        this.componentOf = new int[functions.size()];
        this.components = components();
    }

    /** The call graph of that module, in time of its instructions and constants. */
    public static CallGraph of(Module module) {
        return new CallGraph(List.of(module));
    }

    /**
     * The call graph of modules that are linked together. A call of a declared function is one of the definition that another of the modules has
     * under an external name.
     *
     * @param program the modules, not empty
     */
    public static CallGraph of(List<Module> program) {
        return new CallGraph(program);
    }

    private static Map<String, Function> definitions(List<Function> functions) {
        Map<String, Function> found = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (Function function : functions) {
            String name = function.name();
            boolean visible = !function.isDeclaration() && function.linkage() == Linkage.EXTERNAL;
            if (visible && name != null && found.put(name, function) != null) {
                ambiguous.add(name);
            }
        }
        found.keySet().removeAll(ambiguous);
        return found;
    }

    /** The definition that a declaration stands for in the program; the function itself where there is none or it is one. */
    public Function definition(Function function) {
        String name = function.name();
        return function.isDeclaration() && name != null ? definitions.getOrDefault(name, function) : function;
    }

    private Adjacency callees() {
        List<Integer> from = new ArrayList<>();
        List<Integer> to = new ArrayList<>();
        int[] lastCaller = new int[functions.size()];
        Arrays.fill(lastCaller, -1);
        for (int caller = 0; caller < functions.size(); caller++) {
            for (BasicBlock block : functions.get(caller).layout()) {
                for (Instruction at = block.first(); at != null; at = at.next()) {
                    instructions[caller]++;
                    int callee = noteInstruction(at, caller);
                    if (callee >= 0 && lastCaller[callee] != caller) {
                        lastCaller[callee] = caller;
                        from.add(caller);
                        to.add(callee);
                    }
                }
            }
            noteConstant(functions.get(caller).personality());
            noteConstant(functions.get(caller).prefixData());
            noteConstant(functions.get(caller).prologueData());
        }
        return Adjacency.ofEdges(
                functions.size(),
                from.stream().mapToInt(Integer::intValue).toArray(),
                to.stream().mapToInt(Integer::intValue).toArray());
    }

    /** Notes the functions whose address the instruction takes, and gives the function it calls, -1 for none or an unknown one. */
    private int noteInstruction(Instruction instruction, int caller) {
        int first = 0;
        int callee = -1;
        if (instruction instanceof CallBase call && call.mayReturnTwice()) {
            returnsTwice.set(caller);
        }
        if (instruction instanceof CallBase call && !(call.callee() instanceof InlineAsm)) {
            Function called = resolve(call.callee());
            if (called != null) {
                first = 1;
                callee = indices.getOrDefault(definition(called), -1);
            }
            if (called == null || isReplaceable(call.callee())) {
                callsIndirectly.set(caller);
            }
            if (callee == caller) {
                callsItself.set(caller);
            }
        }
        for (int i = first; i < instruction.operandCount(); i++) {
            if (instruction.operand(i) instanceof Constant constant) {
                noteConstant(constant);
            }
        }
        return callee;
    }

    private void noteGlobals(Module module) {
        for (GlobalVariable variable : module.globals()) {
            noteConstant(variable.initializer());
        }
        for (GlobalIFunc ifunc : module.ifuncs()) {
            noteConstant(ifunc.resolver());
        }
        // The address of a function is taken under the name of an alias as soon as others see that name.
        for (GlobalAlias alias : module.aliases()) {
            if (!alias.hasLocalLinkage()) {
                noteConstant(alias.aliasee());
            }
        }
    }

    private void noteConstant(@Nullable Constant constant) {
        if (constant == null || constant instanceof ConstantInt || constant instanceof SimpleConstant) {
            return;
        }
        if (constant instanceof Function function) {
            noteAddress(function);
            return;
        }
        Deque<Constant> work = new ArrayDeque<>();
        work.add(constant);
        while (!work.isEmpty()) {
            switch (work.removeLast()) {
                case Function function -> noteAddress(function);
                case GlobalAlias alias when alias.aliasee() != null && followed.add(alias) -> work.add(alias.aliasee());
                case GlobalReference reference -> work.add(reference.global());
                case ConstantExpr expression -> work.addAll(expression.operands());
                case ConstantAggregate aggregate -> work.addAll(aggregate.elements());
                case ConstantPtrAuth signed -> work.addAll(signed.operands());
                case ConstantSplat splat -> work.add(splat.element());
                default -> {}
            }
        }
    }

    private void noteAddress(Function function) {
        Integer index = indices.get(definition(function));
        if (index != null) {
            addressTaken.set(index);
        }
    }

    private List<List<Function>> components() {
        List<List<Function>> found = new ArrayList<>();
        for (int[] component : callees.components()) {
            for (int member : component) {
                componentOf[member] = found.size();
            }
            found.add(Arrays.stream(component).mapToObj(functions::get).toList());
        }
        return List.copyOf(found);
    }

    /**
     * The function that a callee operand or another constant stands for, through casts and aliases; null when it stands for none that
     * is known, as for a pointer or an ifunc.
     */
    public static @Nullable Function resolve(Value callee) {
        Value at = callee;
        // Aliases in a cycle are invalid; the bound ends the walk there too.
        for (int steps = 0; steps < 1000; steps++) {
            switch (at) {
                case Function function -> {
                    return function;
                }
                case GlobalAlias alias when alias.aliasee() != null -> at = alias.aliasee();
                case GlobalReference reference -> at = reference.global();
                case ConstantExpr.Conversion cast -> at = cast.operand();
                default -> {
                    return null;
                }
            }
        }
        return null;
    }

    /** The function that a call calls directly, through casts and aliases; null when it is not known. */
    public static @Nullable Function target(CallBase call) {
        return resolve(call.callee());
    }

    /** Whether an alias on the way to the function may be replaced by another definition when linking. */
    private static boolean isReplaceable(Value callee) {
        Value at = callee;
        while (!(at instanceof Function)) {
            switch (at) {
                case GlobalAlias alias
                when isInterposable(alias) || alias.aliasee() == null -> {
                    return true;
                }
                case GlobalAlias alias -> at = alias.aliasee();
                case GlobalReference reference -> at = reference.global();
                case ConstantExpr.Conversion cast -> at = cast.operand();
                default -> {
                    return false;
                }
            }
        }
        return false;
    }

    /**
     * Whether the linker may put another definition, with another meaning, in place of this one (LangRef, "Linkage Types"): linkage
     * {@code weak}, {@code linkonce}, {@code common} or {@code extern_weak}.
     */
    public static boolean isInterposable(GlobalValue global) {
        return switch (global.linkage()) {
            case WEAK, LINKONCE, COMMON, EXTERN_WEAK -> true;
            case EXTERNAL, PRIVATE, INTERNAL, AVAILABLE_EXTERNALLY, LINKONCE_ODR, WEAK_ODR, APPENDING -> false;
        };
    }

    /** The functions in module order; immutable. */
    public List<Function> functions() {
        return functions;
    }

    /**
     * The index of that function.
     *
     * @throws IllegalArgumentException when the module did not have it
     */
    public int indexOf(Function function) {
        Integer index = indices.get(function);
        if (index == null) {
            throw new IllegalArgumentException(function + " is not in the module");
        }
        return index;
    }

    /** The functions that this one calls directly, each once, in order of the first call. */
    public List<Function> callees(Function function) {
        return at(callees.targets(indexOf(function)));
    }

    /** The functions that call this one directly, each once, in module order. */
    public List<Function> callers(Function function) {
        return at(callers.targets(indexOf(function)));
    }

    private List<Function> at(int[] members) {
        return Arrays.stream(members).mapToObj(functions::get).toList();
    }

    /** How many instructions the function had when the graph was made. */
    public int instructionCount(Function function) {
        return instructions[indexOf(function)];
    }

    /** Whether the function has a call that may return a second time, {@link CallBase#mayReturnTwice}. */
    public boolean hasCallThatReturnsTwice(Function function) {
        return returnsTwice.get(indexOf(function));
    }

    /** Whether the function has a call of which it is not known what it calls. */
    public boolean callsIndirectly(Function function) {
        return callsIndirectly.get(indexOf(function));
    }

    /** Whether the function is used other than by calling it, so that it may be called from anywhere. */
    public boolean isAddressTaken(Function function) {
        return addressTaken.get(indexOf(function));
    }

    /** Whether other modules can name the function: its linkage is neither {@code private} nor {@code internal}. */
    public boolean isExternallyVisible(Function function) {
        return function.linkage() != Linkage.PRIVATE && function.linkage() != Linkage.INTERNAL;
    }

    /** Whether all calls of the function are direct calls of this module. */
    public boolean hasOnlyKnownCallers(Function function) {
        return !isAddressTaken(function) && !isExternallyVisible(function);
    }

    /**
     * The sets of functions that call each other in a cycle, callees before callers; a function that is in no cycle is alone. Within a set
     * functions are in module order. Immutable.
     */
    public List<List<Function>> bottomUp() {
        return components;
    }

    /** The set of {@link #bottomUp} that the function is in. */
    public int componentOf(Function function) {
        return componentOf[indexOf(function)];
    }

    /** Whether the function may call itself by direct calls, through others or not. Indirect calls are not followed. */
    public boolean isRecursive(Function function) {
        int index = indexOf(function);
        return callsItself.get(index) || components.get(componentOf[index]).size() > 1;
    }
}
