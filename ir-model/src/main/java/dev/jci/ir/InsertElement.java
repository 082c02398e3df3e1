package dev.jci.ir;

/** {@code insertelement <4 x i32> %v, i32 1, i64 0} (LangRef, "insertelement"). */
public final class InsertElement extends Instruction {

    /**
     * @param vector the vector
     * @param element what is put in
     * @param index the place in it
     */
    public InsertElement(Value vector, Value element, Value index) {
        super(vector.type(), vector, element, index);
    }

    /** The vector. */
    public Value vector() {
        return operand(0);
    }

    /** What is put in. */
    public Value element() {
        return operand(1);
    }

    /** The place in it. */
    public Value index() {
        return operand(2);
    }

    @Override
    public String opcode() {
        return "insertelement";
    }
}
