package dev.jci.ir;

/** {@code extractelement <4 x i32> %v, i64 0} (LangRef, "extractelement"). */
public final class ExtractElement extends Instruction {

    /**
     * @param vector the vector
     * @param index the place in it
     */
    public ExtractElement(Value vector, Value index) {
        super(vector.type().scalar(), vector, index);
    }

    /** The vector. */
    public Value vector() {
        return operand(0);
    }

    /** The place in it. */
    public Value index() {
        return operand(1);
    }

    @Override
    public String opcode() {
        return "extractelement";
    }
}
