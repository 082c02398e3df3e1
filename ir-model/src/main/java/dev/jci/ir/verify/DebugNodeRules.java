package dev.jci.ir.verify;

import dev.jci.ir.MDInteger;
import dev.jci.ir.MDNode;
import dev.jci.ir.MDNull;
import dev.jci.ir.MDOperand;
import dev.jci.ir.MDString;
import dev.jci.ir.MDSymbol;
import dev.jci.ir.ValueAsMetadata;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the fields of each kind of debug information node may hold (LangRef, "Specialized Metadata Nodes"). */
final class DebugNodeRules {
    private static final Set<String> TYPES = Set.of(
            "DIBasicType",
            "DIDerivedType",
            "DICompositeType",
            "DISubroutineType",
            "DIStringType",
            "DISubrangeType",
            "DIFixedPointType");

    private static final Set<String> LOCAL_SCOPES = Set.of("DISubprogram", "DILexicalBlock", "DILexicalBlockFile");

    private static final Set<String> OTHER_SCOPES =
            Set.of("DIFile", "DICompileUnit", "DINamespace", "DIModule", "DICommonBlock");

    private static final Set<String> BOUNDS =
            Set.of("DILocalVariable", "DIGlobalVariable", "DIExpression", "DIDerivedType");

    private static final Set<String> DERIVED_TAGS = Set.of(
            "DW_TAG_typedef",
            "DW_TAG_pointer_type",
            "DW_TAG_ptr_to_member_type",
            "DW_TAG_reference_type",
            "DW_TAG_rvalue_reference_type",
            "DW_TAG_const_type",
            "DW_TAG_immutable_type",
            "DW_TAG_volatile_type",
            "DW_TAG_restrict_type",
            "DW_TAG_atomic_type",
            "DW_TAG_LLVM_ptrauth_type",
            "DW_TAG_member",
            "DW_TAG_variable",
            "DW_TAG_inheritance",
            "DW_TAG_friend",
            "DW_TAG_set_type",
            "DW_TAG_template_alias");

    private static final Set<String> COMPOSITE_TAGS = Set.of(
            "DW_TAG_array_type",
            "DW_TAG_structure_type",
            "DW_TAG_union_type",
            "DW_TAG_enumeration_type",
            "DW_TAG_class_type",
            "DW_TAG_variant_part",
            "DW_TAG_variant",
            "DW_TAG_namelist");

    private static final Set<String> ADDRESS_SPACE_TAGS =
            Set.of("DW_TAG_pointer_type", "DW_TAG_reference_type", "DW_TAG_rvalue_reference_type");

    private static final Set<String> TEMPLATE_PARAMETERS =
            Set.of("DITemplateTypeParameter", "DITemplateValueParameter");

    private static final Map<String, String> ARRAY_FIELDS = Map.of(
            "dataLocation", "dataLocation can only appear in array type",
            "associated", "associated can only appear in array type",
            "allocated", "allocated can only appear in array type",
            "rank", "rank can only appear in array type");

    private static final Map<String, Integer> CHECKSUM_LENGTHS =
            Map.of("CSK_MD5", 32, "CSK_SHA1", 40, "CSK_SHA256", 64);

    /** {@code DISPFlagDefinition} as a number. */
    private static final long DEFINITION = 8;

    private final Findings findings;
    private int position;

    DebugNodeRules(Findings findings) {
        this.findings = findings;
    }

    /**
     * Checks one node.
     *
     * @param node the node
     * @param usedAt where it is used, for a node without a place of its own
     */
    void check(MDNode node, int usedAt) {
        position = node.position() >= 0 ? node.position() : usedAt;
        switch (node.kind()) {
            case "DILocation" -> checkLocation(node);
            case "DISubrange" -> checkSubrange(node);
            case "DIGenericSubrange" -> checkGenericSubrange(node);
            case "DIBasicType" ->
                requireTag(node, Set.of("DW_TAG_base_type", "DW_TAG_unspecified_type", "DW_TAG_string_type"));
            case "DIDerivedType" -> checkDerivedType(node);
            case "DICompositeType" -> checkCompositeType(node);
            case "DISubroutineType" -> checkSubroutineType(node);
            case "DIFile" -> checkFile(node);
            case "DICompileUnit" -> checkCompileUnit(node);
            case "DISubprogram" -> checkSubprogram(node);
            case "DILexicalBlock", "DILexicalBlockFile" -> checkLexicalBlock(node);
            case "DICommonBlock" -> {
                requireScope(node, "invalid scope ref");
                require(isNullOr(node, "declaration", Set.of("DIGlobalVariable")), "invalid declaration");
            }
            case "DINamespace" -> requireScope(node, "invalid scope ref");
            case "DIMacro" -> require(!isEmptyText(node, "name"), "anonymous macro");
            case "DIMacroFile" -> {
                requireFile(node);
                requireList(node, "nodes", Set.of("DIMacro", "DIMacroFile"), "invalid macro list", "invalid macro ref");
            }
            case "DIModule" -> require(!isEmptyText(node, "name"), "anonymous module");
            case "DITemplateTypeParameter", "DITemplateValueParameter" -> requireType(node, "type", "invalid type ref");
            case "DIGlobalVariable" -> checkGlobalVariable(node);
            case "DILocalVariable" -> checkLocalVariable(node);
            case "DIAssignID" -> require(node.isDistinct(), "DIAssignID must be distinct");
            case "DILabel" -> checkLabel(node);
            case "DIExpression" -> require(ExpressionRules.isValid(node), "invalid expression");
            case "DIGlobalVariableExpression" -> {
                if (node.nodeField("var") == null) {
                    error("missing variable");
                }
            }
            case "DIObjCProperty" -> {
                requireType(node, "type", "invalid type ref");
                requireFile(node);
            }
            case "DIImportedEntity" -> {
                requireTag(node, Set.of("DW_TAG_imported_module", "DW_TAG_imported_declaration"));
                requireScope(node, "invalid scope for imported entity");
            }
            case null, default -> {}
        }
    }

