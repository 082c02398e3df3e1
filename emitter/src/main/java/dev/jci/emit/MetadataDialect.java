package dev.jci.emit;

import dev.jci.ir.ConstantInt;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDOperand;
import dev.jci.ir.MDString;
import dev.jci.ir.MetadataAttachment;
import dev.jci.ir.Module;
import dev.jci.ir.NamedMetadata;
import dev.jci.ir.Type;
import dev.jci.ir.ValueAsMetadata;
import dev.jci.ir.VectorType;
import java.util.ArrayList;
import java.util.List;

/** Fields and kinds of metadata nodes that newer LLVMs added. They describe the program and are dropped where they are not known. */
final class MetadataDialect {
    private static final int ASSIGNMENT_TRACKING = 16;
    private static final int WEIGHT_ORIGIN = 19;
    private static final int CONTEXT_SIZES = 19;
    private static final int VECTOR_RANGES = 17;
    private static final int MIN_FLAGS = 15;
    private static final long MAX = 7;
    private static final long MIN = 8;

    private final Dialect dialect;
    private final List<MDNode> moduleFlags;

    MetadataDialect(Module module, Dialect dialect) {
        this.dialect = dialect;
        NamedMetadata flags = module.namedMetadata().get("llvm.module.flags");
        this.moduleFlags = flags == null || !dialect.lacks(MIN_FLAGS) ? List.of() : flags.operands();
    }

    /** Whether an attachment is printed. Kinds are open; only nodes that an LLVM does not know keep one away. */
    boolean keepsAttachment(MetadataAttachment attachment) {
        return !(attachment.node().is("DIAssignID") && dialect.drops(ASSIGNMENT_TRACKING, "!DIAssignID"));
    }

    /** Whether an attachment is printed behind an instruction that gives a value of that type. */
    boolean keepsAttachment(MetadataAttachment attachment, Type type) {
        if (attachment.kind().equals("memprof")
                && hasContextSizes(attachment.node())
                && dialect.drops(CONTEXT_SIZES, "!memprof with sizes of contexts")) {
            return false;
        }
        boolean manyRanges = attachment.kind().equals("range") && type instanceof VectorType;
        return !(manyRanges && dialect.drops(VECTOR_RANGES, "!range of a vector")) && keepsAttachment(attachment);
    }

    /** Whether a profile of allocations says for a kind of allocation more than how hot it is. */
    private static boolean hasContextSizes(MDNode profile) {
        return profile.operands().stream()
                .anyMatch(kind -> kind instanceof MDNode allocation
                        && allocation.operands().stream().skip(1).anyMatch(operand -> !(operand instanceof MDString)));
    }

    /** The node as the LLVM printed for knows it; the node itself when nothing changed. */
    MDNode spoken(MDNode node) {
        if (dialect.isAsWritten()) {
            return node;
        }
        if (node.isTuple()) {
            return tuple(node);
        }
        if (dialect.lacks(ASSIGNMENT_TRACKING) && node.is("DIAssignID")) {
            dialect.dropped(ASSIGNMENT_TRACKING, "DIAssignID");
            MDNode empty = MDNode.tuple();
            empty.setDistinct(node.isDistinct());
            return empty;
        }
        return dialect.debugInfo().spoken(node);
    }

    private MDNode tuple(MDNode node) {
        boolean weights = dialect.lacks(WEIGHT_ORIGIN)
                && node.operandCount() > 2
                && node.operand(0).equals(new MDString("branch_weights"))
                && node.operand(1).equals(new MDString("expected"));
        if (weights) {
            dialect.dropped(WEIGHT_ORIGIN, "the origin of branch weights");
            List<MDOperand> operands = new ArrayList<>(node.operands());
            operands.remove(1);
            return copy(node, operands);
        }
        // The least of two flags when modules are linked: before LLVM 15 the same flags had the greatest.
        if (moduleFlags.contains(node)
                && node.operand(0) instanceof ValueAsMetadata wrapped
                && wrapped.value() instanceof ConstantInt behavior
                && behavior.value().longValue() == MIN) {
            dialect.rewritten("the behavior min of a module flag", "max");
            List<MDOperand> operands = new ArrayList<>(node.operands());
            operands.set(0, new ValueAsMetadata(ConstantInt.of(behavior.type(), MAX)));
            return copy(node, operands);
        }
        return node;
    }

    private static MDNode copy(MDNode node, List<MDOperand> operands) {
        MDNode copy = new MDNode();
        copy.define(null, new String[0], operands.toArray(MDOperand[]::new), node.isDistinct());
        return copy;
    }

    /** Whether a field of a specialised node is printed. */
    boolean keepsField(MDNode node, String field) {
        return dialect.isAsWritten()
                || !dialect.drops(since(String.valueOf(node.kind()), field), field + " of " + node.kind());
    }

    private static int since(String kind, String field) {
        return switch (field) {
            case "atomGroup", "atomRank", "keyInstructions" -> 21;
            case "targetFuncName" -> 16;
            case "sourceLanguageName", "sourceLanguageVersion" -> 22;
            case "ptrAuthKey",
                    "ptrAuthIsAddressDiscriminated",
                    "ptrAuthExtraDiscriminator",
                    "ptrAuthIsaPointer",
                    "ptrAuthAuthenticatesNullValues" -> 18;
            case "numExtraInhabitants" -> 20;
            case "specification" -> kind.equals("DICompositeType") ? 20 : 0;
            case "enumKind", "bitStride" -> 21;
            case "dataSize" -> 22;
            case "file", "line", "scope" -> kind.equals("DIBasicType") || kind.equals("DIStringType") ? 22 : 0;
            case "elements" -> kind.equals("DIImportedEntity") ? 15 : 0;
            case "column", "isArtificial", "coroSuspendIdx" -> kind.equals("DILabel") ? 21 : 0;
            default -> 0;
        };
    }
}
