package dev.jci.ir.verify;

import dev.jci.ir.ConstantInt;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDOperand;
import dev.jci.ir.MDString;
import dev.jci.ir.ValueAsMetadata;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** How the rules look at operands of metadata nodes: as what they should be, or null. */
final class NodeOperands {
    private NodeOperands() {}

    static @Nullable ConstantInt integer(MDNode node, int index) {
        return index < node.operandCount() ? integer(node.operand(index)) : null;
    }

    static @Nullable ConstantInt integer(@Nullable MDOperand operand) {
        return operand instanceof ValueAsMetadata wrapped && wrapped.value() instanceof ConstantInt constant
                ? constant
                : null;
    }

    static @Nullable MDNode node(MDNode node, int index) {
        return index < node.operandCount() && node.operand(index) instanceof MDNode found ? found : null;
    }

    static boolean isString(MDNode node, int index) {
        return index < node.operandCount() && node.operand(index) instanceof MDString;
    }

    /** The value of a constant as an unsigned number. */
    static BigInteger unsigned(ConstantInt constant) {
        BigInteger value = constant.value();
        return value.signum() >= 0
                ? value
                : value.add(BigInteger.ONE.shiftLeft(constant.type().bits()));
    }
}
