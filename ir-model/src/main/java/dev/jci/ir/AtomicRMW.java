package dev.jci.ir;

import org.jspecify.annotations.Nullable;

/** {@code atomicrmw add ptr %p, i32 1 seq_cst} (LangRef, "atomicrmw"). */
public final class AtomicRMW extends Instruction {
    private final String operation;
    private boolean isVolatile;
    private final @Nullable String syncScope;
    private final AtomicOrdering ordering;
    private long alignment;

    /**
     * @param pointer the address
     * @param value the other value
     * @param operation the operation word: {@code xchg}, {@code add}, {@code fmax}, ...
     * @param isVolatile whether {@code volatile} is given
     * @param syncScope the synchronization scope, null for none
     * @param ordering the ordering
     * @param alignment the alignment in bytes, 0 when none is written
     */
    public AtomicRMW(
            Value pointer,
            Value value,
            String operation,
            boolean isVolatile,
            @Nullable String syncScope,
            AtomicOrdering ordering,
            long alignment) {
        super(value.type(), pointer, value);
        this.operation = operation;
        this.isVolatile = isVolatile;
        this.syncScope = syncScope;
        this.ordering = ordering;
        this.alignment = alignment;
    }

    /** The address. */
    public Value pointer() {
        return operand(0);
    }

    /** The other value. */
    public Value value() {
        return operand(1);
    }

    /** The operation word: {@code xchg}, {@code add}, {@code fmax}, .... */
    public String operation() {
        return operation;
    }

    /** Whether {@code volatile} is given. */
    public boolean isVolatile() {
        return isVolatile;
    }

    /** Changes: whether {@code volatile} is given. */
    public void setIsVolatile(boolean isVolatile) {
        this.isVolatile = isVolatile;
    }

    /** The synchronization scope, null for none. */
    public @Nullable String syncScope() {
        return syncScope;
    }

    /** The ordering. */
    public AtomicOrdering ordering() {
        return ordering;
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
        return "atomicrmw";
    }
}
