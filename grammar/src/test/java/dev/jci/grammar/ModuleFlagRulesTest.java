package dev.jci.grammar;

import static dev.jci.grammar.Verdicts.accepts;
import static dev.jci.grammar.Verdicts.rejects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Module flags and other named metadata of a fixed form. */
class ModuleFlagRulesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    !{}                              | incorrect number of operands in module flag
                    !{i32 1, !"f"}                   | incorrect number of operands in module flag
                    !{!"1", !"f", i32 0}             | invalid behavior operand in module flag (expected constant integer)
                    !{i32 99, !"f", i32 0}           | invalid behavior operand in module flag (unexpected constant)
                    !{i32 0, !"f", i32 0}            | invalid behavior operand in module flag (unexpected constant)
                    !{i32 1, i32 7, i32 0}           | invalid ID operand in module flag (expected metadata string)
                    !{i32 3, !"f", i32 0}            | invalid value for 'require' module flag (expected metadata pair)
                    !{i32 3, !"f", !{i32 1, i32 0}}  | invalid value for 'require' module flag (first value operand should be a string)
                    !{i32 5, !"f", i32 0}            | invalid value for 'append'-type module flag (expected a metadata node)
                    !{i32 7, !"f", !"x"}             | invalid value for 'max' module flag (expected constant integer)
                    !{i32 8, !"f", !"x"}             | invalid value for 'min' module flag (expected constant non-negative integer)
                    !{i32 1, !"wchar_size", !"x"}    | wchar_size metadata requires constant integer argument
                    !{i32 1, !"SemanticInterposition", !"x"} | SemanticInterposition metadata requires constant integer argument
                    !{i32 1, !"Linker Options", !{}} | 'Linker Options' named metadata no longer supported
                    !{i32 5, !"CG Profile", !{!{}}}  | expected a MDNode triple
                    !{i32 5, !"CG Profile", !{!{!"f", null, i64 1}}} | expected a Function or null
                    !{i32 5, !"CG Profile", !{!{null, null, null}}} | expected an integer constant
                    """)
    void aFlagIsABehaviorANameAndAFittingValue(String flag, String message) {
        rejects("!llvm.module.flags = !{!0}\n!0 = " + flag + "\n", message, "!0 = ");
    }

    @Test
    void validFlags() {
        accepts("""
                define void @f() {
                  ret void
                }
                !llvm.module.flags = !{!0, !1, !2, !3, !4}
                !0 = !{i32 1, !"wchar_size", i32 4}
                !1 = !{i32 7, !"PIC Level", i32 2}
                !2 = !{i32 8, !"low", i32 0}
                !3 = !{i32 3, !"any", !{!"wchar_size", i32 4}}
                !4 = !{i32 5, !"CG Profile", !{!{ptr @f, null, i64 1}}}
                """);
    }

    @Test
    void versionFourteenHasNoMinimum() {
        rejects(
                14,
                "!llvm.module.flags = !{!0}\n!0 = !{i32 8, !\"f\", i32 1}\n",
                "invalid behavior operand in module flag (unexpected constant)",
                "!0 = ");
        rejects(
                19,
                "!llvm.module.flags = !{!0}\n!0 = !{i32 8, !\"f\", i32 -1}\n",
                "invalid value for 'min' module flag (expected constant non-negative integer)",
                "!0 = ");
    }

    @Test
    void aFlagStandsOnce() {
        rejects("""
                !llvm.module.flags = !{!0, !1}
                !0 = !{i32 1, !"f", i32 4}
                !1 = !{i32 1, !"f", i32 5}
                """, "module flag identifiers must be unique (or of 'require' type)", "!1 = ");
    }

    @Test
    void requirementsAreMet() {
        String text = """
                !llvm.module.flags = !{!0, !1}
                !0 = !{i32 1, !"f", i32 4}
                !1 = !{i32 3, !"any", !2}
                !2 = !{!"%s", i32 %s}
                """;
        accepts(text.formatted("f", "4"));
        rejects(text.formatted("g", "4"), "invalid requirement on flag, flag is not present in module", "!2 = ");
        rejects(
                text.formatted("f", "5"),
                "invalid requirement on flag, flag does not have the required value",
                "!2 = ");
    }

    @Test
    void identitiesAndCommandLinesAreStrings() {
        accepts("!llvm.ident = !{!0}\n!0 = !{!\"me\"}\n");
        rejects(
                "!llvm.ident = !{!0}\n!0 = !{null}\n",
                "invalid value for llvm.ident metadata entry operand(the operand should be a string)",
                "!0 = ");
        rejects(
                "!llvm.commandline = !{!0}\n!0 = !{!\"a\", !\"b\"}\n",
                "incorrect number of operands in llvm.commandline metadata",
                "!0 = ");
    }
}
