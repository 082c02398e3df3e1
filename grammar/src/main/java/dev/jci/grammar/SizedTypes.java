package dev.jci.grammar;

import dev.jci.ir.ArrayType;
import dev.jci.ir.FunctionType;
import dev.jci.ir.NamedStruct;
import dev.jci.ir.SpecialType;
import dev.jci.ir.StructType;
import dev.jci.ir.Type;
import dev.jci.ir.VectorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which types have a size, so that values of them can lie in memory. */
final class SizedTypes {
    private final Map<NamedStruct, Boolean> known = new HashMap<>();

    /** Whether values of the type have a size; a structure that contains itself has none. */
    boolean isSized(Type type) {
        return switch (type) {
            case SpecialType special -> special == SpecialType.X86_MMX || special == SpecialType.X86_AMX;
            case FunctionType function -> false;
            case ArrayType array -> isSized(array.element());
            case StructType struct -> areSized(struct.elements());
            case NamedStruct named -> isSized(named);
            default -> true;
        };
    }

    private boolean isSized(NamedStruct struct) {
        Boolean before = known.get(struct);
        if (before != null) {
            return before;
        }
        StructType body = struct.body();
        known.put(struct, false); // for a structure that is inside itself
        boolean sized = body != null && isSized(body);
        known.put(struct, sized);
        return sized;
    }

    /** A scalable vector may be in a structure only together with others of its kind. */
    private boolean areSized(List<Type> elements) {
        for (Type element : elements) {
            if (!isSized(element) || (isScalable(element) && !element.equals(elements.get(0)))) {
                return false;
            }
        }
        return elements.isEmpty() || !isScalable(elements.get(0)) || allEqual(elements);
    }

    private static boolean allEqual(List<Type> elements) {
        return elements.stream().allMatch(elements.get(0)::equals);
    }

    private static boolean isScalable(Type type) {
        return type instanceof VectorType vector && vector.scalable();
    }
}
