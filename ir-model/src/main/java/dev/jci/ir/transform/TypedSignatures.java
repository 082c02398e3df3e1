package dev.jci.ir.transform;

import dev.jci.ir.Attribute;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.FunctionType;
import dev.jci.ir.IntegerType;
import dev.jci.ir.PointerType;
import dev.jci.ir.StructType;
import dev.jci.ir.Type;
import dev.jci.ir.VectorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The types of functions with typed pointers: {@code i8*} for {@code ptr}, except where LLVM asks for another pointee. That is so for
 * parameters whose attributes name a type (LangRef, "Parameter Attributes": {@code byval}, {@code sret}, ...), for {@code swifterror}, and
 * for some intrinsics.
 */
final class TypedSignatures {
    private static final PointerType BYTES = PointerType.to(IntegerType.I8, 0);

    private final PointeeTypes types;

    TypedSignatures(PointeeTypes types) {
        this.types = types;
    }

    /**
     * The typed counterpart of a function type.
     *
     * @param name the name of the intrinsic, of anything else, or null
     * @param original the type with opaque pointers
     * @param attributes the attributes of each parameter, not yet with typed pointers
     */
    FunctionType of(@Nullable String name, FunctionType original, IntFunction<AttributeSet> attributes) {
        FunctionType plain = (FunctionType) types.typed(original);
        List<Type> parameters = new ArrayList<>(plain.parameters());
        for (int i = 0; i < parameters.size(); i++) {
            Type pointee = named(attributes.apply(i));
            if (pointee != null) {
                parameters.set(i, PointeeTypes.pointingTo(pointee, parameters.get(i)));
            }
        }
        Type result = plain.result();
        if (name != null && name.startsWith("llvm.")) {
            intrinsic(name.substring("llvm.".length()), result, parameters);
            result = intrinsicResult(name, result);
        }
        return new FunctionType(result, parameters, plain.varArg());
    }

    /** The pointee that the attributes of a parameter ask for, null for none. */
    private @Nullable Type named(AttributeSet attributes) {
        for (Attribute attribute : attributes.attributes()) {
            if (attribute instanceof Attribute.Typed typed) {
                return types.typed(typed.type());
            }
        }
        return attributes.has("swifterror") ? BYTES : null;
    }

    private static Type intrinsicResult(String name, Type result) {
        if (name.startsWith("llvm.invariant.start.")) {
            return PointeeTypes.pointingTo(StructType.of(), result);
        }
        return name.equals("llvm.swift.async.context.addr") ? PointeeTypes.pointingTo(BYTES, result) : result;
    }

    private static void intrinsic(String name, Type result, List<Type> parameters) {
        if (name.startsWith("masked.load.") || name.startsWith("vp.load.")) {
            point(parameters, 0, result);
        } else if (name.startsWith("masked.store.") || name.startsWith("vp.store.")) {
            point(parameters, 1, parameters.get(0));
        } else if (name.startsWith("masked.gather.") || name.startsWith("vp.gather.")) {
            point(parameters, 0, result.scalar());
        } else if (name.startsWith("masked.scatter.") || name.startsWith("vp.scatter.")) {
            point(parameters, 1, parameters.get(0).scalar());
        } else if (name.startsWith("masked.expandload.") || name.startsWith("matrix.column.major.load.")) {
            point(parameters, 0, result.scalar());
        } else if (name.startsWith("masked.compressstore.") || name.startsWith("matrix.column.major.store.")) {
            point(parameters, 1, parameters.get(0).scalar());
        } else if (name.startsWith("aarch64.sve.ld")) {
            Type vector =
                    result instanceof StructType struct ? struct.elements().getFirst() : result;
            pointAll(parameters, vector.scalar());
        } else if (name.startsWith("aarch64.sve.st")) {
            pointAll(parameters, parameters.get(0).scalar());
        } else if (name.startsWith("invariant.end.")) {
            point(parameters, 0, StructType.of());
        } else {
            slots(name, parameters);
        }
    }

