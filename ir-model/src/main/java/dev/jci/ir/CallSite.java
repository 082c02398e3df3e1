package dev.jci.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What {@code call}, {@code invoke} and {@code callbr} have in common when they are made.
 *
 * @param convention the calling convention
 * @param returnAttributes the attributes of the result
 * @param addressSpace the address space of the callee as written, -1 when not written
 * @param functionType the type of the function called
 * @param callee what is called: a function, another pointer, or inline assembly
 * @param arguments the arguments in order
 * @param argumentAttributes the attributes of each argument; may be shorter than the arguments
 * @param attributes the function attributes
 * @param bundles the operand bundles
 */
public record CallSite(
        CallingConvention convention,
        AttributeSet returnAttributes,
        int addressSpace,
        FunctionType functionType,
        Value callee,
        List<Value> arguments,
        List<AttributeSet> argumentAttributes,
        FunctionAttributes attributes,
        List<OperandBundle> bundles) {

    /** A plain call of a function, with nothing but arguments. */
    public static CallSite of(Function callee, Value... arguments) {
        return of(callee.functionType(), callee, arguments);
    }

    /** A plain call through any callee, with nothing but arguments. */
    public static CallSite of(FunctionType functionType, Value callee, Value... arguments) {
        return new CallSite(
                CallingConvention.C,
                AttributeSet.EMPTY,
                -1,
                functionType,
                callee,
                List.of(arguments),
                List.of(),
                FunctionAttributes.NONE,
                List.of());
    }

    Value[] operands(Value... destinations) {
        List<Value> operands = new ArrayList<>(1 + arguments.size() + destinations.length);
        operands.add(callee);
        operands.addAll(arguments);
        for (OperandBundle bundle : bundles) {
            operands.addAll(bundle.inputs());
        }
        Collections.addAll(operands, destinations);
        return operands.toArray(Value[]::new);
    }
}
