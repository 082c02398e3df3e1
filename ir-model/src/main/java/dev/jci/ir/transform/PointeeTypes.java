package dev.jci.ir.transform;

import dev.jci.ir.AggregateTypes;
import dev.jci.ir.ArrayType;
import dev.jci.ir.Attribute;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.FunctionAttributes;
import dev.jci.ir.FunctionType;
import dev.jci.ir.IntegerType;
import dev.jci.ir.NamedStruct;
import dev.jci.ir.PointerType;
import dev.jci.ir.StructType;
import dev.jci.ir.TargetExtType;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import dev.jci.ir.VectorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What becomes of types when {@code ptr} becomes {@code i8*}. A named structure stays itself; its body is replaced once. */
final class PointeeTypes {
    private final Map<Type, Type> known = new HashMap<>();

    /** The type with {@code i8*} for {@code ptr} everywhere in it. */
    Type typed(Type type) {
        return switch (type) {
            case PointerType pointer ->
                pointer.isOpaque() ? PointerType.to(IntegerType.I8, pointer.addressSpace()) : pointer;
            case StructType struct -> known(struct);
            case FunctionType function -> known(function);
            case ArrayType array -> {
                Type element = typed(array.element());
                yield element == array.element() ? array : new ArrayType(array.length(), element);
            }
            case VectorType vector -> {
                Type element = typed(vector.element());
                yield element == vector.element()
                        ? vector
                        : new VectorType(vector.scalable(), vector.length(), element);
            }
            case TargetExtType target -> target;
            default -> type;
        };
    }

    private Type known(Type type) {
        Type found = known.get(type);
        if (found == null) {
            found = type instanceof FunctionType function
                    ? new FunctionType(typed(function.result()), typed(function.parameters()), function.varArg())
                    : struct((StructType) type);
            known.put(type, found);
        }
        return found;
    }

    private StructType struct(StructType struct) {
        List<Type> elements = typed(struct.elements());
        return elements.equals(struct.elements()) ? struct : new StructType(struct.packed(), elements);
    }

    private List<Type> typed(List<Type> types) {
        return types.stream().map(this::typed).toList();
    }

    /** Attributes with typed types where they name some. */
    AttributeSet typed(AttributeSet set) {
        if (set.attributes().stream().noneMatch(Attribute.Typed.class::isInstance)) {
            return set;
        }
        return new AttributeSet(set.attributes().stream()
                .map(attribute -> attribute instanceof Attribute.Typed named
                        ? new Attribute.Typed(named.name(), typed(named.type()))
                        : attribute)
                .toList());
    }

    /** Attributes on the spot with typed types; groups are edited for all that refer to them. */
    FunctionAttributes typed(FunctionAttributes attributes) {
        AttributeSet direct = typed(attributes.direct());
        return direct == attributes.direct() ? attributes : new FunctionAttributes(direct, attributes.groups());
    }

    /** Replaces the body of a named structure. */
    void define(NamedStruct named) {
        StructType body = named.body();
        if (body != null) {
            named.setBody((StructType) typed(body));
        }
    }

    /** For a pointer or vector of pointers the one to {@code i8}, which values have where they meet; any other type itself. */
    static Type common(Type type) {
        return pointingTo(IntegerType.I8, type);
    }

    /** For a pointer or vector of pointers the one to another type; any other type itself. */
    static Type pointingTo(Type pointee, Type type) {
        return switch (type) {
            case PointerType pointer -> PointerType.to(pointee, pointer.addressSpace());
            case VectorType vector
            when vector.element() instanceof PointerType pointer ->
                new VectorType(vector.scalable(), vector.length(), PointerType.to(pointee, pointer.addressSpace()));
            default -> type;
        };
    }

    /** What the indices of {@code getelementptr} reach. */
    static Type reached(Type source, List<? extends Value> indices) {
        Type at = source;
        for (Value index : indices.subList(Math.min(1, indices.size()), indices.size())) {
            at = switch (at) {
                case ArrayType array -> array.element();
                case VectorType vector -> vector.element();
                default -> AggregateTypes.element(at, number(index));
            };
        }
        return at;
    }

    /** An index into a structure: a number or, for vectors of pointers, a vector of the same number. */
    private static long number(Value index) {
        return switch (index) {
            case ConstantInt number -> number.longValue();
            case dev.jci.ir.ConstantSplat splat -> number(splat.element());
            case dev.jci.ir.ConstantAggregate vector -> number(vector.elements().getFirst());
            default -> 0;
        };
    }
}
