package dev.jci.ci.interp;

import dev.jci.ir.Alloca;
import dev.jci.ir.Argument;
import dev.jci.ir.AtomicRMW;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Br;
import dev.jci.ir.Call;
import dev.jci.ir.CallBase;
import dev.jci.ir.CallBr;
import dev.jci.ir.Cast;
import dev.jci.ir.CondBr;
import dev.jci.ir.Constant;
import dev.jci.ir.ExtractValue;
import dev.jci.ir.Freeze;
import dev.jci.ir.Function;
import dev.jci.ir.GetElementPtr;
import dev.jci.ir.ICmp;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.Instruction;
import dev.jci.ir.Invoke;
import dev.jci.ir.LandingPad;
import dev.jci.ir.Load;
import dev.jci.ir.Phi;
import dev.jci.ir.Resume;
import dev.jci.ir.Ret;
import dev.jci.ir.Select;
import dev.jci.ir.Store;
import dev.jci.ir.Switch;
import dev.jci.ir.Type;
import dev.jci.ir.Unreachable;
import dev.jci.ir.Value;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One call of a function. What a landing pad gives is kept as its first member, the exception; the selector is 0. */
final class Frame {
    private final Machine machine;
    private final Function function;
    private final IdentityHashMap<Value, Long> values = new IdentityHashMap<>();
    private BasicBlock block;
    private BasicBlock from;
    private long thrown;

    Frame(Machine machine, Function function, long[] arguments) {
        this.machine = machine;
        this.function = function;
        this.block = function.entry();
        this.from = function.entry();
        List<Argument> parameters = function.arguments();
        for (int i = 0; i < parameters.size(); i++) {
            values.put(parameters.get(i), arguments[i]);
        }
    }

    /** Runs to the end. */
    long run() {
        int stack = machine.memory().stackEnd();
        try {
            Instruction start = null;
            while (true) {
                try {
                    Instruction end = start == null ? runBlock() : runFrom(start);
                    start = null;
                    switch (end) {
                        case Ret ret -> {
                            Value result = ret.value();
                            return result == null ? 0 : value(result);
                        }
                        case Resume resume -> throw new Unwinding(value(resume.value()));
                        default -> {
                            BasicBlock target = next(end);
                            from = block;
                            block = target;
                        }
                    }
                } catch (Jump jump) {
                    start = returnAgain(jump);
                }
            }
        } finally {
            machine.memory().restoreStack(stack);
            machine.marks().removeIf(mark -> mark.frame() == this);
        }
    }

    /** Goes on behind a call of {@code _setjmp} of this function; what to execute next. */
    private Instruction returnAgain(Jump jump) {
        Mark mark = jump.mark();
        if (mark.frame() != this) {
            throw jump;
        }
        machine.memory().restoreStack(mark.stackEnd());
        block = mark.block();
        values.put(mark.call(), 1L);
        return Objects.requireNonNull(mark.call().next());
    }

    /** Runs the block up to its terminator, which is given back. */
    private Instruction runBlock() {
        List<Phi> phis = block.phis();
        long[] incoming = new long[phis.size()];
        for (int i = 0; i < incoming.length; i++) {
            Value chosen = phis.get(i).incomingFrom(from);
            if (chosen == null) {
                throw new Trap(phis.get(i) + " has nothing from " + from);
            }
            incoming[i] = value(chosen);
        }
        for (int i = 0; i < incoming.length; i++) {
            machine.step();
            machine.listener().executes(phis.get(i));
            values.put(phis.get(i), incoming[i]);
        }
        return runFrom(block.firstNonPhi());
    }

    private Instruction runFrom(@Nullable Instruction start) {
        for (Instruction at = start; at != null; at = at.next()) {
            machine.step();
            machine.listener().executes(at);
            if (at == block.last()) {
                return at;
            }
            long result = execute(at);
            if (at.hasResult()) {
                values.put(at, result);
            }
        }
        throw new Trap("no terminator in " + block);
    }

    private BasicBlock next(Instruction terminator) {
        return switch (terminator) {
            case Br jump -> jump.target();
            case CondBr branch -> value(branch.condition()) != 0 ? branch.ifTrue() : branch.ifFalse();
            case Switch choice -> target(choice);
            case IndirectBr jump -> machine.blockAt(value(jump.address()));
            case Invoke invoke -> invoke(invoke);
            case CallBr branch ->
                (value(branch.argument(0)) & 1) == 0
                        ? branch.defaultDestination()
                        : branch.indirectDestinations().get(0);
            case Unreachable end -> throw new Trap("unreachable in " + function);
            default -> throw new Trap("not known: " + terminator.opcode());
        };
    }

