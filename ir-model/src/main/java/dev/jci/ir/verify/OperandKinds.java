package dev.jci.ir.verify;

import dev.jci.ir.AggregateTypes;
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
import dev.jci.ir.Constant;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.DIArgList;
import dev.jci.ir.DebugRecord;
import dev.jci.ir.ExtractElement;
import dev.jci.ir.ExtractValue;
import dev.jci.ir.FNeg;
import dev.jci.ir.ForwardReference;
import dev.jci.ir.Freeze;
import dev.jci.ir.Function;
import dev.jci.ir.GetElementPtr;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.InsertElement;
import dev.jci.ir.InsertValue;
import dev.jci.ir.Instruction;
import dev.jci.ir.IntegerType;
import dev.jci.ir.Invoke;
import dev.jci.ir.Load;
import dev.jci.ir.MDOperand;
import dev.jci.ir.MetadataAsValue;
import dev.jci.ir.Phi;
import dev.jci.ir.PointerType;
import dev.jci.ir.Select;
import dev.jci.ir.ShuffleMasks;
import dev.jci.ir.ShuffleVector;
import dev.jci.ir.SpecialType;
import dev.jci.ir.Store;
import dev.jci.ir.Switch;
import dev.jci.ir.Type;
import dev.jci.ir.VAArg;
import dev.jci.ir.Value;
import dev.jci.ir.ValueAsMetadata;
import dev.jci.ir.VectorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the operands of an instruction are of the kinds that such an instruction has at all: blocks where it names blocks, values with
 * a type everywhere else. A reader builds no others; a pass that replaces operands may. All other rules rely on it.
 */
final class OperandKinds {
    private static final String LOCAL_METADATA = "function-local metadata used in wrong function";

    private OperandKinds() {}

    /** What is wrong with the operands, null when nothing is. */
    static @Nullable String complaint(Instruction instruction, Function function) {
        for (int i = 0; i < instruction.operandCount(); i++) {
            Value operand = instruction.operand(i);
            if (isBlockPlace(instruction, i) != (operand instanceof BasicBlock) && !isInBundle(instruction, i)) {
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
            if (!BlockAddresses.areThere(operand, function)) {
                return BlockAddresses.COMPLAINT;
            }
            if (operand instanceof Argument argument && argument.parent() != function) {
                return "Referring to an argument in another function!";
            }
            if (operand instanceof MetadataAsValue wrapped && !isIn(wrapped.metadata(), function)) {
                return LOCAL_METADATA;
            }
        }
        for (DebugRecord debugRecord : instruction.debugRecords()) {
            for (MDOperand operand : debugRecord.operands()) {
                if (!isIn(operand, function)) {
                    return LOCAL_METADATA;
                }
            }
        }
        return typeComplaint(instruction);
    }

    /** Whether what metadata says about values of a function is said about values of this one. */
    private static boolean isIn(MDOperand metadata, Function function) {
        return switch (metadata) {
            case ValueAsMetadata wrapped -> isIn(wrapped.value(), function);
            case DIArgList list -> list.arguments().stream().allMatch(argument -> isIn(argument, function));
            default -> true;
        };
    }

    private static boolean isIn(Value value, Function function) {
        return switch (value) {
            case Instruction instruction -> isIn(instruction.parent(), function);
            case Argument argument -> argument.parent() == function;
            case BasicBlock block -> block.parent() == function;
            default -> true;
        };
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

    /** Operand bundles take blocks and values alike. */
    private static boolean isInBundle(Instruction instruction, int index) {
        return instruction instanceof CallBase call
                && index > call.argumentCount()
                && !isBlockPlace(instruction, index);
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
            case CallBase it -> it.callee() instanceof InlineAsm || isCalled(it);
            case VAArg it -> isPointer(it.list());
            case AtomicRMW it -> isPointer(it.pointer()) && has(it.value(), it.type());
            case CmpXchg it ->
                isPointer(it.pointer()) && has(it.expected(), it.replacement().type());
            case GetElementPtr it -> isAddress(it);
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
                it.first().type() instanceof VectorType vectors
                        && has(it.first(), it.second().type())
                        && ShuffleMasks.isValid(it.mask(), vectors);
            case ExtractValue it -> reaches(it.aggregate(), it.indices(), it.type());
            case InsertValue it ->
                reaches(it.aggregate(), it.indices(), it.element().type());
            default -> true;
        };
        return fits ? null : "Invalid operands for " + instruction.opcode() + " instruction!";
    }

    /** Whether the indices reach something, in the address space that the result is in. */
    private static boolean isAddress(GetElementPtr it) {
        if (!(it.pointer().type().scalar() instanceof PointerType base)
                || !(it.type().scalar() instanceof PointerType result)
                || base.addressSpace() != result.addressSpace()
                || !it.indices().stream().allMatch(index -> index.type().isIntegerOrVector())) {
            return false;
        }
        try {
            Type type = it.sourceElementType();
            for (int i = 2; i < it.operandCount(); i++) {
                type = AggregateTypes.indexed(type, it.operand(i));
            }
            return hasShapeOfOperands(it);
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    /** A vector among the operands makes a vector of addresses. */
    private static boolean hasShapeOfOperands(GetElementPtr it) {
        boolean vector = false;
        for (Value operand : it.operands()) {
            if (operand.type() instanceof VectorType shape) {
                vector = true;
                if (!(it.type() instanceof VectorType result)
                        || result.length() != shape.length()
                        || result.scalable() != shape.scalable()) {
                    return false;
                }
            }
        }
        return vector == it.type() instanceof VectorType;
    }

    /** Whether the indices reach an element of that type. */
    private static boolean reaches(Value aggregate, List<Integer> indices, Type type) {
        try {
            return same(AggregateTypes.at(aggregate.type(), indices), type);
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    private static boolean has(Value value, Type type) {
        return same(value.type(), type);
    }

    /** What pointers point to is for other rules to compare; not every LLVM does. */
    private static boolean same(Type one, Type other) {
        if (one instanceof VectorType vector && other instanceof VectorType another) {
            return vector.scalable() == another.scalable()
                    && vector.length() == another.length()
                    && same(vector.element(), another.element());
        }
        return one.equals(other)
                || (one instanceof PointerType pointer
                        && other instanceof PointerType another
                        && pointer.addressSpace() == another.addressSpace());
    }

    /** Whether the callee is a pointer, to such a function where its type says what it points to; a function may be called otherwise. */
    private static boolean isCalled(CallBase call) {
        return call.callee().type() instanceof PointerType pointer
                && (pointer.pointee() == null
                        || call.callee() instanceof Constant
                        || pointer.pointee().equals(call.functionType()));
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
