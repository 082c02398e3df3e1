package dev.jci.ir.diff;

import dev.jci.ir.Alloca;
import dev.jci.ir.AtomicOrdering;
import dev.jci.ir.AtomicRMW;
import dev.jci.ir.AttributeSet;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.Call;
import dev.jci.ir.CallBase;
import dev.jci.ir.Cast;
import dev.jci.ir.CmpXchg;
import dev.jci.ir.Constant;
import dev.jci.ir.DataLayout;
import dev.jci.ir.DebugRecord;
import dev.jci.ir.ExtractValue;
import dev.jci.ir.FCmp;
import dev.jci.ir.FNeg;
import dev.jci.ir.Fence;
import dev.jci.ir.GetElementPtr;
import dev.jci.ir.GlobalValue;
import dev.jci.ir.ICmp;
import dev.jci.ir.InlineAsm;
import dev.jci.ir.InsertValue;
import dev.jci.ir.Instruction;
import dev.jci.ir.LandingPad;
import dev.jci.ir.Load;
import dev.jci.ir.MDNode;
import dev.jci.ir.Metadata;
import dev.jci.ir.MetadataAsValue;
import dev.jci.ir.MetadataAttachment;
import dev.jci.ir.OperandBundle;
import dev.jci.ir.Phi;
import dev.jci.ir.Select;
import dev.jci.ir.Store;
import dev.jci.ir.Type;
import dev.jci.ir.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hashes of instructions and debug records that are equal where they do the same with operands of the same types. */
final class BodyHash {
    private final StructureHash structure;
    private final NodeHashes nodes;
    private final DataLayout layout;

    BodyHash(StructureHash structure, NodeHashes nodes, DataLayout layout) {
        this.structure = structure;
        this.nodes = nodes;
        this.layout = layout;
    }

    /** The hash of an instruction; local operands count by their types, metadata attached counts. */
    long of(Instruction instruction) {
        long hash = Mix.of(Mix.of(instruction.opcode()), structure.of(instruction.type()));
        hash = Mix.of(hash, own(instruction));
        long operands = instruction.operandCount();
        for (int i = 0; i < instruction.operandCount(); i++) {
            long operand = operand(instruction.operand(i));
            operands = instruction instanceof Phi ? operands + operand : Mix.of(operands, operand);
        }
        return Mix.of(hash, operands) + attachments(instruction.attachments());
    }

    /** The hash of what is attached, in any order. */
    long attachments(List<MetadataAttachment> attachments) {
        long hash = 0;
        for (MetadataAttachment attachment : attachments) {
            hash += Mix.of(Mix.of(attachment.kind()), nodes.shallow(attachment.node()));
        }
        return hash;
    }

    /** The hash of a debug record. */
    long of(DebugRecord record) {
        long hash = Mix.of(record.kind());
        for (Metadata operand : record.operands()) {
            hash = Mix.of(hash, nodes.shallow(operand));
        }
        return hash;
    }

    /** The hash of the debug record that a call of an {@code llvm.dbg} intrinsic stands for. */
    long asDebugRecord(CallBase call) {
        GlobalValue callee = (GlobalValue) call.callee();
        String name = callee.name();
        long hash = Mix.of(name == null ? "" : name.substring("llvm.dbg.".length()));
        for (Value argument : call.arguments()) {
            hash = Mix.of(hash, argument instanceof MetadataAsValue(Metadata metadata) ? nodes.shallow(metadata) : 0);
        }
        MDNode location = call.debugLocation();
        return location == null ? hash : Mix.of(hash, nodes.shallow(location));
    }

    /** The hash of an operand; a local one counts by its type. */
    long operand(Value operand) {
        return switch (operand) {
            case Constant constant -> structure.of(constant);
            case BasicBlock block -> 80;
            case MetadataAsValue wrapper -> Mix.of(81, nodes.shallow(wrapper.metadata()));
            case InlineAsm code -> {
                long words = (code.sideEffect() ? 1L : 0)
                        + (code.alignStack() ? 2 : 0)
                        + (code.intelDialect() ? 4 : 0)
                        + (code.canUnwind() ? 8 : 0);
                yield Mix.of(Mix.of(Mix.of(82, Mix.of(code.template())), Mix.of(code.constraints())), words);
            }
            default -> Mix.of(83, structure.of(operand.type()));
        };
    }

