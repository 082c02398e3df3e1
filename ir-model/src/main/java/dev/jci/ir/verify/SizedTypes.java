package dev.jci.ir.verify;

import dev.jci.ir.ArrayType;
import dev.jci.ir.FunctionType;
import dev.jci.ir.NamedStruct;
import dev.jci.ir.SpecialType;
import dev.jci.ir.StructType;
import dev.jci.ir.Type;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which types have a size, so that values of them can lie in memory. Structures may nest as deep as they like. */
final class SizedTypes {
    /** A structure that is being looked into; named, or part of one that is. */
    private record Open(@Nullable NamedStruct struct, Iterator<Type> rest) {}

    private final Deque<Open> path = new ArrayDeque<>();
    private final Set<NamedStruct> onPath = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<NamedStruct> sized = Collections.newSetFromMap(new IdentityHashMap<>());

    private SizedTypes() {}

    /** Whether a value of that type has a size in memory; a structure that contains itself has none. */
    static boolean isSized(Type type) {
        return switch (type) {
            case ArrayType array -> new SizedTypes().look(array);
            case StructType struct -> new SizedTypes().look(struct);
            case NamedStruct named -> new SizedTypes().look(named);
            default -> isSizedScalar(type);
        };
    }

    private static boolean isSizedScalar(Type type) {
        return switch (type) {
            case FunctionType function -> false;
            case SpecialType special -> special == SpecialType.X86_AMX || special == SpecialType.X86_MMX;
            default -> true;
        };
    }

    private boolean look(Type type) {
        path.push(new Open(null, List.of(type).iterator()));
        while (!path.isEmpty()) {
            Open top = path.element();
            if (top.rest.hasNext()) {
                if (!enter(top.rest.next())) {
                    return false;
                }
            } else {
                path.pop();
                if (top.struct != null) {
                    onPath.remove(top.struct);
                    sized.add(top.struct);
                }
            }
        }
        return true;
    }

    /** Looks into a type next; false when it has no size. */
    private boolean enter(Type type) {
        Type element = type;
        while (element instanceof ArrayType array) {
            element = array.element();
        }
        switch (element) {
            case StructType struct -> path.push(new Open(null, struct.elements().iterator()));
            case NamedStruct named -> {
                StructType body = named.body();
                if (sized.contains(named)) {
                    return true;
                }
                if (body == null || !onPath.add(named)) {
                    return false;
                }
                path.push(new Open(named, body.elements().iterator()));
            }
            default -> {
                return isSizedScalar(element);
            }
        }
        return true;
    }
}
