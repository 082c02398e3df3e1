package dev.jci.ir;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields that each kind of specialised metadata node has (LangRef, "Specialized Metadata Nodes"), and what may stand in them. A field
 * that any LLVM from 14 to 22 has is allowed, one that all of them demand is demanded. An object remembers which lists of names it has seen.
 */
public final class NodeFields {
    /** What may stand in a field. */
    private sealed interface Content {}

    /** A metadata operand. */
    private record Operand(boolean nullable) implements Content {}

    /** A string. */
    private record Text(boolean mayBeEmpty) implements Content {}

    /** {@code true} or {@code false}. */
    private record Truth() implements Content {}

    /** An integer that may be negative. */
    private record Signed() implements Content {}

    /** An integer up to a limit. */
    private record Unsigned(long limit) implements Content {}

    /** A number up to a limit, or a word with that beginning. */
    private record Constant(String prefix, String what, long limit) implements Content {}

    /** A number, or words out of a set with bars between them. */
    private record FlagWords(Set<String> known, String what) implements Content {}

    /** A number, or an operand. */
    private record NumberOrOperand(boolean signed, boolean nullable) implements Content {}

    /** Anything. */
    private record Anything() implements Content {}

    /**
     * @param name the name
     * @param content what may stand in it
     * @param required whether every node of the kind has it
     */
    private record Field(String name, Content content, boolean required) {}

    private static final long UINT16 = 0xffffL;
    private static final long UINT32 = 0xffffffffL;
    private static final Set<String> FLAGS =
            Set.of(("DIFlagZero DIFlagPrivate DIFlagProtected DIFlagPublic DIFlagFwdDecl"
                            + " DIFlagAppleBlock DIFlagReservedBit4 DIFlagVirtual DIFlagArtificial DIFlagExplicit DIFlagPrototyped"
                            + " DIFlagObjcClassComplete DIFlagObjectPointer DIFlagVector DIFlagStaticMember DIFlagLValueReference"
                            + " DIFlagRValueReference DIFlagExportSymbols DIFlagSingleInheritance DIFlagMultipleInheritance"
                            + " DIFlagVirtualInheritance DIFlagIntroducedVirtual DIFlagBitField DIFlagNoReturn DIFlagTypePassByValue"
                            + " DIFlagTypePassByReference DIFlagEnumClass DIFlagThunk DIFlagNonTrivial DIFlagBigEndian"
                            + " DIFlagLittleEndian DIFlagAllCallsDescribed DIFlagIndirectVirtualBase DIFlagReserved"
                            + " DIFlagArgumentNotModified")
                    .split(" ", -1));
    private static final Set<String> SUBPROGRAM_FLAGS = Set.of(("DISPFlagZero DISPFlagVirtual DISPFlagPureVirtual"
                    + " DISPFlagLocalToUnit DISPFlagDefinition DISPFlagOptimized DISPFlagPure DISPFlagElemental"
                    + " DISPFlagRecursive DISPFlagMainSubprogram DISPFlagDeleted DISPFlagObjCDirect")
            .split(" ", -1));

    private static final Map<String, Content> CONTENTS = Map.ofEntries(
            Map.entry("node", new Operand(true)),
            Map.entry("nonnull", new Operand(false)),
            Map.entry("string", new Text(true)),
            Map.entry("nonempty", new Text(false)),
            Map.entry("bool", new Truth()),
            Map.entry("signed", new Signed()),
            Map.entry("unsigned", new Unsigned(-1)),
            Map.entry("uint8", new Unsigned(255)),
            Map.entry("uint16", new Unsigned(UINT16)),
            Map.entry("uint32", new Unsigned(UINT32)),
            Map.entry("key", new Unsigned(7)),
            Map.entry("tag", new Constant("DW_TAG_", "DWARF tag", UINT16)),
            Map.entry("lang", new Constant("DW_LANG_", "DWARF language", UINT16)),
            Map.entry("langname", new Constant("DW_LNAME_", "DWARF source language name", UINT16)),
            Map.entry("cc", new Constant("DW_CC_", "DWARF calling convention", 255)),
            Map.entry("encoding", new Constant("DW_ATE_", "DWARF type attribute encoding", 255)),
            Map.entry("virtuality", new Constant("DW_VIRTUALITY_", "DWARF virtuality code", 2)),
            Map.entry("macinfo", new Constant("DW_MACINFO_", "DWARF macinfo type", 255)),
            Map.entry("enumkind", new Constant("DW_APPLE_ENUM_KIND_", "DWARF enum kind code", 1)),
            Map.entry("emission", new Constant("", "emission kind", 3)),
            Map.entry("tables", new Constant("", "nameTable kind", 3)),
            Map.entry("fixed", new Constant("", "fixed-point kind", 2)),
            Map.entry("flags", new FlagWords(FLAGS, "debug info flag")),
            Map.entry("spflags", new FlagWords(SUBPROGRAM_FLAGS, "subprogram debug info flag")),
            Map.entry("count", new NumberOrOperand(true, false)),
            Map.entry("bound", new NumberOrOperand(true, true)),
            Map.entry("size", new NumberOrOperand(false, true)),
            Map.entry("any", new Anything()));

