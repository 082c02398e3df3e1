package dev.jci.ir;

/** {@code select i1 %c, i32 %a, i32 %b} (LangRef, "select"). */
public final class Select extends Instruction {
    private Flags flags;

    /**
     * @param condition an {@code i1} or a vector of them
     * @param ifTrue the value when it holds
     * @param ifFalse the value when it does not
     * @param flags the flag words
     */
    public Select(Value condition, Value ifTrue, Value ifFalse, Flags flags) {
        super(ifTrue.type(), condition, ifTrue, ifFalse);
        this.flags = flags;
    }

    /** An {@code i1} or a vector of them. */
    public Value condition() {
        return operand(0);
    }

    /** The value when it holds. */
    public Value ifTrue() {
        return operand(1);
    }

    /** The value when it does not. */
    public Value ifFalse() {
        return operand(2);
    }

    /** The flag words. */
    public Flags flags() {
        return flags;
    }

    /** Changes: the flag words. */
    public void setFlags(Flags flags) {
        this.flags = flags;
    }

    @Override
    public String opcode() {
        return "select";
    }
}