    private void error(String message) {
        findings.error(message, position);
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            error(message);
        }
    }

    private static boolean isType(MDOperand operand) {
        return operand instanceof MDNode node && node.kind() != null && TYPES.contains(node.kind());
    }

    private static boolean isLocalScope(@Nullable MDOperand operand) {
        return operand instanceof MDNode node && node.kind() != null && LOCAL_SCOPES.contains(node.kind());
    }

    private static boolean isScope(MDOperand operand) {
        return isType(operand)
                || isLocalScope(operand)
                || (operand instanceof MDNode node && node.kind() != null && OTHER_SCOPES.contains(node.kind()));
    }

    /** The field, null also when {@code null} is written. */
    private static @Nullable MDOperand operand(MDNode node, String field) {
        MDOperand value = node.field(field);
        return value == MDNull.NULL ? null : value;
    }

    private static boolean isNullOr(MDNode node, String field, Set<String> kinds) {
        MDOperand value = operand(node, field);
        return value == null || (value instanceof MDNode at && at.kind() != null && kinds.contains(at.kind()));
    }

    private static boolean isEmptyText(MDNode node, String field) {
        return !(node.field(field) instanceof MDString text) || text.bytes().isEmpty();
    }

    private static boolean hasFlag(MDNode node, String field, String flag) {
        return node.field(field) instanceof MDSymbol words
                && Set.of(words.text().split(" \\| ", -1)).contains(flag);
    }

    /** The tag as a word; null when it is not written or written as a number. */
    private static @Nullable String tag(MDNode node) {
        return node.field("tag") instanceof MDSymbol word ? word.text() : null;
    }

    private void requireTag(MDNode node, Set<String> tags) {
        String tag = tag(node);
        require(tag == null || tags.contains(tag), "invalid tag");
    }

    private void requireFile(MDNode node) {
        require(isNullOr(node, "file", Set.of("DIFile")), "invalid file");
    }

    private void requireScope(MDNode node, String message) {
        MDOperand scope = operand(node, "scope");
        require(scope == null || isScope(scope), message);
    }

    private void requireType(MDNode node, String field, String message) {
        MDOperand type = operand(node, field);
        require(type == null || isType(type), message);
    }

    private void requireLocalScope(MDNode node, String message) {
        MDOperand scope = operand(node, "scope");
        if (!isLocalScope(scope)) {
            error(message);
        } else if (scope instanceof MDNode subprogram && subprogram.is("DISubprogram") && !isDefinition(subprogram)) {
            require(node.is("DILocalVariable") || node.is("DILabel"), "scope points into the type hierarchy");
        }
    }

    private void requireList(MDNode node, String field, Set<String> kinds, String noList, String noMember) {
        MDOperand list = operand(node, field);
        if (list == null) {
            return;
        }
        if (!(list instanceof MDNode tuple) || !tuple.isTuple()) {
            error(noList);
            return;
        }
        for (MDOperand member : tuple.operands()) {
            if (!(member instanceof MDNode at) || at.kind() == null || !kinds.contains(at.kind())) {
                error(noMember);
                return;
            }
        }
    }

    /** What {@code spFlags} says; without it, a subprogram is a definition unless {@code isDefinition: false} stands there. */
    private static boolean isDefinition(MDNode subprogram) {
        if (subprogram.field("spFlags") instanceof MDInteger bits) {
            return (bits.value() & DEFINITION) != 0;
        }
        if (subprogram.field("spFlags") != null) {
            return hasFlag(subprogram, "spFlags", "DISPFlagDefinition");
        }
        return !(subprogram.field("isDefinition") instanceof MDSymbol word
                && word.text().equals("false"));
    }

    private void checkLocation(MDNode node) {
        requireLocalScope(node, "location requires a valid scope");
        require(isNullOr(node, "inlinedAt", Set.of("DILocation")), "inlined-at should be a location");
    }

    private void checkSubrange(MDNode node) {
        MDOperand count = operand(node, "count");
        MDOperand upper = operand(node, "upperBound");
        require(count != null || upper != null || !findings.until(16), "Subrange must contain count or upperBound");
        require(count == null || upper == null, "Subrange can have any one of count or upperBound");
        checkBound(count, "Count");
        checkBound(operand(node, "lowerBound"), "LowerBound");
        checkBound(upper, "UpperBound");
        checkBound(operand(node, "stride"), "Stride");
    }

    private void checkBound(@Nullable MDOperand bound, String name) {
        boolean valid = switch (bound) {
            case null -> true;
            case MDInteger number -> true;
            case MDSymbol number -> true;
            case ValueAsMetadata value -> true;
            case MDNode node -> node.kind() != null && BOUNDS.contains(node.kind());
            default -> false;
        };
        require(valid, name + " must be signed constant or DIVariable or DIExpression");
    }

    private void checkGenericSubrange(MDNode node) {
        MDOperand count = operand(node, "count");
        MDOperand upper = operand(node, "upperBound");
        require(
                count != null || upper != null || !findings.until(16),
                "GenericSubrange must contain count or upperBound");
        require(count == null || upper == null, "GenericSubrange can have any one of count or upperBound");
        require(operand(node, "lowerBound") != null, "GenericSubrange must contain lowerBound");
        require(operand(node, "stride") != null, "GenericSubrange must contain stride");
        checkBound(count, "Count");
        checkBound(operand(node, "lowerBound"), "LowerBound");
        checkBound(upper, "UpperBound");
        checkBound(operand(node, "stride"), "Stride");
    }

    private void checkDerivedType(MDNode node) {
        requireFile(node);
        requireTag(node, DERIVED_TAGS);
        requireScope(node, "invalid scope");
        requireType(node, "baseType", "invalid base type");
        String tag = tag(node);
        if ("DW_TAG_ptr_to_member_type".equals(tag)) {
            requireType(node, "extraData", "invalid pointer to member type");
        }
        if (tag != null && node.field("dwarfAddressSpace") != null) {
            require(ADDRESS_SPACE_TAGS.contains(tag), "DWARF address space only applies to pointer or reference types");
        }
    }

    private void requireConsistentFlags(MDNode node) {
        boolean conflict =
                (hasFlag(node, "flags", "DIFlagLValueReference") && hasFlag(node, "flags", "DIFlagRValueReference"))
                        || (hasFlag(node, "flags", "DIFlagTypePassByValue")
                                && hasFlag(node, "flags", "DIFlagTypePassByReference"));
        require(!conflict, "invalid reference flags");
    }

    private void checkCompositeType(MDNode node) {
        requireFile(node);
        requireTag(node, COMPOSITE_TAGS);
        requireScope(node, "invalid scope");
        requireType(node, "baseType", "invalid base type");
        MDOperand elements = operand(node, "elements");
        require(
                elements == null || (elements instanceof MDNode tuple && tuple.isTuple()),
                "invalid composite elements");
        requireType(node, "vtableHolder", "invalid vtable holder");
        requireConsistentFlags(node);
        require(
                !hasFlag(node, "flags", "DIFlagReservedBit4"),
                "DIBlockByRefStruct on DICompositeType is no longer supported");
        if (hasFlag(node, "flags", "DIFlagVector")) {
            boolean one = elements instanceof MDNode tuple
                    && tuple.operandCount() == 1
                    && tuple.operand(0) instanceof MDNode element
                    && element.kind() != null
                    && element.kind().contains("Subrange");
            require(one, "invalid vector, expected one element of type subrange");
        }
        requireTemplateParameters(node);
        String tag = tag(node);
        if (tag == null) {
            return;
        }
        MDOperand discriminator = operand(node, "discriminator");
        if (discriminator != null) {
            boolean fits = tag.equals("DW_TAG_variant_part")
                    && discriminator instanceof MDNode member
                    && member.is("DIDerivedType");
            require(fits, "discriminator can only appear on variant part");
        }
        ARRAY_FIELDS.forEach(
                (field, message) -> require(operand(node, field) == null || tag.equals("DW_TAG_array_type"), message));
        if (findings.since(19) && tag.equals("DW_TAG_array_type")) {
            require(operand(node, "baseType") != null, "array types must have a base type");
        }
    }

    private void requireTemplateParameters(MDNode node) {
        requireList(
                node, "templateParams", TEMPLATE_PARAMETERS, "invalid template params", "invalid template parameter");
    }

    private void checkSubroutineType(MDNode node) {
        requireConsistentFlags(node);
        MDOperand types = operand(node, "types");
        if (types == null) {
            return;
        }
        if (!(types instanceof MDNode tuple) || !tuple.isTuple()) {
            error("invalid composite elements");
            return;
        }
        for (MDOperand type : tuple.operands()) {
            require(type == MDNull.NULL || isType(type), "invalid subroutine type ref");
        }
    }

    private void checkFile(MDNode node) {
        Integer length = node.field("checksumkind") instanceof MDSymbol kind ? CHECKSUM_LENGTHS.get(kind.text()) : null;
        if (length == null || !(node.field("checksum") instanceof MDString checksum)) {
            return;
        }
        require(checksum.bytes().length() == length, "invalid checksum length");
        require(checksum.bytes().chars().allMatch(digit -> Character.digit(digit, 16) >= 0), "invalid checksum");
    }

    private void checkCompileUnit(MDNode node) {
        require(node.isDistinct(), "compile units must be distinct");
        MDNode file = node.nodeField("file");
        if (file == null || !file.is("DIFile")) {
            error("invalid file");
        } else {
            require(!isEmptyText(file, "filename"), "invalid filename");
        }
        requireList(
                node,
                "globals",
                Set.of("DIGlobalVariableExpression"),
                "invalid global variable list",
                "invalid global variable ref");
        requireList(
                node,
                "imports",
                Set.of("DIImportedEntity"),
                "invalid imported entity list",
                "invalid imported entity ref");
        requireList(node, "macros", Set.of("DIMacro", "DIMacroFile"), "invalid macro list", "invalid macro ref");
    }

    private void checkSubprogram(MDNode node) {
        requireScope(node, "invalid scope");
        requireFile(node);
        if (operand(node, "file") == null && node.field("line") instanceof MDInteger line) {
            require(line.value() == 0, "line specified with no file");
        }
        require(isNullOr(node, "type", Set.of("DISubroutineType")), "invalid subroutine type");
        requireType(node, "containingType", "invalid containing type");
        requireTemplateParameters(node);
        requireConsistentFlags(node);
        MDOperand declaration = operand(node, "declaration");
        require(
                declaration == null
                        || (declaration instanceof MDNode other
                                && other.is("DISubprogram")
                                && !hasFlag(other, "spFlags", "DISPFlagDefinition")),
                "invalid subprogram declaration");
        MDOperand retained = operand(node, "retainedNodes");
        require(
                retained == null || (retained instanceof MDNode tuple && tuple.isTuple()),
                "invalid retained nodes list");
        requireList(node, "thrownTypes", TYPES, "invalid thrown types list", "invalid thrown type");
        MDOperand unit = operand(node, "unit");
        if (isDefinition(node)) {
            require(node.isDistinct(), "subprogram definitions must be distinct");
            require(unit != null, "subprogram definitions must have a compile unit");
            require(isNullOr(node, "unit", Set.of("DICompileUnit")), "invalid unit type");
        } else {
            require(unit == null, "subprogram declarations must not have a compile unit");
            require(
                    !hasFlag(node, "flags", "DIFlagAllCallsDescribed"),
                    "DIFlagAllCallsDescribed must be attached to a definition");
        }
    }

    private void checkLexicalBlock(MDNode node) {
        requireLocalScope(node, "invalid local scope");
        boolean hasLine = node.field("line") instanceof MDInteger line && line.value() != 0;
        boolean hasColumn = node.field("column") instanceof MDInteger column && column.value() != 0;
        require(hasLine || !hasColumn, "cannot have column info without line info");
    }

    private void checkGlobalVariable(MDNode node) {
        requireScope(node, "invalid scope");
        requireFile(node);
        requireType(node, "type", "invalid type ref");
        boolean declared = node.field("isDefinition") instanceof MDSymbol word
                && word.text().equals("false");
        require(declared || operand(node, "type") != null, "missing global variable type");
        require(isNullOr(node, "declaration", Set.of("DIDerivedType")), "invalid static data member declaration");
    }

    private void checkLocalVariable(MDNode node) {
        requireFile(node);
        requireType(node, "type", "invalid type ref");
        requireLocalScope(node, "local variable requires a valid scope");
        require(!(operand(node, "type") instanceof MDNode type && type.is("DISubroutineType")), "invalid type");
    }

    private void checkLabel(MDNode node) {
        requireFile(node);
        requireLocalScope(node, "label requires a valid scope");
    }
}
