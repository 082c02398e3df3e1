package dev.jci.ir;

import java.util.List;

/** Operand arrays made of one operand and a list. */
final class OperandArrays {
    private OperandArrays() {}

    static Value[] of(Value first, List<? extends Value> rest) {
        Value[] operands = new Value[1 + rest.size()];
        operands[0] = first;
        for (int i = 0; i < rest.size(); i++) {
            operands[i + 1] = rest.get(i);
        }
        return operands;
    }
}
