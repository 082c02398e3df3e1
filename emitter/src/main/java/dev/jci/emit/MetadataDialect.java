package dev.jci.emit;

import dev.jci.ir.MDNode;
import dev.jci.ir.MetadataAttachment;

/** Fields and kinds of metadata nodes that newer LLVMs added. They describe the program and are dropped where they are not known. */
final class MetadataDialect {
    private static final int ASSIGNMENT_TRACKING = 16;

    private final Dialect dialect;

    MetadataDialect(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Whether an attachment is printed. Kinds are open; only nodes that an LLVM does not know keep one away. */
    boolean keepsAttachment(MetadataAttachment attachment) {
        return isKnown(attachment.node());
    }

    /** Whether the LLVM printed for has nodes of that kind. */
    boolean isKnown(MDNode node) {
        return !(dialect.lacks(ASSIGNMENT_TRACKING) && node.is("DIAssignID"));
    }

    /** Whether a field of a specialised node is printed. */
    boolean keepsField(MDNode node, String field) {
        return dialect.isAsWritten() || !dialect.lacks(since(String.valueOf(node.kind()), field));
    }

    private static int since(String kind, String field) {
        return switch (field) {
            case "atomGroup", "atomRank", "keyInstructions" -> 21;
            case "targetFuncName" -> 16;
            case "sourceLanguageName" -> 22;
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
