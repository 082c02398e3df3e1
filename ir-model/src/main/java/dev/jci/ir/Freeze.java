package dev.jci.ir;

/** {@code freeze i32 %x} (LangRef, "freeze"). */
public final class Freeze extends Instruction {

    /**
     * @param value what may be undefined
     */
    public Freeze(Value value) {
        super(value.type(), value);
    }

    /** What may be undefined. */
    public Value value() {
        return operand(0);
    }

    @Override
    public String opcode() {
        return "freeze";
    }
}
