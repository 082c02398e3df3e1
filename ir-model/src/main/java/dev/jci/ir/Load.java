package dev.jci.ir;

import org.jspecify.annotations.Nullable;

/** {@code load i32, ptr %p, align 4} (LangRef, "load"). */
public final class Load extends Instruction {
    private boolean isVolatile;
    private @Nullable AtomicOrdering ordering;
    private @Nullable String syncScope;
    private long alignment;

    /**
     * @param type the type of what is read
     * @param pointer the address
     * @param isVolatile whether {@code volatile} is given
     * @param ordering the ordering of an atomic access, null for a plain one
     * @param syncScope the synchronization scope, null for none
     * @param alignment the alignment in bytes, 0 when none is written
     */
    public Load(
            Type type,
            Value pointer,
            boolean isVolatile,
            @Nullable AtomicOrdering ordering,
            @Nullable String syncScope,
            long alignment) {
        super(type, pointer);
        this.isVolatile = isVolatile;
        this.ordering = ordering;
        this.syncScope = syncScope;
        this.alignment = alignment;
    }

    /** The address. */
    public Value pointer() {
        return operand(0);
    }

    /** Whether {@code volatile} is given. */
    public boolean isVolatile() {
        return isVolatile;
    }

    /** Changes: whether {@code volatile} is given. */
    public void setIsVolatile(boolean isVolatile) {
        this.isVolatile = isVolatile;
    }

    /** The ordering of an atomic access, null for a plain one. */
    public @Nullable AtomicOrdering ordering() {
        return ordering;
    }

    /** Changes: the ordering of an atomic access, null for a plain one. */
    public void setOrdering(@Nullable AtomicOrdering ordering) {
        this.ordering = ordering;
    }

    /** The synchronization scope, null for none. */
    public @Nullable String syncScope() {
        return syncScope;
    }

    /** Changes: the synchronization scope, null for none. */
    public void setSyncScope(@Nullable String syncScope) {
        this.syncScope = syncScope;
    }

    /** The alignment in bytes, 0 when none is written. */
    public long alignment() {
        return alignment;
    }

    /** Changes: the alignment in bytes, 0 when none is written. */
    public void setAlignment(long alignment) {
        this.alignment = alignment;
    }

    @Override
    public String opcode() {
        return "load";
    }
}