    private static final Map<String, Map<String, Field>> KINDS = new HashMap<>();

    static {
        kind(
                "DILocation",
                "line:uint32 column:uint16 scope!nonnull inlinedAt:node isImplicitCode:bool atomGroup:unsigned"
                        + " atomRank:uint8");
        kind("DIAssignID", "");
        kind("DIExpression", "");
        kind("DIArgList", "");
        kind("GenericDINode", "tag!tag header:string operands:any");
        kind("DISubrange", "count:count lowerBound:bound upperBound:bound stride:bound");
        kind("DIGenericSubrange", "count:bound lowerBound:bound upperBound:bound stride:bound");
        kind(
                "DISubrangeType",
                "name:string file:node line:uint32 scope:node baseType:node size:size align:uint32"
                        + " flags:flags lowerBound:bound upperBound:bound stride:bound bias:bound");
        kind("DIEnumerator", "name!string value!signed isUnsigned:bool");
        kind(
                "DIBasicType",
                "tag:tag name:string file:node line:uint32 scope:node size:size align:uint32 dataSize:uint32"
                        + " encoding:encoding num_extra_inhabitants:uint32 flags:flags");
        kind(
                "DIFixedPointType",
                "tag:tag name:string file:node line:uint32 scope:node size:size align:uint32"
                        + " encoding:encoding flags:flags kind:fixed factor:signed numerator:signed denominator:signed");
        kind(
                "DIStringType",
                "tag:tag name:string stringLength:node stringLengthExpression:node"
                        + " stringLocationExpression:node size:size align:uint32 encoding:encoding");
        kind(
                "DIDerivedType",
                "tag!tag name:string file:node line:uint32 scope:node baseType!node size:size align:uint32"
                        + " offset:size flags:flags extraData:node dwarfAddressSpace:uint32 annotations:node ptrAuthKey:key"
                        + " ptrAuthIsAddressDiscriminated:bool ptrAuthExtraDiscriminator:uint16 ptrAuthIsaPointer:bool"
                        + " ptrAuthAuthenticatesNullValues:bool");
        kind(
                "DICompositeType",
                "tag!tag name:string file:node line:uint32 scope:node baseType:node size:size"
                        + " align:uint32 offset:size flags:flags elements:node runtimeLang:lang enumKind:enumkind"
                        + " vtableHolder:node templateParams:node identifier:string discriminator:node dataLocation:node"
                        + " associated:node allocated:node rank:bound annotations:node num_extra_inhabitants:uint32"
                        + " specification:node bitStride:node");
        kind("DISubroutineType", "flags:flags cc:cc types!node");
        kind("DIFile", "filename!string directory!string checksumkind:any checksum:string source:string");
        kind(
                "DICompileUnit",
                "file!nonnull language:lang sourceLanguageName:langname sourceLanguageVersion:uint32"
                        + " producer:string isOptimized:bool flags:string runtimeVersion:uint32 splitDebugFilename:string"
                        + " emissionKind:emission enums:node retainedTypes:node globals:node imports:node macros:node"
                        + " dwoId:unsigned splitDebugInlining:bool debugInfoForProfiling:bool nameTableKind:tables"
                        + " rangesBaseAddress:bool sysroot:string sdk:string dialect:any");
        kind(
                "DISubprogram",
                "scope:node name:string linkageName:string file:node line:uint32 type:node isLocal:bool"
                        + " isDefinition:bool scopeLine:uint32 containingType:node virtuality:virtuality virtualIndex:uint32"
                        + " thisAdjustment:signed flags:flags spFlags:spflags isOptimized:bool unit:node templateParams:node"
                        + " declaration:node retainedNodes:node thrownTypes:node annotations:node targetFuncName:string"
                        + " keyInstructions:bool");
        kind("DILexicalBlock", "scope!nonnull file:node line:uint32 column:uint16");
        kind("DILexicalBlockFile", "scope!nonnull file:node discriminator!uint32");
        kind("DICommonBlock", "scope!node declaration:node name:string file:node line:uint32");
        kind("DINamespace", "scope!node name:string exportSymbols:bool");
        kind("DIMacro", "type!macinfo line:uint32 name!string value:string");
        kind("DIMacroFile", "type:macinfo line:uint32 file!node nodes:node");
        kind(
                "DIModule",
                "scope!node name!string configMacros:string includePath:string apinotes:string file:node"
                        + " line:uint32 isDecl:bool");
        kind("DITemplateTypeParameter", "name:string type!node defaulted:bool");
        kind("DITemplateValueParameter", "tag:tag name:string type:node defaulted:bool value!node");
        kind(
                "DIGlobalVariable",
                "name:nonempty scope:node linkageName:string file:node line:uint32 type:node isLocal:bool"
                        + " isDefinition:bool templateParams:node declaration:node align:uint32 annotations:node");
        kind(
                "DILocalVariable",
                "scope!nonnull name:string arg:uint16 file:node line:uint32 type:node flags:flags"
                        + " align:uint32 annotations:node");
        kind(
                "DILabel",
                "scope!nonnull name!string file!node line!uint32 column:uint16 isArtificial:bool"
                        + " coroSuspendIdx:unsigned");
        kind("DIGlobalVariableExpression", "var!node expr!node");
        kind(
                "DIObjCProperty",
                "name:string file:node line:uint32 setter:string getter:string attributes:uint32" + " type:node");
        kind("DIImportedEntity", "tag!tag scope!node entity:node file:node line:uint32 name:string elements:node");
    }

