package dev.jci.emit;

import dev.jci.ir.MDNode;
import dev.jci.ir.MDOperand;
import dev.jci.ir.MDString;
import dev.jci.ir.MDSymbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that describe the program to a debugger. Words that newer LLVMs added are written as the numbers that stand for them; what an
 * older one cannot describe at all is described less exactly.
 */
final class DebugInfoDialect {
    private static final int UNNAMED_VARIABLES = 15;
    private static final int SIGNED_POINTERS = 18;
    private static final int APPLE_NAME_TABLES = 17;
    private static final int EXTRACTED_BITS = 19;
    private static final int SUBRANGE_TYPES = 21;
    private static final int LANGUAGE_NAMES = 22;

    /** A word of DWARF: the first LLVM that knows it and its number. */
    private record Word(int since, int number) {}

    /** Languages (DWARF 5, 7.12, and its registry of language codes). */
    private static final Map<String, Word> LANGUAGES = Map.ofEntries(
            Map.entry("DW_LANG_Kotlin", new Word(16, 0x26)),
            Map.entry("DW_LANG_Zig", new Word(16, 0x27)),
            Map.entry("DW_LANG_Crystal", new Word(16, 0x28)),
            Map.entry("DW_LANG_C_plus_plus_17", new Word(16, 0x2a)),
            Map.entry("DW_LANG_C_plus_plus_20", new Word(16, 0x2b)),
            Map.entry("DW_LANG_C17", new Word(16, 0x2c)),
            Map.entry("DW_LANG_Fortran18", new Word(16, 0x2d)),
            Map.entry("DW_LANG_Ada2005", new Word(16, 0x2e)),
            Map.entry("DW_LANG_Ada2012", new Word(16, 0x2f)),
            Map.entry("DW_LANG_HIP", new Word(19, 0x30)),
            Map.entry("DW_LANG_Assembly", new Word(19, 0x31)),
            Map.entry("DW_LANG_C_sharp", new Word(19, 0x32)),
            Map.entry("DW_LANG_Mojo", new Word(19, 0x33)),
            Map.entry("DW_LANG_GLSL", new Word(19, 0x34)),
            Map.entry("DW_LANG_GLSL_ES", new Word(19, 0x35)),
            Map.entry("DW_LANG_HLSL", new Word(19, 0x36)),
            Map.entry("DW_LANG_OpenCL_CPP", new Word(19, 0x37)),
            Map.entry("DW_LANG_CPP_for_OpenCL", new Word(19, 0x38)),
            Map.entry("DW_LANG_SYCL", new Word(19, 0x39)),
            Map.entry("DW_LANG_Ruby", new Word(19, 0x40)),
            Map.entry("DW_LANG_Move", new Word(19, 0x41)),
            Map.entry("DW_LANG_Hylo", new Word(19, 0x42)),
            Map.entry("DW_LANG_Metal", new Word(22, 0x3d)));

    /** Calling conventions of subroutine types. */
    private static final Map<String, Word> CONVENTIONS = Map.of(
            "DW_CC_LLVM_SwiftTail", new Word(19, 0xcd),
            "DW_CC_LLVM_PreserveNone", new Word(19, 0xcf),
            "DW_CC_LLVM_RISCVVectorCall", new Word(19, 0xd0),
            "DW_CC_LLVM_M68kRTD", new Word(19, 0xce));

    private final Dialect dialect;

