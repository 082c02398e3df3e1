package dev.jci.ir;

/** {@code va_arg ptr %list, i32} (LangRef, "va_arg"). */
public final class VAArg extends Instruction {

    /**
     * @param list the address of the argument list
     * @param type the type of the next argument
     */
    public VAArg(Value list, Type type) {
        super(type, list);
    }

    /** The address of the argument list. */
    public Value list() {
        return operand(0);
    }

    @Override
    public String opcode() {
        return "va_arg";
    }
}
