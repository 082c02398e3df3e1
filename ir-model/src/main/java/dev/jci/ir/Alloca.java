package dev.jci.ir;

import org.jspecify.annotations.Nullable;

/** {@code alloca i32, i64 4, align 4} (LangRef, "alloca"). */
public final class Alloca extends Instruction {
    private Type allocatedType;
    private boolean inAlloca;
    private boolean swiftError;
    private long alignment;

    /**
     * @param type the type of the result
     * @param allocatedType the type that there is to be room for
     * @param count how many; null for one
     * @param inAlloca whether the word is given
     * @param swiftError whether the word is given
     * @param alignment the alignment in bytes, 0 for none
     */
    public Alloca(
            PointerType type,
            Type allocatedType,
            @Nullable Value count,
            boolean inAlloca,
            boolean swiftError,
            long alignment) {
        super(type, count == null ? new Value[0] : new Value[] {count});
        this.allocatedType = allocatedType;
        this.inAlloca = inAlloca;
        this.swiftError = swiftError;
        this.alignment = alignment;
    }

    /** The type that there is to be room for. */
    public Type allocatedType() {
        return allocatedType;
    }

    /** Changes: the type that there is to be room for. */
    public void setAllocatedType(Type allocatedType) {
        this.allocatedType = allocatedType;
    }

    /** Whether the word is given. */
    public boolean inAlloca() {
        return inAlloca;
    }

    /** Changes: whether the word is given. */
    public void setInAlloca(boolean inAlloca) {
        this.inAlloca = inAlloca;
    }

    /** Whether the word is given. */
    public boolean swiftError() {
        return swiftError;
    }

    /** Changes: whether the word is given. */
    public void setSwiftError(boolean swiftError) {
        this.swiftError = swiftError;
    }

    /** The alignment in bytes, 0 when none is written. */
    public long alignment() {
        return alignment;
    }

    /** Changes: the alignment in bytes, 0 when none is written. */
    public void setAlignment(long alignment) {
        this.alignment = alignment;
    }

    /** How many are made room for; null when it is not written, which means one. */
    public @Nullable Value count() {
        return operandCount() == 0 ? null : operand(0);
    }

    /** Whether the size is known when the code is compiled and the instruction stands in the entry block. */
    public boolean isStatic() {
        BasicBlock block = parent();
        return block != null && block.previous() == null && (count() == null || count() instanceof ConstantInt);
    }

    @Override
    public String opcode() {
        return "alloca";
    }
}
