package dev.jci.ci;

import dev.jci.ir.BinaryOpcode;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Call;
import dev.jci.ir.CallSite;
import dev.jci.ir.Flags;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.ICmp;
import dev.jci.ir.ICmpPredicate;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Load;
import dev.jci.ir.Module;
import dev.jci.ir.PointerType;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Store;
import dev.jci.ir.TailCallKind;
import dev.jci.ir.ThreadLocalMode;
import dev.jci.ir.Type;
import dev.jci.ir.Value;

/** The published ABI: a 64-bit clock and deadline, and a hook called through a thread-local pointer. */
final class LibciProbe implements CountdownEmitter.Probe {
    private static final FunctionType HOOK = FunctionType.of(SpecialType.VOID, IntegerType.I64);

    private final Function function;
    private final GlobalVariable clock;
    private final GlobalVariable deadline;
    private final GlobalVariable interval;
    private final GlobalVariable hook;
    private Value now;

    LibciProbe(Module module, Function function, ThreadLocalMode mode) {
        this.function = function;
        this.clock = Runtime.threadLocal(module, "LocalLC", IntegerType.I64, mode);
        this.deadline = Runtime.threadLocal(module, "NextInterval", IntegerType.I64, mode);
        this.interval = Runtime.threadLocal(module, "ci_ir_interval", IntegerType.I64, mode);
        Type pointer = module.hasTypedPointers() ? PointerType.to(HOOK, 0) : PointerType.OPAQUE;
        this.hook = Runtime.threadLocal(module, "intvActionHook", pointer, mode);
        this.now = clock;
    }

    @Override
    public Value commit(Instruction before, Value amount) {
        Instruction old = CountdownEmitter.put(function, before, "ci.clock", load(IntegerType.I64, clock));
        Instruction advanced = CountdownEmitter.put(
                function, before, "ci.clock", new BinaryOperator(BinaryOpcode.ADD, Flags.NONE, old, amount));
        CountdownEmitter.put(function, before, "", new Store(advanced, clock, false, null, null, 8));
        Instruction limit = CountdownEmitter.put(function, before, "ci.deadline", load(IntegerType.I64, deadline));
        now = advanced;
        return CountdownEmitter.put(
                function, before, "ci.late", new ICmp(ICmpPredicate.SGT, Flags.NONE, advanced, limit));
    }

    @Override
    public void fire(Instruction before) {
        // The next deadline counts from now, not from the last one: no burst of calls after a long time without a
        // probe.
        Instruction length = CountdownEmitter.put(function, before, "ci.interval", load(IntegerType.I64, interval));
        Instruction next = CountdownEmitter.put(
                function, before, "ci.deadline", new BinaryOperator(BinaryOpcode.ADD, Flags.NONE, now, length));
        CountdownEmitter.put(function, before, "", new Store(next, deadline, false, null, null, 8));
        Instruction handler = CountdownEmitter.put(function, before, "ci.hook", load(hook.valueType(), hook));
        CountdownEmitter.put(
                function, before, "", new Call(CallSite.of(HOOK, handler, now), TailCallKind.NONE, Flags.NONE));
    }

    private static Load load(Type type, GlobalVariable from) {
        return new Load(type, from, false, null, null, 8);
    }
}
