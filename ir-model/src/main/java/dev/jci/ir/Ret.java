package dev.jci.ir;

import org.jspecify.annotations.Nullable;

/** {@code ret i32 %x} or {@code ret void} (LangRef, "ret"). */
public final class Ret extends Instruction implements Terminator {

    /**
     * @param value the value returned, null for {@code ret void}
     */
    public Ret(@Nullable Value value) {
        super(SpecialType.VOID, value == null ? new Value[0] : new Value[] {value});
    }

    /** The value returned, null for {@code ret void}. */
    public @Nullable Value value() {
        return operandCount() == 0 ? null : operand(0);
    }

    @Override
    public Instruction asInstruction() {
        return this;
    }

    @Override
    public String opcode() {
        return "ret";
    }
}
