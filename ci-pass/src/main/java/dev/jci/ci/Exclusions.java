package dev.jci.ci;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.CatchPad;
import dev.jci.ir.CatchSwitch;
import dev.jci.ir.CleanupPad;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantExpr;
import dev.jci.ir.Function;
import dev.jci.ir.GlobalIFunc;
import dev.jci.ir.Instruction;
import dev.jci.ir.Linkage;
import dev.jci.ir.Module;
import dev.jci.ir.analysis.CallGraph;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which functions are left as they are, and why. */
final class Exclusions {
    private static final Set<String> RUNTIME = Set.of(
            "register_ci",
            "deregister_ci",
            "ci_enable",
            "ci_disable",
            "register_ci_enable_hook",
            "register_ci_disable_hook",
            "instr_enable",
            "instr_disable",
            "ci_clock",
            "jci_fire",
            "jci_fire_cycles",
            "jci_fire_xmm",
            "jci_fire_cycles_xmm",
            "jci_slow_path",
            "jci_slow_path_cycles",
            "jci_look",
            "intvActionHook");

    private final Set<Function> resolvers = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Function> handlers = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<Pattern> skip;
    private final boolean hasCoroutines;

    Exclusions(Module module, CallGraph calls, List<String> skip) {
        this.skip = skip.stream().map(Exclusions::pattern).toList();
        for (GlobalIFunc ifunc : module.ifuncs()) {
            Constant resolver = ifunc.resolver();
            Function resolving = resolver == null ? null : function(resolver);
            if (resolving != null) {
                resolvers.add(resolving);
            }
        }
        boolean coroutines = false;
        for (Function function : module.functions()) {
            String name = String.valueOf(function.name());
            coroutines |= name.startsWith("llvm.coro.begin");
            if (name.startsWith("register_ci")) {
                calls.callers(calls.definition(function)).forEach(this::noteHandlers);
            }
        }
        this.hasCoroutines = coroutines;
    }

    private void noteHandlers(Function caller) {
        for (BasicBlock block : caller.blocks()) {
            for (Instruction instruction : block.instructions()) {
                if (instruction instanceof CallBase call) {
                    noteHandler(call);
                }
            }
        }
    }

    private void noteHandler(CallBase call) {
        Function callee = call.calledFunction();
        if (callee == null || callee.name() == null || !callee.name().startsWith("register_ci")) {
            return;
        }
        for (int i = 0; i < call.argumentCount(); i++) {
            Function handler = call.argument(i) instanceof Constant constant ? function(constant) : null;
            if (handler != null) {
                handlers.add(handler);
            }
        }
    }

    private static @Nullable Function function(Constant constant) {
        return switch (constant) {
            case Function function -> function;
            case ConstantExpr.Conversion conversion -> function(conversion.operand());
            default -> null;
        };
    }

    private static Pattern pattern(String wildcards) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < wildcards.length(); i++) {
            char c = wildcards.charAt(i);
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** Why a function is left as it is; null when it is not. */
    @Nullable
    String reason(Function function) {
        String name = function.name() == null ? "" : function.name();
        if (function.linkage() == Linkage.AVAILABLE_EXTERNALLY) {
            return "available_externally: another module has the body that runs";
        }
        if (function.attributes().has("naked")) {
            return "naked: has no frame to save registers in";
        }
        if (function.attributes().has("jci-no-instrument")
                || function.attributes().has("disable_sanitizer_instrumentation")) {
            return "opted out by attribute";
        }
        if (isPresplitCoroutine(function)) {
            return "a coroutine that is not split yet: run the coroutine passes first";
        }
        if (RUNTIME.contains(name)) {
            return "part of the runtime";
        }
        if (resolvers.contains(function)) {
            return "an ifunc resolver: runs before thread-local storage exists";
        }
        if (handlers.contains(function)) {
            return "an interrupt handler";
        }
        if (skip.stream().anyMatch(pattern -> pattern.matcher(name).matches())) {
            return "skipped by name";
        }
        return hasFunclets(function) ? "has exception-handling funclets" : null;
    }

    /** By the attribute, or by what older versions of LLVM have: a body that still asks for its frame. */
    private boolean isPresplitCoroutine(Function function) {
        if (function.attributes().has("presplitcoroutine")
                || function.attributes().has("coroutine.presplit")) {
            return true;
        }
        if (!hasCoroutines) {
            return false;
        }
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                if (instruction instanceof CallBase call && call.isIntrinsic("llvm.coro.begin")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasFunclets(Function function) {
        if (function.personality() == null) {
            return false;
        }
        for (BasicBlock block : function.layout()) {
            Instruction first = block.firstNonPhi();
            if (first instanceof CatchSwitch || first instanceof CatchPad || first instanceof CleanupPad) {
                return true;
            }
        }
        return false;
    }
}
