package dev.jci.ir;

import java.util.List;
import java.util.function.UnaryOperator;

/** Copies instructions, with everything that they carry: flags, attributes, bundles, attachments and debug records. */
public final class InstructionCloner {
    private InstructionCloner() {}

    /** A copy that stands in no block and has no name, with the same operands. */
    public static Instruction copy(Instruction original) {
        return copy(original, UnaryOperator.identity());
    }

    /**
     * A copy that stands in no block and has no name.
     *
     * @param original the instruction
     * @param map gives for each operand, successor blocks and values in metadata and debug records included, what the copy has instead
     * @return the copy
     */
    public static Instruction copy(Instruction original, UnaryOperator<Value> map) {
        Instruction copy = bare(original);
        copy.setOperands(original.operandArray().clone());
        copy.setAttachments(original.attachments());
        copy.setPosition(original.position());
        copy.setDebugRecords(original.debugRecords());
        remap(copy, map);
        return copy;
    }

    /**
     * Replaces operands of a copy in place.
     *
     * @param copy the instruction
     * @param map gives for each operand, successor blocks and values in metadata and debug records included, what to put there
     */
    public static void remap(Instruction copy, UnaryOperator<Value> map) {
        for (int i = 0; i < copy.operandCount(); i++) {
            copy.setOperand(i, mapped(copy.operand(i), map));
        }
        if (!copy.debugRecords().isEmpty()) {
            copy.setDebugRecords(copy.debugRecords().stream()
                    .map(record -> copy(record, map))
                    .toList());
        }
    }

    private static DebugRecord copy(DebugRecord original, UnaryOperator<Value> map) {
        DebugRecord copy = new DebugRecord(
                original.kind(),
                original.operands().stream()
                        .map(operand -> mapped(operand, map))
                        .toList());
        copy.setPosition(original.position());
        return copy;
    }

    private static Value mapped(Value operand, UnaryOperator<Value> map) {
        if (operand instanceof MetadataAsValue wrapper) {
            Metadata changed = mapped(wrapper.metadata(), map);
            return changed == wrapper.metadata() ? operand : new MetadataAsValue(changed);
        }
        return map.apply(operand);
    }

    private static Metadata mapped(Metadata metadata, UnaryOperator<Value> map) {
        return switch (metadata) {
            case ValueAsMetadata wrapped -> mapped(wrapped, map);
            case DIArgList list ->
                new DIArgList(list.arguments().stream()
                        .map(argument -> mapped(argument, map))
                        .toList());
            case MDNode node -> node;
            case MDString string -> string;
        };
    }

    private static ValueAsMetadata mapped(ValueAsMetadata wrapped, UnaryOperator<Value> map) {
        Value changed = map.apply(wrapped.value());
        return changed == wrapped.value() ? wrapped : new ValueAsMetadata(changed);
    }

    /** An instruction of the same kind, for which operands are set afterwards; exhaustive so that a new kind is thought of. */
    private static Instruction bare(Instruction original) {
        return switch (original) {
            case Ret it -> new Ret(it.value());
            case Br it -> new Br(it.target());
            case CondBr it -> new CondBr(it.condition(), it.ifTrue(), it.ifFalse());
            case Switch it -> new Switch(it.condition(), it.defaultTarget(), List.of());
            case IndirectBr it -> new IndirectBr(it.address(), it.successors());
            case Invoke it -> new Invoke(it.site(), it.normalDestination(), it.unwindDestination());
            case CallBr it -> new CallBr(it.site(), it.defaultDestination(), it.indirectDestinations());
            case Call it -> new Call(it.site(), it.tailCallKind(), it.flags());
            case Resume it -> new Resume(it.value());
            case CatchSwitch it -> new CatchSwitch(it.parentPad(), it.handlers(), it.unwindDestination());
            case CatchRet it -> new CatchRet(it.pad(), it.target());
            case CleanupRet it -> new CleanupRet(it.pad(), it.unwindDestination());
            case Unreachable it -> new Unreachable();
            case FNeg it -> new FNeg(it.value(), it.flags());
            case BinaryOperator it -> new BinaryOperator(it.operation(), it.flags(), it.left(), it.right());
            case ExtractElement it -> new ExtractElement(it.vector(), it.index());
            case InsertElement it -> new InsertElement(it.vector(), it.element(), it.index());
            case ShuffleVector it -> new ShuffleVector(it.first(), it.second(), it.mask());
            case ExtractValue it -> new ExtractValue(it.aggregate(), it.indices());
            case InsertValue it -> new InsertValue(it.aggregate(), it.element(), it.indices());
            case Alloca it ->
                new Alloca(
                        (PointerType) it.type(),
                        it.allocatedType(),
                        it.count(),
                        it.inAlloca(),
                        it.swiftError(),
                        it.alignment());
            case Load it ->
                new Load(it.type(), it.pointer(), it.isVolatile(), it.ordering(), it.syncScope(), it.alignment());
            case Store it ->
                new Store(it.value(), it.pointer(), it.isVolatile(), it.ordering(), it.syncScope(), it.alignment());
            case Fence it -> new Fence(it.ordering(), it.syncScope());
            case CmpXchg it ->
                new CmpXchg(
                        it.pointer(),
                        it.expected(),
                        it.replacement(),
                        it.isWeak(),
                        it.isVolatile(),
                        it.syncScope(),
                        it.successOrdering(),
                        it.failureOrdering(),
                        it.alignment());
            case AtomicRMW it ->
                new AtomicRMW(
                        it.pointer(),
                        it.value(),
                        it.operation(),
                        it.isVolatile(),
                        it.syncScope(),
                        it.ordering(),
                        it.alignment());
            case GetElementPtr it ->
                new GetElementPtr(it.type(), it.flags(), it.sourceElementType(), it.pointer(), it.indices());
            case Cast it -> new Cast(it.operation(), it.flags(), it.value(), it.type());
            case ICmp it -> new ICmp(it.predicate(), it.flags(), it.left(), it.right());
            case FCmp it -> new FCmp(it.predicate(), it.flags(), it.left(), it.right());
            case Phi it -> new Phi(it.type(), it.flags());
            case Select it -> new Select(it.condition(), it.ifTrue(), it.ifFalse(), it.flags());
            case Freeze it -> new Freeze(it.value());
            case VAArg it -> new VAArg(it.list(), it.type());
            case LandingPad it -> new LandingPad(it.type(), it.isCleanup(), it.operands(), List.copyOf(it.filters()));
            case CatchPad it -> new CatchPad(it.parentPad(), it.arguments());
            case CleanupPad it -> new CleanupPad(it.parentPad(), it.arguments());
        };
    }
}