    private final Map<String, Map<String[], Field[]>> checked = new HashMap<>();

    /** Has seen no node yet. */
    public NodeFields() {}

    private static void kind(String kind, String fields) {
        Map<String, Field> byName = new LinkedHashMap<>();
        for (String field : fields.isEmpty() ? new String[0] : fields.split(" ", -1)) {
            boolean required = field.indexOf('!') >= 0;
            String[] parts = field.split("[!:]", -1);
            byName.put(parts[0], new Field(parts[0], content(parts[1]), required));
        }
        KINDS.put(kind, byName);
    }

    private static Content content(String word) {
        Content content = CONTENTS.get(word);
        if (content == null) {
            throw new IllegalStateException(word);
        }
        return content;
    }

    /** Whether there are nodes of that kind. */
    public static boolean isKind(String kind) {
        return KINDS.containsKey(kind);
    }

    /**
     * Says what is wrong with the fields of a node that is defined, or with its operands when it has no fields.
     *
     * @param node the node
     * @return null when it is as it should be
     */
    public @Nullable String check(MDNode node) {
        String kind = node.kind();
        if (kind == null) {
            return node.operands().stream().allMatch(NodeFields::isElement) ? null : "expected metadata";
        }
        if (!isKind(kind)) {
            return "expected metadata type";
        }
        if (kind.equals("DIExpression")) {
            return node.operands().stream().noneMatch(Metadata.class::isInstance) ? null : "expected unsigned integer";
        }
        if (node.fieldNames().length != node.operandCount()) {
            return "expected field label here";
        }
        Complaint complaint = check(kind, node.fieldNames(), node.isDistinct(), node.operands());
        return complaint == null ? null : complaint.message();
    }

    /**
     * Says what is wrong with the fields of a node.
     *
     * @param kind the kind of the node, such as {@code DILocation}
     * @param names the names of the fields; faster when nodes with equal names share one array
     * @param distinct whether the node is distinct
     * @param values the values of the fields, one for each name
     * @return null when they are as they should be
     */
    public @Nullable Complaint check(String kind, String[] names, boolean distinct, List<MDOperand> values) {
        if (kind.equals("DIExpression")) {
            return null;
        }
        Map<String[], Field[]> shapes = checked.computeIfAbsent(kind, key -> new IdentityHashMap<>());
        Field[] fields = shapes.get(names);
        if (fields == null) {
            Complaint complaint = checkNames(kind, names);
            if (complaint != null) {
                return complaint;
            }
            fields = fields(kind, names);
            shapes.put(names, fields);
        }
        for (int i = 0; i < fields.length; i++) {
            String message = complaint(fields[i], values.get(i));
            if (message != null) {
                return new Complaint(message, i, true);
            }
        }
        if (!distinct && (kind.equals("DICompileUnit") || kind.equals("DIAssignID"))) {
            return new Complaint("missing 'distinct', required for !" + kind, Complaint.NODE, false);
        }
        return null;
    }

    private static boolean isElement(MDOperand operand) {
        return operand instanceof Metadata || operand == MDNull.NULL;
    }

    private static Field[] fields(String kind, String[] names) {
        Map<String, Field> known = KINDS.getOrDefault(kind, Map.of());
        Field[] fields = new Field[names.length];
        for (int i = 0; i < names.length; i++) {
            fields[i] = known.get(names[i]);
        }
        return fields;
    }

