package dev.jci.ci;

import dev.jci.ir.Attribute;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.Call;
import dev.jci.ir.CallSite;
import dev.jci.ir.CallingConvention;
import dev.jci.ir.Flags;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionAttributes;
import dev.jci.ir.FunctionType;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Load;
import dev.jci.ir.Module;
import dev.jci.ir.PointerType;
import dev.jci.ir.RuntimePreemption;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Store;
import dev.jci.ir.TailCallKind;
import dev.jci.ir.ThreadLocalMode;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The symbols of the runtime as instrumented code sees them ({@code runtime/README.md}). */
final class Runtime {
    private static final String COUNTDOWN = "jci_countdown";
    private static final String FIRE = "jci_fire";
    private static final String FIRE_CYCLES = "jci_fire_cycles";
    private static final String XMM = "_xmm";
    private static final Set<String> SLOW_PATHS = Set.of(FIRE, FIRE_CYCLES, FIRE + XMM, FIRE_CYCLES + XMM);
    private static final CallingConvention PRESERVE_ALL = new CallingConvention("preserve_allcc");

    /** On x86-64 it keeps all general registers but rax, and of the vectors the sixteen of 128 bits, whatever others the processor has. */
    private static final CallingConvention COLD = new CallingConvention("coldcc");

    private final Module module;
    private final GlobalVariable countdown;
    private final String fireName;
    private final boolean x86;

    /** How each slow path is called, the same everywhere in the module; it is declared with its first call. */
    private final Map<CallingConvention, CallSite> slowPaths = new HashMap<>();

    private Runtime(Module module, GlobalVariable countdown, String fireName) {
        this.module = module;
        this.countdown = countdown;
        this.fireName = fireName;
        String triple = module.targetTriple() == null ? "x86_64" : module.targetTriple();
        this.x86 = triple.startsWith("x86_64") || triple.startsWith("amd64");
        if (!x86 && !triple.startsWith("aarch64") && !triple.startsWith("arm64")) {
            throw new IllegalArgumentException(
                    "probes of the default ABI know the processors x86_64 and aarch64, not the one of the" + " target '"
                            + triple + "'; those of the published one (libci) know all");
        }
    }

    /**
     * Declares what the mode needs of the default ABI. A module without a target is taken for one of x86-64.
     *
     * @throws IllegalArgumentException when there is no slow path for the processor of the module, or it has something else of those names
     */
    static Runtime declare(Module module, Options options) {
        GlobalVariable countdown = threadLocal(module, COUNTDOWN, IntegerType.I64, threadLocalMode(module, options));
        return new Runtime(module, countdown, options.mode() == Mode.CI_CYCLES ? FIRE_CYCLES : FIRE);
    }

    /**
     * The thread-local model of the runtime's variables. Code for an executable finds them at a fixed distance from the thread pointer, since the
     * runtime is linked into it.
     */
    static ThreadLocalMode threadLocalMode(Module module, Options options) {
        ThreadLocalMode wanted = options.threadLocalMode();
        if (wanted != null) {
            return wanted;
        }
        boolean executable = options.abi() == ProbeAbi.JCI && ModuleFlags.number(module, "PIE Level") > 0;
        return executable ? ThreadLocalMode.LOCALEXEC : ThreadLocalMode.INITIALEXEC;
    }

    /**
     * A thread-local variable of the runtime, declared now when the module does not mention it.
     *
     * @throws IllegalArgumentException when the module has something else of that name
     */
    static GlobalVariable threadLocal(Module module, String name, Type type, ThreadLocalMode mode) {
        GlobalValue known = module.find(name);
        if (known instanceof GlobalVariable variable
                && variable.valueType().equals(type)
                && variable.threadLocalMode() != ThreadLocalMode.NONE) {
            return variable;
        }
        if (known != null) {
            throw new IllegalArgumentException("the module's own @" + name + " is not the runtime's thread-local "
                    + type + "; rename it, or include ci.h of this version");
        }
        GlobalVariable variable = new GlobalVariable(name, type, null);
        variable.setThreadLocalMode(mode);
        variable.setAlignment(8);
        if (module.hasTypedPointers()) {
            variable.setType(PointerType.to(type, 0));
        }
        module.add(variable);
        return variable;
    }

    /** A load of the countdown of the thread, an {@code i64}. */
    Load loadCountdown() {
        return new Load(IntegerType.I64, countdown, false, null, null, Long.BYTES);
    }

