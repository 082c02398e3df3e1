package dev.jci.ir.transform;

import dev.jci.ir.Alloca;
import dev.jci.ir.Argument;
import dev.jci.ir.AtomicRMW;
import dev.jci.ir.Attribute;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.CallBase;
import dev.jci.ir.Cast;
import dev.jci.ir.CastOpcode;
import dev.jci.ir.CatchPad;
import dev.jci.ir.CleanupPad;
import dev.jci.ir.CmpXchg;
import dev.jci.ir.Constant;
import dev.jci.ir.Flags;
import dev.jci.ir.Function;
import dev.jci.ir.FunctionType;
import dev.jci.ir.GetElementPtr;
import dev.jci.ir.ICmp;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.Instruction;
import dev.jci.ir.Load;
import dev.jci.ir.MetadataAsValue;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Store;
import dev.jci.ir.StructType;
import dev.jci.ir.Type;
import dev.jci.ir.VAArg;
import dev.jci.ir.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The body of one function with typed pointers.
 *
 * <p>First each instruction gets its type: {@code alloca} and {@code getelementptr} give pointers to what they name, everything else gives
 * {@code i8*}. Then each operand is brought to the type that its user asks for: a pointer that is to be {@code i8*} by a {@code bitcast}
 * right behind its definition, which all such users share; one that is to be something else by a {@code bitcast} right before the user. A
 * phi asks for {@code i8*}, so no {@code bitcast} has to stand on an edge.
 */
final class TypedInstructions {
    private final PointeeTypes types;
    private final TypedConstants constants;
    private final TypedSignatures signatures;
    private final TypedMetadata metadata;
    private final Map<Function, FunctionType> opaque;
    private final BiFunction<Function, FunctionType, Function> overloads;
    private final IdentityHashMap<Value, Value> common = new IdentityHashMap<>();

    /**
     * @param opaque the types that functions had before
     * @param overloads gives for an intrinsic and a type the overload of that type
     */
    TypedInstructions(
            PointeeTypes types,
            TypedConstants constants,
            TypedSignatures signatures,
            TypedMetadata metadata,
            Map<Function, FunctionType> opaque,
            BiFunction<Function, FunctionType, Function> overloads) {
        this.types = types;
        this.constants = constants;
        this.signatures = signatures;
        this.metadata = metadata;
        this.opaque = opaque;
        this.overloads = overloads;
    }

