package dev.jci.grammar;

import dev.jci.ir.ArrayType;
import dev.jci.ir.FunctionType;
import dev.jci.ir.PointerType;
import dev.jci.ir.StructType;
import dev.jci.ir.TargetExtType;
import dev.jci.ir.Type;
import dev.jci.ir.VectorType;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * How deep and how large types are when written out. Types are compared by value, which takes as long as writing them out; names for
 * types can make them deeper and larger than the text that they are read from, so there has to be a limit.
 */
final class TypeExtents {
    private static final int DEEPEST = 6_000;
    private static final long LARGEST = 2_000_000;

    private record Extent(int depth, long size) {}

    private static final Extent ONE = new Extent(1, 1);

    private final IdentityHashMap<Type, Extent> known;

    TypeExtents() {
        known = new IdentityHashMap<>();
    }

    /** What others have measured, to go on with. */
    TypeExtents(TypeExtents others) {
        known = new IdentityHashMap<>(others.known);
    }

    /**
     * Measures a type whose parts have been measured before.
     *
     * @param position where the type ends in the text
     * @throws IrSyntaxError when it is deeper or larger than types may be
     */
    void add(Type type, int position) {
        List<Type> parts = parts(type);
        if (parts.isEmpty()) {
            return;
        }
        int depth = 0;
        long size = 1;
        for (Type part : parts) {
            Extent extent = known.getOrDefault(part, ONE);
            depth = Math.max(depth, extent.depth);
            size += extent.size;
        }
        if (depth >= DEEPEST || size > LARGEST) {
            throw new IrSyntaxError("nested too deeply", position);
        }
        known.put(type, new Extent(depth + 1, size));
    }

    /** The types that a type is made of; a named structure stands for itself. */
    private static List<Type> parts(Type type) {
        return switch (type) {
            case ArrayType array -> List.of(array.element());
            case VectorType vector -> List.of(vector.element());
            case StructType struct -> struct.elements();
            case TargetExtType target -> target.types();
            case PointerType pointer -> {
                Type pointee = pointer.pointee();
                yield pointee == null ? List.of() : List.of(pointee);
            }
            case FunctionType function -> {
                List<Type> parts = new java.util.ArrayList<>(function.parameters());
                parts.add(function.result());
                yield parts;
            }
            default -> List.of();
        };
    }
}
