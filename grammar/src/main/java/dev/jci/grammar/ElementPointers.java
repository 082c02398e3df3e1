package dev.jci.grammar;

import dev.jci.ir.AggregateTypes;
import dev.jci.ir.PointerType;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import dev.jci.ir.VectorType;
import java.util.List;

/** The type that {@code getelementptr} gives (LangRef, "getelementptr"). */
final class ElementPointers {
    private ElementPointers() {}

    /**
     * @param source the type that the indices walk through
     * @param pointerType the type written before the pointer
     * @param operands the pointer, then the indices
     */
    static Type resultType(
            TypeBuilder types, Type source, Type pointerType, List<? extends Value> operands, int position) {
        PointerType base = (PointerType) pointerType.scalar();
        Type reached = source;
        for (int i = 2; i < operands.size(); i++) {
            reached = step(reached, operands.get(i), position);
        }
        PointerType pointer = base.isOpaque() ? base : types.pointer(reached, base.addressSpace());
        if (pointerType instanceof VectorType vector) {
            return new VectorType(vector.scalable(), vector.length(), pointer);
        }
        for (Value operand : operands) {
            if (operand.type() instanceof VectorType vector) {
                return new VectorType(vector.scalable(), vector.length(), pointer);
            }
        }
        return pointer;
    }

    private static Type step(Type type, Value index, int position) {
        try {
            return AggregateTypes.indexed(type, index);
        } catch (IllegalArgumentException exception) {
            throw new IrSyntaxError("invalid getelementptr indices", position);
        }
    }
}