    private BasicBlock target(Switch choice) {
        long key = value(choice.condition());
        for (int i = 0; i < choice.caseCount(); i++) {
            if (value(choice.caseValue(i)) == key) {
                return choice.caseTarget(i);
            }
        }
        return choice.defaultTarget();
    }

    private BasicBlock invoke(Invoke invoke) {
        int stack = machine.memory().stackEnd();
        try {
            values.put(invoke, call(invoke));
            return invoke.normalDestination();
        } catch (Unwinding exception) {
            machine.memory().restoreStack(stack);
            thrown = exception.value();
            return invoke.unwindDestination();
        }
    }

    private long execute(Instruction at) {
        return switch (at) {
            case BinaryOperator binary ->
                Arithmetic.binary(
                        binary.operation(), value(binary.left()), value(binary.right()), machine.bits(binary.type()));
            case ICmp compare ->
                Arithmetic.compare(
                                compare.predicate(),
                                value(compare.left()),
                                value(compare.right()),
                                machine.bits(compare.left().type()))
                        ? 1
                        : 0;
            case Select select -> value(value(select.condition()) != 0 ? select.ifTrue() : select.ifFalse());
            case Cast cast ->
                Arithmetic.cast(
                        cast.operation(),
                        value(cast.value()),
                        machine.bits(cast.value().type()),
                        machine.bits(cast.type()));
            case Freeze freeze -> value(freeze.value());
            case Alloca alloca -> allocate(alloca);
            case Load load ->
                Arithmetic.unsigned(
                        machine.memory().load(value(load.pointer()), size(load.type())), machine.bits(load.type()));
            case Store store -> {
                machine.store(value(store.pointer()), size(store.value().type()), value(store.value()));
                yield 0;
            }
            case AtomicRMW change when change.operation().equals("umax") -> largest(change);
            case GetElementPtr address -> element(address);
            case LandingPad pad -> thrown;
            case ExtractValue part -> part.indices().equals(List.of(0)) ? value(part.aggregate()) : 0;
            case Call call
            when isSetjmp(call) -> {
                machine.marks()
                        .push(new Mark(this, call, block, machine.memory().stackEnd()));
                yield 0;
            }
            case Call call -> call(call);
            default -> throw new Trap("not known: " + at.opcode());
        };
    }

    private long largest(AtomicRMW change) {
        long address = value(change.pointer());
        int size = size(change.value().type());
        long old = machine.memory().load(address, size);
        long given = value(change.value());
        machine.store(address, size, Long.compareUnsigned(old, given) < 0 ? given : old);
        return old;
    }

    private static boolean isSetjmp(Call call) {
        Function callee = call.calledFunction();
        return callee != null && "_setjmp".equals(callee.name());
    }

    private long allocate(Alloca alloca) {
        Value count = alloca.count();
        long size = machine.sizeOf(alloca.allocatedType()) * (count == null ? 1 : value(count));
        return machine.memory().allocateOnStack(Math.max(size, 1), 16);
    }

    private int size(Type type) {
        return (machine.bits(type) + 7) / 8;
    }

    /** Addresses of array elements: one index, scaled by the size of the element type. */
    private long element(GetElementPtr address) {
        if (address.indices().size() != 1) {
            throw new Trap("only one index: " + address);
        }
        Value index = address.indices().get(0);
        long scaled = Arithmetic.signed(value(index), machine.bits(index.type()))
                * machine.sizeOf(address.sourceElementType());
        return value(address.pointer()) + scaled;
    }

    private long call(CallBase call) {
        long[] arguments = new long[call.argumentCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = value(call.argument(i));
        }
        Function callee = call.calledFunction();
        return machine.invoke(callee == null ? machine.functionAt(value(call.callee())) : callee, arguments);
    }

    private long value(Value value) {
        if (value instanceof Constant constant) {
            return machine.constant(constant);
        }
        Long known = values.get(value);
        if (known == null) {
            throw new Trap("no value yet: " + value + " in " + function);
        }
        return known;
    }
}
