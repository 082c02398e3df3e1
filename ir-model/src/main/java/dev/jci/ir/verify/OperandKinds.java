package dev.jci.ir.verify;

import dev.jci.ir.Argument;
import dev.jci.ir.AtomicRMW;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Br;
import dev.jci.ir.CallBase;
import dev.jci.ir.CallBr;
import dev.jci.ir.CatchRet;
import dev.jci.ir.CatchSwitch;
import dev.jci.ir.CleanupRet;
import dev.jci.ir.CmpXchg;
import dev.jci.ir.CondBr;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.ExtractElement;
import dev.jci.ir.FNeg;
import dev.jci.ir.ForwardReference;
import dev.jci.ir.Freeze;
import dev.jci.ir.Function;
import dev.jci.ir.GetElementPtr;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.InsertElement;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Invoke;
import dev.jci.ir.Load;
import dev.jci.ir.MetadataAsValue;
import dev.jci.ir.Phi;
import dev.jci.ir.PointerType;
import dev.jci.ir.Select;
import dev.jci.ir.ShuffleVector;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Store;
import dev.jci.ir.Switch;
import dev.jci.ir.Type;
import dev.jci.ir.VAArg;
import dev.jci.ir.Value;
import dev.jci.ir.VectorType;
import org.jspecify.annotations.Nullable;

/**
 * Whether the operands of an instruction are of the kinds that such an instruction has at all: blocks where it names blocks, values with
 * a type everywhere else. A reader builds no others; a pass that replaces operands may. All other rules rely on it.
 */
final class OperandKinds {
    private OperandKinds() {}

    /** What is wrong with the operands, null when nothing is. */
    static @Nullable String complaint(Instruction instruction, Function function) {
        for (int i = 0; i < instruction.operandCount(); i++) {
            Value operand = instruction.operand(i);
            if (isBlockPlace(instruction, i) != (operand instanceof BasicBlock)) {
                return "Invalid operands for " + instruction.opcode() + " instruction!";
            }
            if (!(operand instanceof BasicBlock) && !isValue(instruction, operand)) {
                return "Instruction operands must be first-class values!";
            }
            if (operand instanceof Instruction result && !isIn(result.parent(), function)) {
                return result.parent() == null
                        ? "Instruction referencing instruction not embedded in a basic block!"
                        : "Referring to an instruction in another function!";
            }
            if (operand instanceof Argument argument && argument.parent() != function) {
                return "Referring to an argument in another function!";
            }
        }
        return typeComplaint(instruction);
    }

    private static boolean isIn(@Nullable BasicBlock block, Function function) {
        return block != null && block.parent() == function;
    }

    private static boolean isBlockPlace(Instruction instruction, int index) {
        return switch (instruction) {
            case Br br -> true;
            case CondBr br -> index > 0;
            case Switch choice -> index % 2 == 1;
            case IndirectBr br -> index > 0;
            case Phi phi -> index % 2 == 1;
            case Invoke invoke -> index >= invoke.operandCount() - 2;
            case CallBr call -> index >= call.operandCount() - call.indirectCount() - 1;
            case CatchSwitch choice -> index > 0;
            case CatchRet ret -> index == 1;
            case CleanupRet ret -> index == 1;
            default -> false;
        };
    }

    private static boolean isValue(Instruction instruction, Value operand) {
        return switch (operand) {
            case MetadataAsValue metadata -> instruction instanceof CallBase;
            case InlineAsm code -> instruction instanceof CallBase call && call.callee() == code;
            case ForwardReference reference -> false;
            default -> operand.type().isFirstClass() && operand.type() != SpecialType.LABEL;
        };
    }

    private static @Nullable String typeComplaint(Instruction instruction) {
        boolean fits = switch (instruction) {
            case BinaryOperator it -> has(it.left(), it.type()) && has(it.right(), it.type());
            case FNeg it -> has(it.value(), it.type());
            case Freeze it -> has(it.value(), it.type());
            case CondBr it -> has(it.condition(), IntegerType.I1);
            case Switch it -> it.condition().type() instanceof IntegerType && hasIntegerCases(it);
            case IndirectBr it -> isPointer(it.address());
            case Select it ->
                has(it.ifTrue(), it.type()) && it.condition().type().scalar().equals(IntegerType.I1);
            case Load it -> isPointer(it.pointer());
            case Store it -> isPointer(it.pointer());
            case CallBase it -> it.callee() instanceof InlineAsm || isPointer(it.callee());
            case VAArg it -> isPointer(it.list());
            case AtomicRMW it -> isPointer(it.pointer()) && has(it.value(), it.type());
            case CmpXchg it ->
                isPointer(it.pointer()) && has(it.expected(), it.replacement().type());
            case GetElementPtr it ->
                it.pointer().type().isPointerOrVector()
                        && it.indices().stream().allMatch(index -> index.type().isIntegerOrVector());
            case ExtractElement it ->
                it.vector().type() instanceof VectorType vector
                        && same(vector.element(), it.type())
                        && it.index().type() instanceof IntegerType;
            case InsertElement it ->
                has(it.vector(), it.type())
                        && it.vector().type() instanceof VectorType vector
                        && has(it.element(), vector.element())
                        && it.index().type() instanceof IntegerType;
            case ShuffleVector it ->
                it.first().type() instanceof VectorType
                        && has(it.first(), it.second().type());
            default -> true;
        };
        return fits ? null : "Invalid operands for " + instruction.opcode() + " instruction!";
    }

    private static boolean has(Value value, Type type) {
        return same(value.type(), type);
    }

    /** What pointers point to is for other rules to compare; not every LLVM does. */
    private static boolean same(Type one, Type other) {
        return one.equals(other) || (one.isPointerOrVector() && other.isPointerOrVector());
    }

    private static boolean isPointer(Value value) {
        return value.type() instanceof PointerType;
    }

    private static boolean hasIntegerCases(Switch choice) {
        for (int i = 2; i < choice.operandCount(); i += 2) {
            if (!(choice.operand(i) instanceof ConstantInt)) {
                return false;
            }
        }
        return true;
    }
}
