package dev.jci.ir;

import org.jspecify.annotations.Nullable;

/** {@code cmpxchg weak ptr %p, i32 %old, i32 %new acq_rel monotonic} (LangRef, "cmpxchg"). */
public final class CmpXchg extends Instruction {
    private final boolean isWeak;
    private boolean isVolatile;
    private final @Nullable String syncScope;
    private final AtomicOrdering successOrdering;
    private final AtomicOrdering failureOrdering;
    private long alignment;

    /**
     * @param pointer the address
     * @param expected the value compared with
     * @param replacement the value written when equal
     * @param isWeak whether {@code weak} is given
     * @param isVolatile whether {@code volatile} is given
     * @param syncScope the synchronization scope, null for none
     * @param successOrdering the ordering when the values are equal
     * @param failureOrdering the ordering when they are not
     * @param alignment the alignment in bytes, 0 when none is written
     */
    public CmpXchg(
            Value pointer,
            Value expected,
            Value replacement,
            boolean isWeak,
            boolean isVolatile,
            @Nullable String syncScope,
            AtomicOrdering successOrdering,
            AtomicOrdering failureOrdering,
            long alignment) {
        super(StructType.of(expected.type(), IntegerType.I1), pointer, expected, replacement);
        this.isWeak = isWeak;
        this.isVolatile = isVolatile;
        this.syncScope = syncScope;
        this.successOrdering = successOrdering;
        this.failureOrdering = failureOrdering;
        this.alignment = alignment;
    }

    /** The address. */
    public Value pointer() {
        return operand(0);
    }

    /** The value compared with. */
    public Value expected() {
        return operand(1);
    }

    /** The value written when equal. */
    public Value replacement() {
        return operand(2);
    }

    /** Whether {@code weak} is given. */
    public boolean isWeak() {
        return isWeak;
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

    /** The ordering when the values are equal. */
    public AtomicOrdering successOrdering() {
        return successOrdering;
    }

    /** The ordering when they are not. */
    public AtomicOrdering failureOrdering() {
        return failureOrdering;
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
        return "cmpxchg";
    }
}
