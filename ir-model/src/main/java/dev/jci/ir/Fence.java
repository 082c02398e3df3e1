package dev.jci.ir;

import org.jspecify.annotations.Nullable;

/** {@code fence seq_cst} (LangRef, "fence"). */
public final class Fence extends Instruction {
    private final AtomicOrdering ordering;
    private final @Nullable String syncScope;

    /**
     * @param ordering the ordering
     * @param syncScope the synchronization scope, null for none
     */
    public Fence(AtomicOrdering ordering, @Nullable String syncScope) {
        super(SpecialType.VOID);
        this.ordering = ordering;
        this.syncScope = syncScope;
    }

    /** The ordering. */
    public AtomicOrdering ordering() {
        return ordering;
    }

    /** The synchronization scope, null for none. */
    public @Nullable String syncScope() {
        return syncScope;
    }

    @Override
    public String opcode() {
        return "fence";
    }
}
