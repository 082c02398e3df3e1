package dev.jci.ci.interp;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.BlockAddress;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.DataLayout;
import dev.jci.ir.Function;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Module;
import dev.jci.ir.PointerType;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Runs the functions of one module. Threads are not modelled: thread-local variables are plain ones. */
public final class Machine {
    /** What a {@link Trap} says when the steps are used up. */
    public static final String TOO_LONG = "the program does not end";

    private static final long CODE = 1L << 40;

    private final Module module;
    private final Listener listener;
    private final DataLayout layout;
    private final Memory memory = new Memory();
    private final Map<String, External> externals = new HashMap<>();
    private final IdentityHashMap<GlobalVariable, Long> addresses = new IdentityHashMap<>();
    private final NavigableMap<Long, GlobalVariable> variables = new TreeMap<>();
    private final List<Object> code = new ArrayList<>();
    private final IdentityHashMap<Object, Long> codeAddresses = new IdentityHashMap<>();
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long globalsEnd;
    private long stepsLeft = Long.MAX_VALUE;

    /**
     * A machine with the module's global variables in memory.
     *
     * @param module what it runs
     * @param listener is told what it does
     */
    public Machine(Module module, Listener listener) {
        this.module = module;
        this.listener = listener;
        this.layout = DataLayout.of(module);
        for (GlobalVariable variable : module.globals()) {
            long address = memory.allocateGlobal(sizeOf(variable.valueType()), 16);
            addresses.put(variable, address);
            variables.put(address, variable);
            globalsEnd = address + sizeOf(variable.valueType());
            Constant initial = variable.initializer();
            if (initial instanceof ConstantInt || initial instanceof Function) {
                memory.store(address, (int) sizeOf(variable.valueType()), constant(initial));
            }
        }
    }

    /** Lets the machine execute only that many instructions, and then end with a {@link Trap}. */
    public Machine withSteps(long steps) {
        stepsLeft = steps;
        return this;
    }

    /** Says what a declared function does. */
    public Machine with(String name, External external) {
        externals.put(name, external);
        return this;
    }

    /**
     * Calls a function of the module.
     *
     * @throws Unwinding when it throws
     * @throws Trap when it cannot be run, or does not end
     */
    public long call(String name, long... arguments) {
        Function function = module.function(name);
        if (function == null) {
            throw new IllegalArgumentException("no function " + name);
        }
        return invoke(function, arguments);
    }

    /** The address of a function, to be put into a variable. */
    public long addressOf(String function) {
        Function found = module.function(function);
        if (found == null) {
            throw new IllegalArgumentException("no function " + function);
        }
        return codeAddress(found);
    }

    /** Calls the function at an address, for code that is given a pointer to a function. */
    public long callAddress(long address, long... arguments) {
        return invoke(functionAt(address), arguments);
    }

    /** The value of a global variable of up to 64 bits. */
    public long global(String name) {
        GlobalVariable variable = module.global(name);
        if (variable == null) {
            throw new IllegalArgumentException("no variable " + name);
        }
        return memory.load(address(variable), (int) sizeOf(variable.valueType()));
    }

    /** Sets a global variable, unseen by the listener. */
    public void setGlobal(String name, long value) {
        GlobalVariable variable = module.global(name);
        if (variable == null) {
            throw new IllegalArgumentException("no variable " + name);
        }
        memory.store(address(variable), (int) sizeOf(variable.valueType()), value);
    }

    long invoke(Function function, long[] arguments) {
        if (!function.isDeclaration()) {
            listener.enters(function);
            try {
                return new Frame(this, function, arguments).run();
            } finally {
                listener.leaves(function);
            }
        }
        External external = externals.get(function.name());
        if (external == null) {
            throw new Trap("nothing is known of " + function);
        }
        return external.call(arguments);
    }

    /** Goes back to the last call of {@code _setjmp} whose function has not returned; does nothing when there is none. */
    public void jump() {
        Mark mark = marks.peek();
        if (mark != null) {
            throw new Jump(mark);
        }
    }

    Deque<Mark> marks() {
        return marks;
    }

    Memory memory() {
        return memory;
    }

    Listener listener() {
        return listener;
    }

    void step() {
        if (--stepsLeft < 0) {
            throw new Trap(TOO_LONG);
        }
    }

    long sizeOf(Type type) {
        return layout.sizeOf(type).orElseThrow(() -> new Trap("no size: " + type));
    }

    DataLayout layout() {
        return layout;
    }

    int bits(Type type) {
        return switch (type) {
            case IntegerType integer when integer.bits() <= 64 -> integer.bits();
            case PointerType pointer -> 64;
            default -> throw new Trap("no value of type " + type);
        };
    }

    long constant(Constant constant) {
        return switch (constant) {
            case ConstantInt number ->
                Arithmetic.unsigned(number.longValue(), number.type().bits());
            case SimpleConstant word -> 0;
            case GlobalVariable variable -> address(variable);
            case Function function -> codeAddress(function);
            case BlockAddress label -> codeAddress(label.block());
            default -> throw new Trap("no value: " + constant);
        };
    }

    private long address(GlobalVariable variable) {
        Long address = addresses.get(variable);
        if (address == null) {
            throw new Trap("not in memory: " + variable);
        }
        return address;
    }

    private long codeAddress(Value place) {
        return codeAddresses.computeIfAbsent(place, key -> {
            code.add(place);
            return CODE + code.size() - 1;
        });
    }

    Function functionAt(long address) {
        return (Function) code.get((int) (address - CODE));
    }

    BasicBlock blockAt(long address) {
        return (BasicBlock) code.get((int) (address - CODE));
    }

    void store(long address, int size, long value) {
        Map.Entry<Long, GlobalVariable> below = variables.floorEntry(address);
        if (below != null && address < globalsEnd) {
            listener.writes(below.getValue(), address - below.getKey(), value);
            if (below.getKey() == address) {
                listener.stores(below.getValue(), memory.load(address, size), value);
            }
        }
        memory.store(address, size, value);
    }
}