    DebugInfoDialect(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The node as the LLVM printed for knows it; the node itself when nothing changed. */
    MDNode spoken(MDNode node) {
        return switch (String.valueOf(node.kind())) {
            case "DICompileUnit" -> compileUnit(node);
            case "DISubroutineType" -> withNumber(node, "cc", CONVENTIONS);
            case "DIDerivedType" -> signedPointer(node);
            case "DISubrangeType" -> subrange(node);
            case "DIGlobalVariable" -> named(node);
            default -> node;
        };
    }

    private MDNode compileUnit(MDNode node) {
        MDNode unit = withNumber(languageCode(node), "language", LANGUAGES);
        if (new MDSymbol("Apple").equals(unit.field("nameTableKind"))
                && dialect.drops(APPLE_NAME_TABLES, "nameTableKind: Apple")) {
            return with(unit, "nameTableKind", null);
        }
        return unit;
    }

    /** DWARF 6 names languages without their versions. Before, every version had a code of its own. */
    private MDNode languageCode(MDNode node) {
        if (!dialect.lacks(LANGUAGE_NAMES)
                || !(node.field("sourceLanguageName") instanceof MDSymbol(String name))
                || !name.startsWith("DW_LNAME_")) {
            return node;
        }
        String language = name.substring("DW_LNAME_".length());
        String code = "DW_LANG_"
                + switch (language) {
                    case "Ada" -> "Ada95";
                    case "C" -> "C99";
                    case "Cobol" -> "Cobol85";
                    case "Fortran" -> "Fortran95";
                    case "OpenCL_C" -> "OpenCL";
                    case "Pascal" -> "Pascal83";
                    case "RenderScript" -> "GOOGLE_RenderScript";
                    default -> language;
                };
        dialect.rewritten(name, code);
        MDNode versionless = with(node, "sourceLanguageName", null);
        return with(versionless, "language", new MDSymbol(code));
    }

    private MDNode withNumber(MDNode node, String field, Map<String, Word> words) {
        if (node.field(field) instanceof MDSymbol(String text)) {
            Word word = words.get(text);
            if (word != null && dialect.lacks(word.since)) {
                dialect.rewritten(text, Integer.toString(word.number));
                return with(node, field, new MDSymbol(Integer.toString(word.number)));
            }
        }
        return node;
    }

    /** What says how a pointer is signed becomes a qualifier that says nothing. */
    private MDNode signedPointer(MDNode node) {
        boolean signed = new MDSymbol("DW_TAG_LLVM_ptrauth_type").equals(node.field("tag"));
        if (!signed || !dialect.lacks(SIGNED_POINTERS)) {
            return node;
        }
        dialect.rewritten("DW_TAG_LLVM_ptrauth_type", "DW_TAG_restrict_type");
        return with(node, "tag", new MDSymbol("DW_TAG_restrict_type"));
    }

    /** A part of a type's values becomes another name of the type. */
    private MDNode subrange(MDNode node) {
        if (!dialect.lacks(SUBRANGE_TYPES)) {
            return node;
        }
        dialect.rewritten("DISubrangeType", "a typedef");
        MDNode type = MDNode.specialized("DIDerivedType");
        type.set("tag", new MDSymbol("DW_TAG_typedef"));
        for (String field : List.of("name", "scope", "file", "line", "baseType")) {
            MDOperand value = node.field(field);
            if (value != null) {
                type.set(field, value);
            }
        }
        if (node.field("baseType") == null) {
            type.set("baseType", new MDSymbol("null"));
        }
        type.setDistinct(node.isDistinct());
        return type;
    }

    /** LLVM 14 wants every variable to have a name; string literals have none. */
    private MDNode named(MDNode node) {
        return dialect.lacks(UNNAMED_VARIABLES) && node.field("name") == null
                ? with(node, "name", new MDString("(unnamed)"))
                : node;
    }

    /** Whether the LLVM printed for can compute the value that the expression describes. */
    boolean has(MDNode expression) {
        return !dialect.lacks(EXTRACTED_BITS)
                || expression.operands().stream()
                        .noneMatch(operand ->
                                operand instanceof MDSymbol(String text) && text.startsWith("DW_OP_LLVM_extract_bits"));
    }

    /** Refuses an expression where nothing can stand in its place. */
    void check(MDNode expression) {
        if (!has(expression)) {
            dialect.require(EXTRACTED_BITS, "DW_OP_LLVM_extract_bits", -1);
        }
    }

    /** A copy of the node in which a field has another value, or is missing for null. */
    private static MDNode with(MDNode node, String field, @Nullable MDOperand value) {
        List<String> names = new ArrayList<>();
        List<MDOperand> operands = new ArrayList<>();
        for (int i = 0; i < node.operandCount(); i++) {
            if (!field.equals(node.fieldName(i))) {
                names.add(String.valueOf(node.fieldName(i)));
                operands.add(node.operand(i));
            } else if (value != null) {
                names.add(field);
                operands.add(value);
            }
        }
        if (value != null && node.field(field) == null) {
            names.add(field);
            operands.add(value);
        }
        MDNode copy = new MDNode();
        copy.define(node.kind(), names.toArray(String[]::new), operands.toArray(MDOperand[]::new), node.isDistinct());
        copy.setPosition(node.position());
        return copy;
    }
}
