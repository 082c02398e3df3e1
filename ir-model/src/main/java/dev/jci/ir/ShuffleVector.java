package dev.jci.ir;

/** {@code shufflevector <4 x i32> %a, <4 x i32> %b, <2 x i32> <i32 0, i32 5>} (LangRef, "shufflevector"). */
public final class ShuffleVector extends Instruction {

    /**
     * @param first the first vector
     * @param second the second vector
     * @param mask which elements to take, a constant
     */
    public ShuffleVector(Value first, Value second, Value mask) {
        super(resultType(first, mask), first, second, mask);
    }

    /** The first vector. */
    public Value first() {
        return operand(0);
    }

    /** The second vector. */
    public Value second() {
        return operand(1);
    }

    /** Which elements to take, a constant. */
    public Value mask() {
        return operand(2);
    }

    private static Type resultType(Value first, Value mask) {
        return first.type() instanceof VectorType vector && mask.type() instanceof VectorType shape
                ? new VectorType(shape.scalable(), shape.length(), vector.element())
                : first.type();
    }

    @Override
    public String opcode() {
        return "shufflevector";
    }
}