    /** Whether a pointer is that to the countdown of the thread. */
    static boolean isCountdown(Value pointer) {
        return pointer instanceof GlobalVariable variable && COUNTDOWN.equals(variable.name());
    }

    /** A store to the countdown of the thread. */
    Store storeCountdown(Value value) {
        return new Store(value, countdown, false, null, null, Long.BYTES);
    }

    /** Whether the module is for x86-64. */
    boolean isForX86() {
        return x86;
    }

    /** Whether the counter that {@link #cycles} reads is as fast as the processor's clock, or nearly. */
    boolean countsProcessorCycles() {
        return x86;
    }

    /** Whether the functions of the module call slow paths of two names, as those that may use wide vectors and the others do. */
    boolean hasSeveralSlowPaths() {
        return x86
                && module.functions().stream()
                                .filter(function -> !function.isDeclaration())
                                .map(WideVectors::mayUse)
                                .distinct()
                                .count()
                        > 1;
    }

    /** Whether a function is the slow path. */
    static boolean isSlowPath(Function function) {
        return SLOW_PATHS.contains(String.valueOf(function.name()));
    }

    /** A look at the cycle counter that the runtime of mode {@code ci-cycles} uses as well, an {@code i64}. */
    synchronized Instruction cycles() {
        FunctionType type = FunctionType.of(IntegerType.I64);
        if (x86) {
            return new Call(CallSite.of(module.declare("llvm.readcyclecounter", type)), TailCallKind.NONE, Flags.NONE);
        }
        PointerType pointer = module.hasTypedPointers() ? PointerType.to(type, 0) : PointerType.OPAQUE;
        InlineAsm read = new InlineAsm(pointer, "mrs $0, cntvct_el0", "=r", true, false, false, false);
        return new Call(CallSite.of(type, read), TailCallKind.NONE, Flags.NONE);
    }

    /** Whether the runtime is in the same executable, so that its slow path can be called as a function of this module is. */
    private boolean isInExecutable() {
        return countdown.threadLocalMode() == ThreadLocalMode.LOCALEXEC;
    }

    /**
     * From a shared library the dynamic linker would bind the first call, and that does not keep all registers. The address that is called
     * instead takes a register, and often an instruction before a loop.
     */
    private AttributeSet slowPathAttributes() {
        Attribute cold = new Attribute.Word("cold");
        return isInExecutable() ? AttributeSet.of(cold) : AttributeSet.of(cold, new Attribute.Word("nonlazybind"));
    }

    private CallSite declareSlowPath(String name, CallingConvention convention) {
        FunctionType type = FunctionType.of(SpecialType.VOID);
        Function function = module.declare(name, type);
        function.setCallingConvention(convention);
        function.setAttributes(new FunctionAttributes(slowPathAttributes(), List.of()));
        if (isInExecutable()) {
            function.setPreemption(RuntimePreemption.DSO_LOCAL);
        }
        CallSite plain = CallSite.of(function);
        return new CallSite(
                convention,
                plain.returnAttributes(),
                -1,
                type,
                function,
                plain.arguments(),
                plain.argumentAttributes(),
                plain.attributes(),
                plain.bundles());
    }

    /**
     * A call of the slow path, which keeps every register that its caller uses. It may unwind: a handler may throw.
     *
     * @param wide whether its caller may use vectors that are wider than usual, {@link WideVectors}
     */
    synchronized Instruction fire(boolean wide) {
        if (x86) {
            CallSite site = slowPaths.computeIfAbsent(
                    wide ? PRESERVE_ALL : COLD,
                    convention -> declareSlowPath(wide ? fireName : fireName + XMM, convention));
            return new Call(site, TailCallKind.NONE, Flags.NONE);
        }
        FunctionType type = FunctionType.of(SpecialType.VOID);
        // Elsewhere LLVM has no convention that keeps all registers, so the call hides in assembly that clobbers the
        // link registers. LLVM knows x30 there only by its other name, and passes over clobbers that it does not know.
        PointerType pointer = module.hasTypedPointers() ? PointerType.to(type, 0) : PointerType.OPAQUE;
        InlineAsm branch = new InlineAsm(
                pointer, "bl " + fireName, "~{x16},~{x17},~{lr},~{memory},~{cc}", true, false, false, true);
        return new Call(CallSite.of(type, branch), TailCallKind.NONE, Flags.NONE);
    }
}
