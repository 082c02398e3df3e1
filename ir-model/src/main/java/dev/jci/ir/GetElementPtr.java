package dev.jci.ir;

import java.util.List;

/** {@code getelementptr inbounds %T, ptr %p, i64 0, i32 1} (LangRef, "getelementptr"). */
public final class GetElementPtr extends Instruction {
    private Flags flags;
    private Type sourceElementType;

    /**
     * @param type the type of the result: a pointer or a vector of pointers
     * @param flags the flag words
     * @param sourceElementType the type that the indices walk through
     * @param pointer the address to start from
     * @param indices the indices in order
     */
    public GetElementPtr(Type type, Flags flags, Type sourceElementType, Value pointer, List<Value> indices) {
        super(type, OperandArrays.of(pointer, indices));
        this.flags = flags;
        this.sourceElementType = sourceElementType;
    }

    /** The address to start from. */
    public Value pointer() {
        return operand(0);
    }

    /** The flag words. */
    public Flags flags() {
        return flags;
    }

    /** Changes: the flag words. */
    public void setFlags(Flags flags) {
        this.flags = flags;
    }

    /** The type that the indices walk through. */
    public Type sourceElementType() {
        return sourceElementType;
    }

    /** Changes: the type that the indices walk through. */
    public void setSourceElementType(Type sourceElementType) {
        this.sourceElementType = sourceElementType;
    }

    /** The indices in order. */
    public List<Value> indices() {
        return operands().subList(1, operandCount());
    }

    @Override
    public String opcode() {
        return "getelementptr";
    }
}