    private static @Nullable Complaint checkNames(String kind, String[] names) {
        Map<String, Field> known = KINDS.getOrDefault(kind, Map.of());
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < names.length; i++) {
            if (!known.containsKey(names[i])) {
                return new Complaint("invalid field '" + names[i] + "'", i, false);
            }
            if (!seen.add(names[i])) {
                return new Complaint("field '" + names[i] + "' cannot be specified more than once", i, false);
            }
        }
        for (Field field : known.values()) {
            if (field.required && !seen.contains(field.name)) {
                return new Complaint("missing required field '" + field.name + "'", Complaint.END, false);
            }
        }
        if (kind.equals("DICompileUnit") && !seen.contains("language") && !seen.contains("sourceLanguageName")) {
            return new Complaint("missing required field 'language'", Complaint.END, false);
        }
        return null;
    }

    private static @Nullable String complaint(Field field, MDOperand value) {
        return switch (field.content) {
            case Operand operand -> {
                if (value instanceof MDNull) {
                    yield operand.nullable ? null : "'" + field.name + "' cannot be null";
                }
                yield value instanceof MDInteger || value instanceof MDSymbol ? "expected metadata operand" : null;
            }
            case Text text -> {
                if (!(value instanceof MDString string)) {
                    yield "expected string constant";
                }
                yield !text.mayBeEmpty && string.bytes().isEmpty() ? "'" + field.name + "' cannot be empty" : null;
            }
            case Truth truth ->
                value instanceof MDSymbol symbol
                                && (symbol.text().equals("true")
                                        || symbol.text().equals("false"))
                        ? null
                        : "expected 'true' or 'false'";
            case Signed signed -> isInteger(value) ? null : "expected signed integer";
            case Unsigned unsigned -> number(field, value, unsigned.limit);
            case Constant constant -> {
                if (isInteger(value)) {
                    yield number(field, value, constant.limit);
                }
                yield value instanceof MDSymbol symbol && symbol.text().startsWith(constant.prefix)
                        ? null
                        : "expected " + constant.what;
            }
            case FlagWords flags -> flags(flags, value);
            case NumberOrOperand either -> {
                if (value instanceof MDNull) {
                    yield either.nullable ? null : "'" + field.name + "' cannot be null";
                }
                if (!either.nullable && value instanceof MDInteger integer && integer.value() < -1) {
                    yield "value for '" + field.name + "' too small, limit is -1";
                }
                yield !either.signed && isInteger(value) ? number(field, value, -1) : null;
            }
            case Anything anything -> null;
        };
    }

    /** Integers of more than 18 digits are kept as they are written. */
    private static boolean isInteger(MDOperand value) {
        return value instanceof MDInteger
                || (value instanceof MDSymbol symbol
                        && symbol.text().chars().allMatch(c -> (c >= '0' && c <= '9') || c == '-'));
    }

    private static @Nullable String number(Field field, MDOperand value, long limit) {
        return switch (value) {
            case MDInteger integer when integer.value() < 0 -> "expected unsigned integer";
            case MDInteger integer -> Long.compareUnsigned(integer.value(), limit) <= 0 ? null : tooLarge(field, limit);
            default -> {
                if (!isInteger(value)) {
                    yield "expected unsigned integer";
                }
                String digits = ((MDSymbol) value).text();
                boolean fits = digits.length() < 20
                        || (digits.length() == 20 && digits.compareTo("18446744073709551615") <= 0);
                yield limit == -1 && fits ? null : tooLarge(field, limit);
            }
        };
    }

    private static String tooLarge(Field field, long limit) {
        return "value for '" + field.name + "' too large, limit is " + Long.toUnsignedString(limit);
    }

    private static @Nullable String flags(FlagWords flags, MDOperand value) {
        if (value instanceof MDInteger) {
            return null;
        }
        if (!(value instanceof MDSymbol symbol)) {
            return "expected debug info flag";
        }
        for (String word : symbol.text().split("[ |]+", -1)) {
            if (!flags.known.contains(word) && !Character.isDigit(word.charAt(0))) {
                return "invalid " + flags.what + " '" + word + "'";
            }
        }
        return null;
    }

    /**
     * What is wrong with a node.
     *
     * @param message the message
     * @param field the index of the field, or one of the constants here
     * @param atValue whether it is wrong at the value of the field, not at its name
     */
    public record Complaint(String message, int field, boolean atValue) {
        /** At the node itself. */
        public static final int NODE = -1;

        /** At the closing parenthesis. */
        public static final int END = -2;
    }
}