    /** Intrinsics with parameters that are addresses of pointers. */
    private static void slots(String name, List<Type> parameters) {
        switch (name) {
            case "gcroot",
                    "x86.seh.ehguard",
                    "objc.loadWeak",
                    "objc.loadWeakRetained",
                    "objc.destroyWeak",
                    "objc.initWeak",
                    "objc.storeWeak",
                    "objc.storeStrong" -> point(parameters, 0, BYTES);
            case "objc.copyWeak", "objc.moveWeak" -> {
                point(parameters, 0, BYTES);
                point(parameters, 1, BYTES);
            }
            case "gcread" -> point(parameters, 1, BYTES);
            case "gcwrite" -> point(parameters, 2, BYTES);
            default -> {}
        }
    }

    private static void pointAll(List<Type> parameters, Type pointee) {
        parameters.replaceAll(parameter -> PointeeTypes.pointingTo(pointee, parameter));
    }

    private static void point(List<Type> parameters, int index, Type pointee) {
        if (index < parameters.size()) {
            parameters.set(index, PointeeTypes.pointingTo(pointee, parameters.get(index)));
        }
    }

    /**
     * The name that an intrinsic has with typed pointers: {@code p0} becomes {@code p0i8}, {@code v4p0} becomes {@code v4p0i32}.
     *
     * @param name the name with opaque pointers
     * @param type the typed type of the function
     */
    static String mangled(String name, FunctionType type) {
        StringBuilder mangled = new StringBuilder();
        int from = 0;
        List<Type> pointees = pointees(type);
        for (String part : name.split("\\.", -1)) {
            mangled.append(from++ == 0 ? "" : ".").append(part);
            if (part.matches("(nx)?(v\\d+)?p\\d+")) {
                // Suffixes stand in the order of result and parameters; all but a few are of pointers to bytes.
                mangled.append(pointees.isEmpty() ? "i8" : mangled(pointees.removeFirst()));
            }
        }
        return mangled.toString();
    }

    private static List<Type> pointees(FunctionType type) {
        List<Type> pointees = new ArrayList<>();
        if (type.result().scalar() instanceof PointerType pointer && pointer.pointee() != null) {
            pointees.add(pointer.pointee());
        }
        for (Type parameter : type.parameters()) {
            if (parameter.scalar() instanceof PointerType pointer && pointer.pointee() != null) {
                pointees.add(pointer.pointee());
            }
        }
        // The token that llvm.invariant.start and .end share is of a fixed type.
        pointees.removeIf(StructType.of()::equals);
        boolean same = pointees.stream().allMatch(IntegerType.I8::equals);
        return same ? new ArrayList<>() : pointees;
    }

    private static String mangled(Type type) {
        return switch (type) {
            case PointerType pointer ->
                "p" + pointer.addressSpace() + (pointer.pointee() == null ? "" : mangled(pointer.pointee()));
            case VectorType vector -> (vector.scalable() ? "nxv" : "v") + vector.length() + mangled(vector.element());
            case dev.jci.ir.ArrayType array -> "a" + array.length() + mangled(array.element());
            case dev.jci.ir.NamedStruct named -> "s_" + named.name() + "s";
            case StructType struct -> "sl_" + mangled(struct.elements()) + "s";
            case FunctionType function ->
                "f_" + mangled(function.result()) + mangled(function.parameters()) + (function.varArg() ? "vararg" : "")
                        + "f";
            case dev.jci.ir.FloatingPointType floating ->
                switch (floating) {
                    case HALF -> "f16";
                    case BFLOAT -> "bf16";
                    case FLOAT -> "f32";
                    case DOUBLE -> "f64";
                    case X86_FP80 -> "f80";
                    case FP128 -> "f128";
                    case PPC_FP128 -> "ppcf128";
                };
            case dev.jci.ir.SpecialType special ->
                switch (special) {
                    case VOID -> "isVoid";
                    case METADATA -> "Metadata";
                    case X86_MMX -> "x86mmx";
                    case X86_AMX -> "x86amx";
                    case LABEL, TOKEN -> special.toString();
                };
            case IntegerType integer -> integer.toString();
            case dev.jci.ir.TargetExtType target -> target.toString();
        };
    }

    private static String mangled(List<Type> types) {
        return types.stream().map(TypedSignatures::mangled).collect(java.util.stream.Collectors.joining());
    }
}
