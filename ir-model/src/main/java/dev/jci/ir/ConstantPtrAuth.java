package dev.jci.ir;

import java.util.List;

/**
 * A signed pointer, {@code ptrauth (ptr @f, i32 0, i64 12, ptr @slot)} (LangRef, "Pointer Authentication Constants").
 *
 * @param type the pointer type
 * @param operands the pointer, the key and, if given, discriminator, address discriminator and deactivation symbol
 */
public record ConstantPtrAuth(Type type, List<Constant> operands) implements Constant {
    /** Copies the list. */
    public ConstantPtrAuth {
        operands = List.copyOf(operands);
    }
}
