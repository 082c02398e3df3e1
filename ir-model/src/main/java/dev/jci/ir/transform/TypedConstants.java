package dev.jci.ir.transform;

import dev.jci.ir.BlockAddress;
import dev.jci.ir.CastOpcode;
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantAggregate;
import dev.jci.ir.ConstantDataString;
import dev.jci.ir.ConstantExpr;
import dev.jci.ir.ConstantFP;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.ConstantPtrAuth;
import dev.jci.ir.ConstantSplat;
import dev.jci.ir.Flags;
import dev.jci.ir.GlobalReference;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.PointerType;
import dev.jci.ir.SimpleConstant;
import dev.jci.ir.Type;
import dev.jci.ir.VectorType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Constants with typed pointers. Globals must have their typed types already. */
final class TypedConstants {
    private final PointeeTypes types;

    TypedConstants(PointeeTypes types) {
        this.types = types;
    }

    /** The constant with the type that its kind gives it: a global is a pointer to what it holds. */
    Constant natural(Constant constant) {
        return typed(constant, null);
    }

    /** The constant where all pointers are to {@code i8}. */
    Constant common(Constant constant) {
        return typed(
                constant,
                types.typed(
                        constant.type().scalar() instanceof PointerType
                                ? PointeeTypes.common(constant.type())
                                : constant.type()));
    }

    /**
     * The constant with a type.
     *
     * @param constant a constant with opaque pointers; a global stays itself
     * @param type the type with typed pointers; null for the natural one
     */
    Constant typed(Constant constant, @Nullable Type type) {
        return switch (constant) {
            case ConstantInt integer -> integer;
            case ConstantFP floating -> floating;
            case ConstantDataString string -> string;
            case SimpleConstant simple ->
                new SimpleConstant(simple.kind(), type != null ? type : types.typed(simple.type()));
            case ConstantAggregate aggregate ->
                aggregate(aggregate, type != null ? type : types.typed(aggregate.type()));
            case ConstantSplat splat -> {
                VectorType vector = (VectorType) (type != null ? type : types.typed(splat.type()));
                yield new ConstantSplat(vector, typed(splat.element(), vector.element()));
            }
            case GlobalValue global -> cast(global, type);
            case GlobalReference reference -> cast(reference, type);
            case BlockAddress address ->
                cast(new BlockAddress(types.typed(address.type()), address.function(), address.block()), type);
            case ConstantPtrAuth signed ->
                cast(
                        new ConstantPtrAuth(
                                types.typed(signed.type()),
                                signed.operands().stream().map(this::common).toList()),
                        type);
            case ConstantExpr expression -> cast(expression(expression, type), type);
        };
    }

    private static Constant cast(Constant constant, @Nullable Type type) {
        return type == null || constant.type().equals(type)
                ? constant
                : new ConstantExpr.Conversion(CastOpcode.BITCAST, Flags.NONE, constant, type);
    }

    private ConstantAggregate aggregate(ConstantAggregate aggregate, Type type) {
        List<Constant> elements = new ArrayList<>(aggregate.elements().size());
        for (int i = 0; i < aggregate.elements().size(); i++) {
            Type element =
                    type instanceof VectorType vector ? vector.element() : dev.jci.ir.AggregateTypes.element(type, i);
            elements.add(typed(aggregate.elements().get(i), element));
        }
        return new ConstantAggregate(type, elements);
    }

    private Constant expression(ConstantExpr expression, @Nullable Type type) {
        return switch (expression) {
            case ConstantExpr.Binary it ->
                new ConstantExpr.Binary(it.opcode(), it.flags(), common(it.left()), common(it.right()));
            case ConstantExpr.Negate it -> new ConstantExpr.Negate(common(it.operand()));
            case ConstantExpr.Conversion it -> conversion(it, type);
            case ConstantExpr.ElementPointer it -> elementPointer(it);
            case ConstantExpr.Compare it ->
                new ConstantExpr.Compare(
                        it.floatingPoint(), it.predicate(), common(it.left()), common(it.right()), it.type());
            case ConstantExpr.Other it ->
                new ConstantExpr.Other(
                        it.opcode(), it.operands().stream().map(this::common).toList(), types.typed(it.type()));
            case ConstantExpr.AggregateAccess it -> {
                Constant element = it.element();
                yield new ConstantExpr.AggregateAccess(
                        common(it.aggregate()),
                        element == null ? null : common(element),
                        it.indices(),
                        types.typed(it.type()));
            }
        };
    }

    private Constant conversion(ConstantExpr.Conversion it, @Nullable Type type) {
        Type result = type != null ? type : types.typed(it.type());
        return switch (it.opcode()) {
            case BITCAST ->
                it.type().isPointerOrVector()
                        ? cast(natural(it.operand()), result)
                        : new ConstantExpr.Conversion(
                                it.opcode(), it.flags(), common(it.operand()), types.typed(it.type()));
            case INTTOPTR -> new ConstantExpr.Conversion(it.opcode(), it.flags(), common(it.operand()), result);
            case PTRTOINT, PTRTOADDR ->
                new ConstantExpr.Conversion(it.opcode(), it.flags(), natural(it.operand()), it.type());
            default ->
                new ConstantExpr.Conversion(it.opcode(), it.flags(), common(it.operand()), types.typed(it.type()));
        };
    }

    private Constant elementPointer(ConstantExpr.ElementPointer it) {
        Type source = types.typed(it.sourceElementType());
        List<Constant> operands = new ArrayList<>();
        Constant base = it.operands().getFirst();
        operands.add(typed(base, PointeeTypes.pointingTo(source, base.type())));
        List<Constant> indices = it.operands().subList(1, it.operands().size());
        indices.forEach(index -> operands.add(common(index)));
        return new ConstantExpr.ElementPointer(
                it.flags(),
                it.inRange(),
                it.inRangeIndex(),
                source,
                operands,
                PointeeTypes.pointingTo(PointeeTypes.reached(source, indices), it.type()));
    }
}
