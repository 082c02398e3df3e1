package dev.jci.grammar;

import static dev.jci.grammar.Verdicts.accepts;
import static dev.jci.grammar.Verdicts.rejects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Debug information that stays when LLVM drops what is broken. */
class DebugInfoRulesTest {
    private static final String NODES = """
            !llvm.dbg.cu = !{!9}
            !1 = !DIFile(filename: "a.c", directory: "/")
            !2 = !DIBasicType(name: "int", size: 32)
            !3 = !{!2}
            !4 = distinct !DISubprogram(name: "f", scope: !1, file: !1, spFlags: DISPFlagDefinition, unit: !9)
            !5 = !DISubprogram(name: "g", scope: !1, file: !1, spFlags: 0)
            !6 = !DIExpression()
            !7 = !DISubroutineType(types: !3)
            !9 = distinct !DICompileUnit(language: DW_LANG_C, file: !1, emissionKind: FullDebug)
            """;

    private static String named(String node) {
        return "!named = !{!0}\n!0 = " + node + "\n" + NODES;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!DIDerivedType(tag: DW_TAG_pointer_type, baseType: !2, size: 64, dwarfAddressSpace: 1)",
                "!DICompositeType(tag: DW_TAG_array_type, baseType: !2, elements: !3)",
                "!DISubrange(count: 3, lowerBound: 1)",
                "!DISubrange(lowerBound: !6)",
                "!DILocation(line: 1, scope: !4)",
                "distinct !DILexicalBlock(scope: !4, file: !1, line: 1, column: 2)",
                "!DILocalVariable(name: \"x\", scope: !4, type: !2)",
                "!DIExpression(DW_OP_LLVM_arg, 0, DW_OP_LLVM_entry_value, 1, DW_OP_stack_value, DW_OP_LLVM_fragment, 0, 8)",
                "!DIExpression(DW_OP_breg0, 8)",
                "!DIExpression(6)"
            })
    void validNodes(String node) {
        accepts(named(node));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
                    !DIDerivedType(tag: DW_TAG_friend, baseType: !2, dwarfAddressSpace: 1); DWARF address space only applies to pointer or reference types
                    !DIDerivedType(tag: DW_TAG_base_type, baseType: !2); invalid tag
                    !DIDerivedType(tag: DW_TAG_typedef, baseType: !1); invalid base type
                    !DIDerivedType(tag: DW_TAG_typedef, scope: !6, baseType: !2); invalid scope
                    !DIDerivedType(tag: DW_TAG_typedef, file: !2, baseType: !2); invalid file
                    !DICompositeType(tag: DW_TAG_typedef); invalid tag
                    !DICompositeType(tag: DW_TAG_array_type, elements: !2); invalid composite elements
                    !DICompositeType(tag: DW_TAG_structure_type, discriminator: !2); discriminator can only appear on variant part
                    !DICompositeType(tag: DW_TAG_structure_type, dataLocation: !6); dataLocation can only appear in array type
                    !DICompositeType(tag: DW_TAG_array_type, flags: DIFlagVector, elements: !3); invalid vector, expected one element of type subrange
                    !DICompositeType(tag: DW_TAG_class_type, flags: DIFlagTypePassByValue | DIFlagTypePassByReference); invalid reference flags
                    !DICompositeType(tag: DW_TAG_class_type, templateParams: !3); invalid template parameter
                    !DISubrange(count: 3, upperBound: 3); Subrange can have any one of count or upperBound
                    !DISubrange(lowerBound: !2); LowerBound must be signed constant or DIVariable or DIExpression
                    !DIGenericSubrange(lowerBound: !6, upperBound: !6); GenericSubrange must contain stride
                    !DIGenericSubrange(upperBound: !6, stride: !6); GenericSubrange must contain lowerBound
                    !DILocation(line: 1, scope: !2); location requires a valid scope
                    !DILocation(line: 1, scope: !5); scope points into the type hierarchy
                    !DILocation(line: 1, scope: !4, inlinedAt: !2); inlined-at should be a location
                    !DILexicalBlockFile(scope: !1, discriminator: 0); invalid local scope
                    distinct !DILexicalBlock(scope: !4, column: 3); cannot have column info without line info
                    !DILocalVariable(name: "x", scope: !1); local variable requires a valid scope
                    !DILocalVariable(name: "x", scope: !4, type: !7); invalid type
                    !DIGlobalVariable(name: "x"); missing global variable type
                    !DISubprogram(name: "h", spFlags: DISPFlagDefinition, unit: !9); subprogram definitions must be distinct
                    distinct !DISubprogram(name: "h", spFlags: DISPFlagDefinition); subprogram definitions must have a compile unit
                    !DISubprogram(name: "h", spFlags: 0, unit: !9); subprogram declarations must not have a compile unit
                    !DISubprogram(name: "h", line: 3, spFlags: 0); line specified with no file
                    !DISubprogram(name: "h", type: !2, spFlags: 0); invalid subroutine type
                    !DISubroutineType(types: !{!1}); invalid subroutine type ref
                    !DIFile(filename: "a", directory: "", checksumkind: CSK_MD5, checksum: "12"); invalid checksum length
                    distinct !DICompileUnit(language: DW_LANG_C, file: !1); DICompileUnit not listed in llvm.dbg.cu
                    !DILabel(scope: !1, name: "l", file: !1, line: 1); label requires a valid scope
                    !DINamespace(name: "n", scope: !6); invalid scope ref
                    !DIImportedEntity(tag: DW_TAG_member, scope: !1); invalid tag
                    !DIExpression(DW_OP_constu); invalid expression
                    !DIExpression(DW_OP_swap); invalid expression
                    !DIExpression(DW_OP_stack_value, DW_OP_deref); invalid expression
                    !DIExpression(DW_OP_LLVM_fragment, 0, 8, DW_OP_deref); invalid expression
                    !DIExpression(DW_OP_deref, DW_OP_LLVM_entry_value, 1); invalid expression
                    !DIExpression(163, 1); invalid expression
                    """)
    void invalidNodes(String node, String message) {
        rejects(named(node), message, "!0 = ");
    }

    @Test
    void subrangesHadAnEnd() {
        accepts(19, named("!DISubrange(lowerBound: 1)"));
        rejects(16, named("!DISubrange(lowerBound: 1)"), "Subrange must contain count or upperBound", "!0 = ");
    }

    @Test
    void locationsStandInLoopsAndDebugInformationOnly() {
        String text = """
                define void @f() {
                  ret void, !%s !0
                }
                !0 = distinct !{!0, !8}
                !8 = !DILocation(line: 1, scope: !4)
                """ + NODES;
        accepts(text.formatted("llvm.loop"));
        rejects(text.formatted("mine"), "DILocation not allowed within this metadata node", "!0 = ");
    }

    @Test
    void whatIsDroppedMayBeBroken() {
        accepts("""
                define void @f() !dbg !0 {
                  ret void, !dbg !1
                }
                !llvm.dbg.cu = !{!2}
                !llvm.module.flags = !{!3}
                !0 = distinct !DISubprogram(name: "f", type: !2, spFlags: DISPFlagDefinition)
                !1 = !DILocation(line: 1, scope: !0, inlinedAt: !0)
                !2 = distinct !DICompileUnit(language: DW_LANG_C, file: !0)
                !3 = !{i32 2, !"Debug Info Version", i32 3}
                """);
    }
}
