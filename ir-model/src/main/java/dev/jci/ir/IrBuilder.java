package dev.jci.ir;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes instructions and puts them where its cursor stands. There is a method for each instruction, with LLVM's name:
 *
 * <pre>{@code
 * Function count = IrBuilder.define(module, "count", FunctionType.of(IntegerType.I64, IntegerType.I64), (function, at) -> {
 *     BasicBlock entry = at.block();
 *     BasicBlock loop = at.newBlock("loop");
 *     BasicBlock exit = at.newBlock("exit");
 *     at.br(loop);
 *     at.moveTo(loop);
 *     Phi i = at.named("i").phi(IntegerType.I64);
 *     Value next = at.named("next").add(i, ConstantInt.i64(1), "nuw");
 *     i.addIncoming(ConstantInt.i64(0), entry);
 *     i.addIncoming(next, loop);
 *     at.condBr(at.icmp(ICmpPredicate.ULT, next, function.arguments().get(0)), loop, exit);
 *     at.moveTo(exit);
 *     at.ret(next);
 * });
 * }</pre>
 *
 * <p>An instruction is unnamed, and then numbered by the printer, unless {@link #named} was called right before; that name is made unique in
 * the function. All instructions get the debug location set last, when one was set.
 */
public final class IrBuilder {
    private BasicBlock block;
    private @Nullable Instruction successor;
    private @Nullable String nextName;
    private @Nullable MDNode debugLocation;

    private IrBuilder(BasicBlock block, @Nullable Instruction successor) {
        this.block = block;
        this.successor = successor;
    }

    /** A builder that adds at the end of the block. */
    public static IrBuilder at(BasicBlock block) {
        return new IrBuilder(block, null);
    }

    /**
     * A builder that inserts right before the instruction, with its debug location.
     *
     * @throws IllegalArgumentException when the instruction is in no block
     */
    public static IrBuilder before(Instruction instruction) {
        return new IrBuilder(blockOf(instruction), instruction).location(instruction.debugLocation());
    }

    /**
     * A builder that inserts right after the instruction, one behind the other, with its debug location.
     *
     * @throws IllegalArgumentException when the instruction is in no block
     */
    public static IrBuilder after(Instruction instruction) {
        return new IrBuilder(blockOf(instruction), instruction.next()).location(instruction.debugLocation());
    }

    private static BasicBlock blockOf(Instruction instruction) {
        BasicBlock block = instruction.parent();
        if (block == null) {
            throw new IllegalArgumentException("the instruction is in no block");
        }
        return block;
    }

    /**
     * Defines a function: makes it with parameters for its type and an entry block, lets the body fill it, and adds it to the module.
     *
     * @param module the module to add it to
     * @param name the name without {@code @}
     * @param type the type of the function
     * @param body gets the function and a builder at the end of its entry block
     * @return the function
     * @throws IllegalArgumentException when the name is taken
     */
    public static Function define(Module module, String name, FunctionType type, BiConsumer<Function, IrBuilder> body) {
        Function function = module.newFunction(name, type);
        BasicBlock entry = new BasicBlock("entry");
        function.append(entry);
        module.add(function);
        body.accept(function, at(entry));
        return function;
    }

    /** The block that the cursor is in. */
    public BasicBlock block() {
        return block;
    }

    /** Moves the cursor to the end of another block. */
    public IrBuilder moveTo(BasicBlock block) {
        this.block = block;
        this.successor = null;
        return this;
    }

    /**
     * A new block at the end of the function; the cursor stays where it is.
     *
     * @param name the label, made unique; null for a numbered one
     * @throws IllegalStateException when the block of the cursor is in no function
     */
    public BasicBlock newBlock(@Nullable String name) {
        Function function = block.parent();
        if (function == null) {
            throw new IllegalStateException("the block is in no function");
        }
        BasicBlock made = new BasicBlock(name == null ? null : function.freshName(name));
        function.append(made);
        return made;
    }

    /** Names the result of the next instruction; the name is made unique. */
    public IrBuilder named(@Nullable String name) {
        this.nextName = name;
        return this;
    }

    /** Gives all instructions made from now on that debug location, {@code !dbg}; null for none. */
    public IrBuilder location(@Nullable MDNode location) {
        this.debugLocation = location;
        return this;
    }

    /** Puts a ready-made instruction where the cursor stands. */
    public <I extends Instruction> I insert(I instruction) {
        Function function = block.parent();
        if (nextName != null && instruction.hasResult()) {
            instruction.setName(function == null ? nextName : function.freshName(nextName));
        }
        nextName = null;
        if (debugLocation != null && instruction.debugLocation() == null) {
            instruction.attach("dbg", debugLocation);
        }
        if (successor == null) {
            block.append(instruction);
        } else {
            block.insertBefore(instruction, successor);
        }
        return instruction;
    }

    private PointerType pointerTo(Type pointee, int addressSpace) {
        Function function = block.parent();
        Module module = function == null ? null : function.parent();
        return module != null && module.hasTypedPointers()
                ? PointerType.to(pointee, addressSpace)
                : PointerType.opaque(addressSpace);
    }

    // Terminators

    /** {@code ret void}. */
    public Ret retVoid() {
        return insert(new Ret(null));
    }

    /** {@code ret}. */
    public Ret ret(Value value) {
        return insert(new Ret(value));
    }

    /** {@code br label}. */
    public Br br(BasicBlock target) {
        return insert(new Br(target));
    }

    /** {@code br i1}. */
    public CondBr condBr(Value condition, BasicBlock ifTrue, BasicBlock ifFalse) {
        return insert(new CondBr(condition, ifTrue, ifFalse));
    }

    /** {@code switch}. */
    public Switch switchOn(Value condition, BasicBlock defaultTarget, List<Switch.Case> cases) {
        return insert(new Switch(condition, defaultTarget, cases));
    }

    /** {@code indirectbr}. */
    public IndirectBr indirectBr(Value address, List<BasicBlock> targets) {
        return insert(new IndirectBr(address, targets));
    }

    /** {@code invoke}. */
    public Invoke invoke(CallSite site, BasicBlock normal, BasicBlock unwind) {
        return insert(new Invoke(site, normal, unwind));
    }

    /** {@code callbr}. */
    public CallBr callBr(CallSite site, BasicBlock fallthrough, List<BasicBlock> indirect) {
        return insert(new CallBr(site, fallthrough, indirect));
    }

    /** {@code resume}. */
    public Resume resume(Value value) {
        return insert(new Resume(value));
    }

    /** {@code catchswitch}; null as the last argument unwinds to the caller. */
    public CatchSwitch catchSwitch(Value parentPad, List<BasicBlock> handlers, @Nullable BasicBlock unwind) {
        return insert(new CatchSwitch(parentPad, handlers, unwind));
    }

    /** {@code catchret}. */
    public CatchRet catchRet(Value pad, BasicBlock target) {
        return insert(new CatchRet(pad, target));
    }

    /** {@code cleanupret}; null as the last argument unwinds to the caller. */
    public CleanupRet cleanupRet(Value pad, @Nullable BasicBlock unwind) {
        return insert(new CleanupRet(pad, unwind));
    }

    /** {@code unreachable}. */
    public Unreachable unreachable() {
        return insert(new Unreachable());
    }

    // Unary and binary operations

    /** {@code fneg}. */
    public FNeg fneg(Value value, String... flags) {
        return insert(new FNeg(value, Flags.of(flags)));
    }

    /** A binary operation. */
    public BinaryOperator binary(BinaryOpcode opcode, Value left, Value right, String... flags) {
        return insert(new BinaryOperator(opcode, Flags.of(flags), left, right));
    }

    /** {@code add}, with flag words such as {@code nuw nsw}. */
    public BinaryOperator add(Value left, Value right, String... flags) {
        return binary(BinaryOpcode.ADD, left, right, flags);
    }

    /** {@code fadd}, with flag words such as {@code fast}. */
    public BinaryOperator fadd(Value left, Value right, String... flags) {
        return binary(BinaryOpcode.FADD, left, right, flags);
    }

    /** {@code sub}, with flag words such as {@code nuw nsw}. */
    public BinaryOperator sub(Value left, Value right, String... flags) {
        return binary(BinaryOpcode.SUB, left, right, flags);
    }

    /** {@code fsub}, with flag words such as {@code fast}. */
    public BinaryOperator fsub(Value left, Value right, String... flags) {
        return binary(BinaryOpcode.FSUB, left, right, flags);
    }

    /** {@code mul}, with flag words such as {@code nuw nsw}. */
    public BinaryOperator mul(Value left, Value right, String... flags) {
        return binary(BinaryOpcode.MUL, left, right, flags);
    }

    /** {@code fmul}, with flag words such as {@code fast}. */
    public BinaryOperator fmul(Value left, Value right, String... flags) {
        return binary(BinaryOpcode.FMUL, left, right, flags);
    }

    /** {@code udiv}, with flag words such as {@code exact}. */
    public BinaryOperator udiv(Value left, Value right, String... flags) {
        return binary(BinaryOpcode.UDIV, left, right, flags);
    }

    /** {@code sdiv}, with flag words such as {@code exact}. */
    public BinaryOperator sdiv(Value left, Value right, String... flags) {
        return binary(BinaryOpcode.SDIV, left, right, flags);
    }

    /** {@code fdiv}, with flag words such as {@code fast}. */
    public BinaryOperator fdiv(Value left, Value right, String... flags) {
        return binary(BinaryOpcode.FDIV, left, right, flags);
    }

    /** {@code urem}, with flag words such as none at present. */
    public BinaryOperator urem(Value left, Value right, String... flags) {
        return binary(BinaryOpcode.UREM, left, right, flags);
    }

    /** {@code srem}, with flag words such as none at present. */
    public BinaryOperator srem(Value left, Value right, String... flags) {
        return binary(BinaryOpcode.SREM, left, right, flags);
    }

    /** {@code frem}, with flag words such as {@code fast}. */
    public BinaryOperator frem(Value left, Value right, String... flags) {
        return binary(BinaryOpcode.FREM, left, right, flags);
    }

    /** {@code shl}, with flag words such as {@code nuw nsw}. */
    public BinaryOperator shl(Value left, Value right, String... flags) {
        return binary(BinaryOpcode.SHL, left, right, flags);
    }

    /** {@code lshr}, with flag words such as {@code exact}. */
    public BinaryOperator lshr(Value left, Value right, String... flags) {
        return binary(BinaryOpcode.LSHR, left, right, flags);
    }

    /** {@code ashr}, with flag words such as {@code exact}. */
    public BinaryOperator ashr(Value left, Value right, String... flags) {
        return binary(BinaryOpcode.ASHR, left, right, flags);
    }

    /** {@code and}, with flag words such as none at present. */
    public BinaryOperator and(Value left, Value right, String... flags) {
        return binary(BinaryOpcode.AND, left, right, flags);
    }

    /** {@code or}, with flag words such as {@code disjoint}. */
    public BinaryOperator or(Value left, Value right, String... flags) {
        return binary(BinaryOpcode.OR, left, right, flags);
    }

    /** {@code xor}, with flag words such as none at present. */
    public BinaryOperator xor(Value left, Value right, String... flags) {
        return binary(BinaryOpcode.XOR, left, right, flags);
    }

    // Vectors and aggregates

    /** {@code extractelement}. */
    public ExtractElement extractElement(Value vector, Value index) {
        return insert(new ExtractElement(vector, index));
    }

    /** {@code insertelement}. */
    public InsertElement insertElement(Value vector, Value element, Value index) {
        return insert(new InsertElement(vector, element, index));
    }

    /** {@code shufflevector}. */
    public ShuffleVector shuffleVector(Value first, Value second, Value mask) {
        return insert(new ShuffleVector(first, second, mask));
    }

    /** {@code extractvalue}. */
    public ExtractValue extractValue(Value aggregate, Integer... indices) {
        return insert(new ExtractValue(aggregate, List.of(indices)));
    }

    /** {@code insertvalue}. */
    public InsertValue insertValue(Value aggregate, Value element, Integer... indices) {
        return insert(new InsertValue(aggregate, element, List.of(indices)));
    }

    // Memory

    /** {@code alloca} of one value. */
    public Alloca alloca(Type type) {
        return insert(new Alloca(pointerTo(type, 0), type, null, false, false, 0));
    }

    /** {@code alloca} of that many values. */
    public Alloca alloca(Type type, Value count) {
        return insert(new Alloca(pointerTo(type, 0), type, count, false, false, 0));
    }

    /** {@code load}. */
    public Load load(Type type, Value pointer) {
        return insert(new Load(type, pointer, false, null, null, 0));
    }

    /** {@code load atomic}; alignment in bytes. */
    public Load loadAtomic(Type type, Value pointer, AtomicOrdering ordering, long alignment) {
        return insert(new Load(type, pointer, false, ordering, null, alignment));
    }

    /** {@code store}. */
    public Store store(Value value, Value pointer) {
        return insert(new Store(value, pointer, false, null, null, 0));
    }

    /** {@code store atomic}; alignment in bytes. */
    public Store storeAtomic(Value value, Value pointer, AtomicOrdering ordering, long alignment) {
        return insert(new Store(value, pointer, false, ordering, null, alignment));
    }

    /** {@code fence}. */
    public Fence fence(AtomicOrdering ordering) {
        return insert(new Fence(ordering, null));
    }

    /** {@code cmpxchg}. */
    public CmpXchg cmpxchg(
            Value pointer, Value expected, Value replacement, AtomicOrdering success, AtomicOrdering failure) {
        return insert(new CmpXchg(pointer, expected, replacement, false, false, null, success, failure, 0));
    }

    /** {@code atomicrmw}; the operation as LLVM writes it, such as {@code add}. */
    public AtomicRMW atomicRmw(String operation, Value pointer, Value value, AtomicOrdering ordering) {
        return insert(new AtomicRMW(pointer, value, operation, false, null, ordering, 0));
    }

    /** {@code getelementptr}. */
    public GetElementPtr gep(Type elementType, Value pointer, Value... indices) {
        return gep(Flags.NONE, elementType, pointer, List.of(indices));
    }

    /** {@code getelementptr inbounds}. */
    public GetElementPtr inBoundsGep(Type elementType, Value pointer, Value... indices) {
        return gep(Flags.of("inbounds"), elementType, pointer, List.of(indices));
    }

    /** {@code getelementptr} with any flags. */
    public GetElementPtr gep(Flags flags, Type elementType, Value pointer, List<Value> indices) {
        return insert(new GetElementPtr(gepType(elementType, pointer, indices), flags, elementType, pointer, indices));
    }

    private static Type gepType(Type elementType, Value pointer, List<Value> indices) {
        Type scalar = pointer.type().scalar();
        if (scalar instanceof PointerType typed && !typed.isOpaque()) {
            Type at = elementType;
            for (int i = 1; i < indices.size(); i++) {
                long index = indices.get(i) instanceof ConstantInt constant ? constant.longValue() : 0;
                at = switch (at) {
                    case ArrayType array -> array.element();
                    case VectorType vector -> vector.element();
                    default -> AggregateTypes.element(at, index);
                };
            }
            scalar = PointerType.to(at, typed.addressSpace());
        }
        Type shape = pointer.type();
        for (Value index : indices) {
            shape = index.type() instanceof VectorType ? index.type() : shape;
        }
        return shape instanceof VectorType vector ? new VectorType(vector.scalable(), vector.length(), scalar) : scalar;
    }

    // Conversions

    /** A conversion. */
    public Cast cast(CastOpcode opcode, Value value, Type type, String... flags) {
        return insert(new Cast(opcode, Flags.of(flags), value, type));
    }

    /** {@code trunc}. */
    public Cast trunc(Value value, Type type, String... flags) {
        return cast(CastOpcode.TRUNC, value, type, flags);
    }

    /** {@code zext}. */
    public Cast zext(Value value, Type type, String... flags) {
        return cast(CastOpcode.ZEXT, value, type, flags);
    }

    /** {@code sext}. */
    public Cast sext(Value value, Type type, String... flags) {
        return cast(CastOpcode.SEXT, value, type, flags);
    }

    /** {@code fptrunc}. */
    public Cast fptrunc(Value value, Type type, String... flags) {
        return cast(CastOpcode.FPTRUNC, value, type, flags);
    }

    /** {@code fpext}. */
    public Cast fpext(Value value, Type type, String... flags) {
        return cast(CastOpcode.FPEXT, value, type, flags);
    }

    /** {@code fptoui}. */
    public Cast fptoui(Value value, Type type, String... flags) {
        return cast(CastOpcode.FPTOUI, value, type, flags);
    }

    /** {@code fptosi}. */
    public Cast fptosi(Value value, Type type, String... flags) {
        return cast(CastOpcode.FPTOSI, value, type, flags);
    }

    /** {@code uitofp}. */
    public Cast uitofp(Value value, Type type, String... flags) {
        return cast(CastOpcode.UITOFP, value, type, flags);
    }

    /** {@code sitofp}. */
    public Cast sitofp(Value value, Type type, String... flags) {
        return cast(CastOpcode.SITOFP, value, type, flags);
    }

    /** {@code ptrtoint}. */
    public Cast ptrtoint(Value value, Type type, String... flags) {
        return cast(CastOpcode.PTRTOINT, value, type, flags);
    }

    /** {@code inttoptr}. */
    public Cast inttoptr(Value value, Type type, String... flags) {
        return cast(CastOpcode.INTTOPTR, value, type, flags);
    }

    /** {@code bitcast}. */
    public Cast bitcast(Value value, Type type, String... flags) {
        return cast(CastOpcode.BITCAST, value, type, flags);
    }

    /** {@code addrspacecast}. */
    public Cast addrspacecast(Value value, Type type, String... flags) {
        return cast(CastOpcode.ADDRSPACECAST, value, type, flags);
    }

    // Other operations

    /** {@code icmp}. */
    public ICmp icmp(ICmpPredicate predicate, Value left, Value right) {
        return insert(new ICmp(predicate, Flags.NONE, left, right));
    }

    /** {@code fcmp}. */
    public FCmp fcmp(FCmpPredicate predicate, Value left, Value right, String... flags) {
        return insert(new FCmp(predicate, Flags.of(flags), left, right));
    }

    /** {@code phi} without inputs; add them with {@link Phi#addIncoming}. */
    public Phi phi(Type type) {
        return insert(new Phi(type, Flags.NONE));
    }

    /** {@code select}. */
    public Select select(Value condition, Value ifTrue, Value ifFalse) {
        return insert(new Select(condition, ifTrue, ifFalse, Flags.NONE));
    }

    /** {@code freeze}. */
    public Freeze freeze(Value value) {
        return insert(new Freeze(value));
    }

    /** {@code call} of a function. */
    public Call call(Function callee, Value... arguments) {
        return call(CallSite.of(callee, arguments));
    }

    /** {@code call} with all that belongs to it. */
    public Call call(CallSite site) {
        return insert(new Call(site, TailCallKind.NONE, Flags.NONE));
    }

    /** {@code va_arg}. */
    public VAArg vaArg(Value list, Type type) {
        return insert(new VAArg(list, type));
    }

    // Exception handling

    /** {@code landingpad} with {@code cleanup} and no clauses. */
    public LandingPad cleanupLandingPad(Type type) {
        return insert(new LandingPad(type, true, List.of(), List.of()));
    }

    /** {@code landingpad} with {@code catch} clauses. */
    public LandingPad catchLandingPad(Type type, List<? extends Constant> clauses) {
        return insert(new LandingPad(
                type, false, clauses, clauses.stream().map(clause -> false).toList()));
    }

    /** {@code catchpad}. */
    public CatchPad catchPad(Value parentPad, List<? extends Value> arguments) {
        return insert(new CatchPad(parentPad, arguments));
    }

    /** {@code cleanuppad}. */
    public CleanupPad cleanupPad(Value parentPad, List<? extends Value> arguments) {
        return insert(new CleanupPad(parentPad, arguments));
    }
}
