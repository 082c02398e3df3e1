package dev.jci.ir;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A pointer type: opaque ({@code ptr}, LLVM 14 and later) or typed ({@code i32*}, up to LLVM 16). See LangRef, "Pointer Type".
 *
 * @param pointee the type pointed to, null for an opaque pointer
 * @param addressSpace the number of the address space, 0 by default
 */
public record PointerType(@Nullable Type pointee, int addressSpace) implements Type {
    /** {@code ptr}. */
    public static final PointerType OPAQUE = new PointerType(null, 0);

    /** The opaque pointer into that address space. */
    public static PointerType opaque(int addressSpace) {
        return addressSpace == 0 ? OPAQUE : new PointerType(null, addressSpace);
    }

    /** The typed pointer to that type. */
    public static PointerType to(Type pointee, int addressSpace) {
        return new PointerType(pointee, addressSpace);
    }

    /** Whether this is {@code ptr} rather than {@code T*}. */
    public boolean isOpaque() {
        return pointee == null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof PointerType that
                        && Objects.equals(pointee, that.pointee)
                        && addressSpace == that.addressSpace);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(pointee) + addressSpace;
    }

    @Override
    public String toString() {
        if (pointee == null) {
            return addressSpace == 0 ? "ptr" : "ptr addrspace(" + addressSpace + ")";
        }
        return addressSpace == 0 ? pointee + "*" : pointee + " addrspace(" + addressSpace + ")*";
    }
}
