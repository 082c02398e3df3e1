package dev.jci.ir.verify;

import dev.jci.ir.CallBase;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.FloatingPointType;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import dev.jci.ir.VectorType;
import java.math.BigInteger;

/** The rules about matrices that are kept in vectors: their shapes are arguments (LangRef, "Matrix Intrinsics"). */
final class MatrixRules {
    private final Findings findings;

    MatrixRules(Findings findings) {
        this.findings = findings;
    }

    /**
     * Checks a call.
     *
     * @param call the call
     * @param name what it calls, without the types in the name
     */
    void check(CallBase call, String name) {
        switch (name) {
            case "llvm.matrix.multiply" -> {
                if (call.argumentCount() == 5) {
                    checkMultiply(call);
                }
            }
            case "llvm.matrix.transpose" -> {
                if (call.argumentCount() == 3) {
                    checkElements(call, call.type(), call.argument(0), "first");
                    checkShape(call, call.type(), 1);
                }
            }
            case "llvm.matrix.column.major.load" -> {
                if (call.argumentCount() == 5) {
                    checkElements(call, call.type());
                    checkShape(call, call.type(), 3);
                    checkStride(call, 1, 3);
                }
            }
            case "llvm.matrix.column.major.store" -> {
                if (call.argumentCount() == 6) {
                    checkElements(call, call.argument(0).type());
                    checkShape(call, call.argument(0).type(), 4);
                    checkStride(call, 2, 4);
                }
            }
            default -> {}
        }
    }

    private void checkMultiply(CallBase call) {
        checkElements(call, call.type(), call.argument(0), "first");
        checkElements(call, call.type(), call.argument(1), "second");
        if (!holds(call.argument(0).type(), call, 2, 3)) {
            findings.error("First argument of a matrix operation does not match specified shape!", call);
        }
        if (!holds(call.argument(1).type(), call, 3, 4)) {
            findings.error("Second argument of a matrix operation does not match specified shape!", call);
        }
        if (!holds(call.type(), call, 2, 4)) {
            findings.error("Result of a matrix operation does not fit in the returned vector!", call);
        }
    }

    private void checkElements(CallBase call, Type result) {
        if (!(result.scalar() instanceof IntegerType) && !(result.scalar() instanceof FloatingPointType)) {
            findings.error("Result type must be an integer or floating-point type!", call);
        }
    }

    private void checkElements(CallBase call, Type result, Value operand, String which) {
        checkElements(call, result);
        if (!operand.type().scalar().equals(result.scalar())) {
            findings.error("Vector element type mismatch of the result and " + which + " operand vector!", call);
        }
    }

    private void checkShape(CallBase call, Type matrix, int rows) {
        if (!holds(matrix, call, rows, rows + 1)) {
            findings.error("Result of a matrix operation does not fit in the returned vector!", call);
        }
    }

    /** Whether the vector has rows times columns elements; true when that cannot be told. */
    private static boolean holds(Type vector, CallBase call, int rows, int columns) {
        return !(vector instanceof VectorType type)
                || !(call.argument(rows) instanceof ConstantInt height)
                || !(call.argument(columns) instanceof ConstantInt width)
                || NodeOperands.unsigned(height)
                        .multiply(NodeOperands.unsigned(width))
                        .equals(BigInteger.valueOf(type.length()));
    }

    private void checkStride(CallBase call, int stride, int rows) {
        if (call.argument(stride) instanceof ConstantInt step
                && call.argument(rows) instanceof ConstantInt height
                && NodeOperands.unsigned(step).compareTo(NodeOperands.unsigned(height)) < 0) {
            findings.error("Stride must be greater or equal than the number of rows!", call);
        }
    }
}
