package dev.jci.ir;

import java.util.List;

/** {@code catchpad within %parent [ptr @typeinfo]} (LangRef, "catchpad"). */
public final class CatchPad extends Instruction implements ExceptionPad {

    /**
     * @param parentPad the pad it stands in, or token {@code none}
     * @param arguments the arguments
     */
    public CatchPad(Value parentPad, List<? extends Value> arguments) {
        super(SpecialType.TOKEN, OperandArrays.of(parentPad, arguments));
    }

    /** The pad it stands in, or token {@code none}. */
    public Value parentPad() {
        return operand(0);
    }

    /** The arguments, which the personality routine understands. */
    public List<Value> arguments() {
        return operands().subList(1, operandCount());
    }

    @Override
    public String opcode() {
        return "catchpad";
    }
}
