package dev.jci.ci;

import dev.jci.ir.Attribute;
import dev.jci.ir.AttributeGroup;
import dev.jci.ir.AttributeGroups;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionAttributes;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.Instruction;
import dev.jci.ir.Linkage;
import dev.jci.ir.Module;
import dev.jci.ir.analysis.CallGraph;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes away the attributes that a function with probes no longer has: it writes memory and may call a handler that does anything. Left in
 * place they would let later passes delete, merge or move calls together with the probes in them.
 */
final class SideEffects {
    private static final Set<String> UNTRUE = Set.of(
            "readnone",
            "readonly",
            "writeonly",
            "memory",
            "argmemonly",
            "inaccessiblememonly",
            "inaccessiblemem_or_argmemonly",
            "nosync",
            "nofree",
            "norecurse",
            "willreturn",
            "speculatable");

    /** Functions of the mathematical library that code generation makes instructions of where they have no effects. */
    private static final Set<String> MATHEMATICS = Set.of(
            "abs",
            "labs",
            "llabs",
            "sqrt",
            "cbrt",
            "sin",
            "cos",
            "tan",
            "asin",
            "acos",
            "atan",
            "atan2",
            "sinh",
            "cosh",
            "tanh",
            "exp",
            "exp2",
            "expm1",
            "log",
            "log2",
            "log10",
            "log1p",
            "pow",
            "fmod",
            "fabs",
            "fmin",
            "fmax",
            "floor",
            "ceil",
            "trunc",
            "rint",
            "nearbyint",
            "round",
            "roundeven",
            "lrint",
            "llrint",
            "lround",
            "llround",
            "copysign",
            "ldexp",
            "hypot",
            "fma");

    private final Module module;
    private final AttributeGroups groups;
    private final IdentityHashMap<AttributeGroup, FunctionAttributes> ofGroup = new IdentityHashMap<>();

    private SideEffects(Module module) {
        this.module = module;
        this.groups = new AttributeGroups(module);
    }

    /** The calls of a function, as it is now. */
    static List<CallBase> calls(Function function) {
        List<CallBase> calls = new ArrayList<>();
        for (BasicBlock block : function.layout()) {
            for (Instruction at = block.first(); at != null; at = at.next()) {
                if (at instanceof CallBase call) {
                    calls.add(call);
                }
            }
        }
        return calls;
    }

    /** Those of some calls that may reach a probe. */
    static List<CallBase> reaching(List<CallBase> calls) {
        List<CallBase> reaching = new ArrayList<>();
        for (CallBase call : calls) {
            if (mayReachProbe(call)) {
                reaching.add(call);
            }
        }
        return reaching;
    }

    /**
     * Weakens all functions that have a body here, those that are only declared, because they may have probes in their module or call back
     * a function of this one, and the calls that may reach one of either.
     *
     * @param reaching for each function with a body its {@link #reaching} calls
     * @param untouched the functions without probes of their own; those of them that call nothing with a probe keep their attributes
     */
    static void admit(Module module, Map<Function, List<CallBase>> reaching, Set<Function> untouched) {
        new SideEffects(module).admit(reaching, untouched);
    }

    private void admit(Map<Function, List<CallBase>> reaching, Set<Function> untouched) {
        for (Function function : module.functions()) {
            if (function.isDeclaration()) {
                if (mayHaveProbes(function)) {
                    function.setAttributes(weaken(function.attributes()));
                }
                continue;
            }
            List<CallBase> calls = reaching.getOrDefault(function, List.of());
            calls.forEach(call -> call.setAttributes(weaken(call.attributes())));
            boolean reaches = !untouched.contains(function)
                    || function.linkage() == Linkage.AVAILABLE_EXTERNALLY
                    || !calls.isEmpty();
            if (reaches) {
                function.setAttributes(weaken(function.attributes()));
            }
        }
    }

    private static boolean mayReachProbe(CallBase call) {
        Function callee = CallGraph.target(call);
        return callee == null ? !(call.callee() instanceof InlineAsm) : mayHaveProbes(callee);
    }

    private static boolean mayHaveProbes(Function function) {
        String name = function.name();
        if (!function.isDeclaration() || name == null) {
            return true;
        }
        return !name.startsWith("llvm.") && !isMathematics(name);
    }

    private static boolean isMathematics(String name) {
        boolean typed = name.endsWith("f") || name.endsWith("l");
        return MATHEMATICS.contains(name) || (typed && MATHEMATICS.contains(name.substring(0, name.length() - 1)));
    }

    /** Nearly all functions and calls have one group and nothing else, many the same one. */
    private FunctionAttributes weaken(FunctionAttributes attributes) {
        if (attributes == FunctionAttributes.NONE) {
            return attributes;
        }
        if (!attributes.direct().isEmpty() || attributes.groups().size() != 1) {
            return weakened(attributes);
        }
        FunctionAttributes weaker =
                ofGroup.computeIfAbsent(attributes.groups().getFirst(), group -> weakened(attributes));
        return weaker.groups().equals(attributes.groups()) ? attributes : weaker;
    }

    private FunctionAttributes weakened(FunctionAttributes attributes) {
        FunctionAttributes weaker = attributes.without(attribute -> UNTRUE.contains(attribute.name()));
        if (weaker == attributes || weaker.direct().isEmpty()) {
            return weaker;
        }
        List<Attribute> words = weaker.direct().attributes();
        boolean typed = words.stream().anyMatch(word -> word instanceof Attribute.Typed);
        return typed ? weaker : new FunctionAttributes(AttributeSet.EMPTY, List.of(groups.of(weaker.direct())));
    }
}