    /** What an instruction says beside its opcode, type and operands. */
    private long own(Instruction instruction) {
        return switch (instruction) {
            case BinaryOperator it -> StructureHash.of(it.flags());
            case FNeg it -> StructureHash.of(it.flags());
            case Cast it -> StructureHash.of(it.flags());
            case Select it -> StructureHash.of(it.flags());
            case Phi it -> StructureHash.of(it.flags());
            case ICmp it -> Mix.of(Mix.of(it.predicate()), StructureHash.of(it.flags()));
            case FCmp it -> Mix.of(Mix.of(it.predicate()), StructureHash.of(it.flags()));
            case GetElementPtr it -> Mix.of(structure.of(it.sourceElementType()), StructureHash.of(it.flags()));
            case ExtractValue it -> it.indices().hashCode();
            case InsertValue it -> it.indices().hashCode();
            case Alloca it ->
                Mix.of(
                        Mix.of(structure.of(it.allocatedType()), alignment(it.alignment(), it.allocatedType())),
                        (it.inAlloca() ? 1L : 0) + (it.swiftError() ? 2L : 0));
            case Load it ->
                Mix.of(atomic(it.isVolatile(), it.ordering(), it.syncScope()), alignment(it.alignment(), it.type()));
            case Store it ->
                Mix.of(
                        atomic(it.isVolatile(), it.ordering(), it.syncScope()),
                        alignment(it.alignment(), it.value().type()));
            case Fence it -> atomic(false, it.ordering(), it.syncScope());
            case CmpXchg it ->
                Mix.of(
                        Mix.of(
                                atomic(it.isVolatile(), it.successOrdering(), it.syncScope()),
                                Mix.of(it.failureOrdering())),
                        Mix.of(
                                it.isWeak() ? 1 : 0,
                                size(it.alignment(), it.expected().type())));
            case AtomicRMW it ->
                Mix.of(
                        Mix.of(atomic(it.isVolatile(), it.ordering(), it.syncScope()), Mix.of(it.operation())),
                        size(it.alignment(), it.value().type()));
            case LandingPad it -> Mix.of(it.isCleanup() ? 1 : 0, it.filters().hashCode());
            case CallBase it -> call(it);
            default -> 0;
        };
    }

    private static long atomic(boolean isVolatile, @Nullable AtomicOrdering ordering, @Nullable String scope) {
        return Mix.of(Mix.of(isVolatile ? 1 : 0, ordering == null ? -1 : Mix.of(ordering)), StructureHash.text(scope));
    }

    /** The alignment written, or the one that the type has. */
    private long alignment(long written, Type type) {
        return written != 0 || !type.isFirstClass() ? written : layout.alignOf(type);
    }

    /** The alignment written, or the size of the type, which is what atomic operations have. */
    private long size(long written, Type type) {
        return written != 0 ? written : layout.sizeOf(type).orElse(0);
    }

    private long call(CallBase call) {
        long hash = Mix.of(Mix.of(call.callingConvention().keyword()), structure.of(call.returnAttributes()));
        hash = Mix.of(hash, structure.of(call.functionType()));
        for (int i = 0; i < call.argumentCount(); i++) {
            AttributeSet attributes = call.argumentAttributes(i);
            hash = attributes.isEmpty() ? hash : Mix.of(hash, Mix.of(i, structure.of(attributes)));
        }
        hash = Mix.of(hash, structure.of(call.attributes().flattened()));
        for (OperandBundle bundle : call.bundles()) {
            hash = Mix.of(Mix.of(hash, Mix.of(bundle.tag())), bundle.inputs().size());
        }
        if (call instanceof Call plain) {
            hash = Mix.of(Mix.of(hash, Mix.of(plain.tailCallKind())), StructureHash.of(plain.flags()));
        }
        return hash;
    }
}