    /** Edits the body in place. */
    void type(Function function) {
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                retype(instruction);
            }
        }
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                operands(function, instruction);
                instruction.debugRecords().forEach(metadata::type);
                instruction.attachments().forEach(attachment -> metadata.type(attachment.node()));
            }
        }
        common.clear();
    }

    private void retype(Instruction instruction) {
        switch (instruction) {
            case Alloca alloca -> {
                alloca.setAllocatedType(types.typed(alloca.allocatedType()));
                alloca.retype(PointeeTypes.pointingTo(alloca.allocatedType(), alloca.type()));
            }
            case GetElementPtr pointer -> {
                pointer.setSourceElementType(types.typed(pointer.sourceElementType()));
                Type reached = PointeeTypes.reached(pointer.sourceElementType(), pointer.indices());
                pointer.retype(PointeeTypes.pointingTo(reached, pointer.type()));
            }
            case CallBase call -> call(call);
            default -> instruction.retype(types.typed(instruction.type()));
        }
    }

    private void call(CallBase call) {
        FunctionType original = call.functionType();
        Function callee = call.calledFunction();
        boolean agrees = callee != null && original.equals(opaque.get(callee));
        FunctionType type =
                signatures.of(call.isIntrinsic() && callee != null ? callee.name() : null, original, index -> {
                    AttributeSet attributes = call.argumentAttributes(index);
                    boolean says = attributes.has("swifterror")
                            || attributes.attributes().stream().anyMatch(Attribute.Typed.class::isInstance);
                    return !says
                                    && agrees
                                    && callee != null
                                    && index < callee.arguments().size()
                            ? callee.arguments().get(index).attributes()
                            : attributes;
                });
        call.setFunctionType(type);
        call.retype(type.result());
        List<AttributeSet> arguments = new ArrayList<>();
        for (int i = 0; i < call.argumentCount(); i++) {
            arguments.add(types.typed(call.argumentAttributes(i)));
        }
        call.setArgumentAttributes(arguments);
        call.setReturnAttributes(types.typed(call.returnAttributes()));
        call.setAttributes(types.typed(call.attributes()));
    }

    private void operands(Function function, Instruction user) {
        switch (user) {
            case Load load ->
                bring(
                        load,
                        0,
                        PointeeTypes.pointingTo(load.type(), load.pointer().type()));
            case Store store -> {
                bringToCommon(store, 0);
                bring(
                        store,
                        1,
                        PointeeTypes.pointingTo(
                                store.value().type(), store.pointer().type()));
            }
            case CmpXchg exchange -> {
                bringToCommon(exchange, 1);
                bringToCommon(exchange, 2);
                Type held = exchange.expected().type();
                exchange.retype(StructType.of(held, dev.jci.ir.IntegerType.I1));
                bring(
                        exchange,
                        0,
                        PointeeTypes.pointingTo(held, exchange.pointer().type()));
            }
            case AtomicRMW update -> {
                bringToCommon(update, 1);
                bring(
                        update,
                        0,
                        PointeeTypes.pointingTo(
                                update.value().type(), update.pointer().type()));
            }
            case GetElementPtr pointer -> {
                bring(
                        pointer,
                        0,
                        PointeeTypes.pointingTo(
                                pointer.sourceElementType(), pointer.pointer().type()));
                for (int i = 1; i < pointer.operandCount(); i++) {
                    bringToCommon(pointer, i);
                }
            }
            case CallBase call -> callOperands(call);
            case Cast cast when keepsPointers(cast) -> bring(cast, 0, null);
            case VAArg it -> bring(it, 0, null);
            case CatchPad pad -> bringAll(pad, false);
            case CleanupPad pad -> bringAll(pad, false);
            case ICmp compare -> compare(compare);
            case dev.jci.ir.Ret ret
            when ret.operandCount() > 0 -> bring(ret, 0, function.functionType().result());
            default -> bringAll(user, true);
        }
    }

    /** Conversions that take any pointer. */
    private static boolean keepsPointers(Cast cast) {
        return switch (cast.operation()) {
            case PTRTOINT, PTRTOADDR -> true;
            case BITCAST -> cast.type().isPointerOrVector();
            default -> false;
        };
    }

    private void bringAll(Instruction user, boolean toCommon) {
        for (int i = 0; i < user.operandCount(); i++) {
            if (toCommon) {
                bringToCommon(user, i);
            } else {
                bring(user, i, null);
            }
        }
    }

    /** Two pointers of one type stay as they are, and null takes the type of the other. */
    private void compare(ICmp compare) {
        Value left = compare.left();
        Value right = compare.right();
        boolean leftHasType = !(left instanceof Constant);
        if (leftHasType && right instanceof SimpleConstant) {
            bring(compare, 1, left.type());
        } else if (!leftHasType || right instanceof Constant || !left.type().equals(right.type())) {
            bringAll(compare, true);
        }
    }

    private void callOperands(CallBase call) {
        Value callee = call.callee();
        FunctionType type = call.functionType();
        if (callee instanceof InlineAsm assembly) {
            call.setCallee(new InlineAsm(
                    PointeeTypes.pointingTo(type, assembly.type()),
                    assembly.template(),
                    assembly.constraints(),
                    assembly.sideEffect(),
                    assembly.alignStack(),
                    assembly.intelDialect(),
                    assembly.canUnwind()));
        } else if (call.isIntrinsic()
                && callee instanceof Function intrinsic
                && !intrinsic.functionType().equals(type)) {
            call.setCallee(overloads.apply(intrinsic, type));
        } else {
            bring(call, 0, PointeeTypes.pointingTo(type, callee.type()));
        }
        for (int i = 1; i < call.operandCount(); i++) {
            boolean isParameter = i <= type.parameters().size();
            Type parameter = isParameter ? type.parameters().get(i - 1) : null;
            bring(call, i, parameter == SpecialType.METADATA ? null : parameter);
        }
    }

    private void bringToCommon(Instruction user, int index) {
        Value operand = user.operand(index);
        switch (operand) {
            case Constant constant -> user.setOperand(index, constants.common(constant));
            case Instruction value -> bring(user, index, PointeeTypes.common(value.type()));
            case Argument value -> bring(user, index, PointeeTypes.common(value.type()));
            default -> bring(user, index, null);
        }
    }

    /** Gives an operand a type, null for the one that it has by itself. */
    private void bring(Instruction user, int index, @Nullable Type type) {
        Value operand = user.operand(index);
        switch (operand) {
            case Constant constant -> user.setOperand(index, constants.typed(constant, type));
            case MetadataAsValue wrapper ->
                user.setOperand(index, new MetadataAsValue(metadata.typed(wrapper.metadata())));
            case Instruction value -> user.setOperand(index, cast(value, type, user));
            case Argument value -> user.setOperand(index, cast(value, type, user));
            case BasicBlock block -> {}
            case InlineAsm assembly -> {}
            case dev.jci.ir.ForwardReference reference -> {}
        }
    }

    private Value cast(Value value, @Nullable Type type, Instruction user) {
        if (type == null || value.type().equals(type)) {
            return value;
        }
        if (!type.equals(PointeeTypes.common(type))) {
            return insertBefore(new Cast(CastOpcode.BITCAST, Flags.NONE, value, type), user);
        }
        Value known = common.get(value);
        if (known == null) {
            known = behind(value, new Cast(CastOpcode.BITCAST, Flags.NONE, value, type));
            common.put(value, known);
        }
        return known;
    }

    private static Value insertBefore(Cast cast, Instruction place) {
        BasicBlock block = place.parent();
        if (block == null) {
            throw new IllegalArgumentException("not in a block: " + place);
        }
        block.insertBefore(cast, place);
        cast.setDebugLocationFrom(place);
        cast.setPosition(place.position());
        return cast;
    }

    private static Value behind(Value definition, Cast cast) {
        Instruction next = null;
        if (definition instanceof Instruction instruction) {
            next = instruction.next();
        } else if (definition instanceof Argument argument && argument.parent() != null) {
            next = argument.parent().entry().firstInsertionPoint();
        }
        if (next == null) {
            throw new IllegalArgumentException("nothing can stand behind " + definition);
        }
        return insertBefore(cast, next);
    }
}
