package dev.jci.grammar;

import static dev.jci.grammar.Rejections.assertAccepted;
import static dev.jci.grammar.Rejections.place;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jci.ir.LanguageVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the parser of one LLVM refuses and that of another takes. */
class LanguageVersionTest {
    @Test
    void llvm14HasTypedPointersOnly() {
        String text = """
                define void @f(i32 %x, ptr %p) {
                  ret void
                }
                """;

        assertThat(place(14, text)).isEqualTo("1:24: ptr type is only supported in -opaque-pointers mode");
        assertAccepted(15, text);
        assertAccepted(text);
    }

    @Test
    void inLlvm15TheFirstPointerSaysWhichPointersThereAre() {
        String typedFirst = """
                declare void @f(i8*)
                declare void @g(ptr)
                """;
        String opaqueFirst = """
                declare void @g(ptr)
                declare void @f(i8*)
                """;

        assertThat(place(15, typedFirst)).isEqualTo("2:17: ptr type is only supported in -opaque-pointers mode");
        assertAccepted(15, opaqueFirst);
        assertAccepted(16, typedFirst);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "%x = load i8, i32* %p | 13 | explicit pointee type doesn't match operand's pointee type ('i8' vs 'i32')",
                "%x = getelementptr i8, i32* %p, i64 1 | 22 | explicit pointee type doesn't match operand's pointee type ('i8' vs 'i32')",
                "store i8 1, i32* %p | 9 | stored value and pointer type do not match",
                "%x = atomicrmw add i32* %p, i64 1 seq_cst | 31 | atomicrmw value and pointer type do not match",
                "%x = cmpxchg i32* %p, i64 1, i64 2 seq_cst seq_cst | 32 | new value and pointer type do not match",
                "call void @g(i32* %p) | 13 | '@g' defined with type 'void (i8*)*' but expected 'void (i32*)*'",
                "call void (i32*) @g(i32* %p) | 20 | '@g' defined with type 'void (i8*)*' but expected 'void (i32*)*'",
                "call void (i8*) @g(i32* %p) | 22 | argument is not of expected type 'i8*'",
            })
    void whatAPointerPointsToMattersUpToLlvm15(String instruction, int column, String message) {
        String text = """
                declare void @g(i8*)
                define void @f(i32* %p) {
                  INSTRUCTION
                  ret void
                }
                """.replace("INSTRUCTION", instruction);

        assertThat(place(14, text)).isEqualTo("3:" + column + ": " + message);
        assertThat(place(15, text)).isEqualTo("3:" + column + ": " + message);
        assertAccepted(16, text);
        assertAccepted(text);
    }

    @Test
    void aGlobalHasTheTypeThatItWasUsedWithBefore() {
        String text = """
                @a = alias void (), void ()* @g
                @g = internal global i8 42
                """;

        assertThat(place(14, text)).isEqualTo("2:22: forward reference and definition of global have different types");
        assertAccepted(16, text);
    }

    @Test
    void anAliasPointsToWhatItSays() {
        String text = """
                @g = global i32 42
                @a = alias i8, i32* @g
                """;

        assertThat(place(14, text))
                .isEqualTo("2:12: explicit pointee type doesn't match operand's pointee type ('i8' vs 'i32')");
        assertAccepted(16, text);
        assertThat(place(16, text.replace("i8,", "token,"))).isEqualTo("2:12: pointer to this type is invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "udiv (i64 7 ??? i64 7), 15",
        "fneg (double 1.0), 16",
        "select (i1 true ??? i64 1 ??? i64 2), 17",
        "and (i64 7 ??? i64 7), 18",
        "lshr (i64 7 ??? i64 7), 18",
        "zext (i8 7 to i64), 18",
        "icmp eq (i64 7 ??? i64 7), 19",
        "fcmp oeq (double 7.0 ??? double 7.0), 19",
        "shl (i64 7 ??? i64 7), 19",
        "mul (i64 7 ??? i64 7), 21",
        "extractvalue ({ i64 } { i64 7 } ??? 0), 15",
        "insertvalue ({ i64 } { i64 7 } ??? i64 8 ??? 0), 15",
    })
    void expressionsAreRefusedFromTheLlvmOnThatHasThemNotAnyMore(String expression, int gone) {
        String written = expression.replace(" ???", ",");
        String opcode = written.substring(0, written.indexOf(' '));
        String type = opcode.equals("fneg")
                ? "double"
                : opcode.endsWith("cmp") ? "i1" : opcode.equals("insertvalue") ? "{ i64 }" : "i64";
        String text = "@x = global " + type + " " + written + "\n";

        assertThat(place(gone, text)).endsWith(opcode + " constexprs are no longer supported");
        assertAccepted(gone - 1, text);
        assertAccepted(text);
    }

    @Test
    void numbersMayBeLeftOutFromLlvm19On() {
        String argument = """
                define void @f(i32 %0, i32 %5) {
                  ret void
                }
                """;
        String instruction = """
                define i32 @f(i32 %0) {
                  %2 = add i32 %0, 1
                  %7 = add i32 %0, 1
                  ret i32 %7
                }
                """;
        String label = """
                define void @f(i32 %0) {
                  br label %5
                5:
                  ret void
                }
                """;
        String global = """
                @0 = global i32 0
                @5 = global i32 0
                """;

        assertThat(place(18, argument)).isEqualTo("1:24: argument expected to be numbered '%1'");
        assertThat(place(18, instruction)).isEqualTo("3:3: instruction expected to be numbered '%3'");
        assertThat(place(18, label)).isEqualTo("3:1: label expected to be numbered '2'");
        assertThat(place(18, global)).isEqualTo("2:1: variable expected to be numbered '@1'");
        for (String text : new String[] {argument, instruction, label, global}) {
            assertAccepted(19, text);
            assertAccepted(text);
        }
    }

    @Test
    void numbersOfGlobalsRise() {
        String text = """
                @5 = global i32 0
                @2 = global i32 0
                """;

        assertThat(place(0, text)).isEqualTo("2:1: variable expected to be numbered '@6' or greater");
    }

    @Test
    void addressSpacesHave24BitsFromLlvm16On() {
        String text = "@a = external addrspace(16777216) global i32\n";

        assertAccepted(15, text);
        assertThat(place(16, text)).isEqualTo("1:25: invalid address space, must be a 24-bit integer");
    }

    @Test
    void anIndexFitsInItsPointerFromLlvm17On() {
        String text = "target datalayout = \"p:64:64:64:128\"\n";

        assertAccepted(16, text);
        assertThat(place(17, text)).isEqualTo("1:21: Index width cannot be larger than pointer width");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "call void @g(i32 1) | 1 | 8 | '@g' defined with type",
                "call void (i32, i32) @g(i32 1) | 0 | 8 | not enough parameters specified for call",
                "call void (i32, i32) @g(i32 1, i32 2, i32 3) | 0 | 41 | too many arguments specified",
                "call void (i32, i32) @g(i32 1, i64 2) | 0 | 34 | argument is not of expected type 'i32'",
            })
    void argumentsFitTheTypeOfTheFunction(String call, int strict, int column, String message) {
        String text = """
                declare void @g(i32, i32)
                define void @f() {
                  CALL
                  ret void
                }
                """.replace("CALL", call);

        assertThat(place(14, text)).startsWith("3:").contains(message);
        if (strict == 0) {
            assertThat(place(0, text)).isEqualTo("3:" + column + ": " + message);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%x = add exact i32 %a, 1 | 14",
                "%x = udiv nuw i32 %a, 1 | 15",
                "%x = shl definition_of_nothing i32 %a, 1 | 0",
                "%x = uitofp fast i32 %a to float | 17",
                "%x = getelementptr readnone i8, ptr %p, i32 1 | 24",
                "%x = load volatile atomic i32, ptr %p seq_cst, align 4 | 24",
                "%x = fcmp oeq fast float %f, %f | 0",
                "%x = select fast i1 true, i32 %a, i32 %a | 0",
            })
    void aFlagStandsBehindItsOpcodeOnly(String instruction, int column) {
        String text = """
                define void @f(i32 %a, float %f, ptr %p) {
                  INSTRUCTION
                  ret void
                }
                """.replace("INSTRUCTION", instruction);

        assertThat(place(22, text)).startsWith("2:");
        if (column > 0) {
            assertThat(place(0, text)).startsWith("2:");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "%x = or disjoint i32 %a ??? 1, 18",
        "%x = zext nneg i32 %a to i64, 18",
        "%x = trunc nuw i32 %a to i8, 19",
        "%x = getelementptr nuw i8 ??? ptr %p ??? i32 1, 19",
        "%x = icmp samesign ult i32 %a ??? 1, 20",
        "%x = fpext fast float %f to double, 20",
    })
    void flagsCameWithTheirLlvm(String instruction, int since) {
        String text = """
                define void @f(i32 %a, float %f, ptr %p) {
                  INSTRUCTION
                  ret void
                }
                """.replace("INSTRUCTION", instruction.replace(" ???", ","));

        assertAccepted(since, text);
        assertThat(place(since - 1, text)).startsWith("2:").endsWith("expected type");
    }

    @ParameterizedTest
    @CsvSource({"memory(none), 16", "nofpclass_unknown, 99", "sanitize_realtime, 20", "nocreateundeforpoison, 22"})
    void attributesCameWithTheirLlvm(String attribute, int since) {
        String text = "declare void @f() " + attribute + "\n";

        assertThat(place(Math.min(since, 23) - 1, text)).isEqualTo("1:19: expected attribute or type");
        assertAccepted(text);
        if (since <= LanguageVersion.LAST) {
            assertAccepted(since, text);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "define uno void @f() { ret void } | 1:8: expected attribute or type",
                "declare void @f() arcp | 1:19: expected attribute or type",
                "declare void @f() memory nounwind | 1:26: expected '('",
                "declare void @f(ptr align noundef) | 1:27: unexpected token in attribute",
                "declare void @f() nounwind(1) | 1:19: this attribute has no arguments",
                "declare dso_local dso_local void @f() | 1:19: expected type",
                "@g = dso_local private global i32 0 | 1:16: expected 'global' or 'constant'",
                "@g = global [-1 x i8] undef | 1:14: expected integer",
                "@g = global [2 x i16] c`ab` | 1:23: constant expression type mismatch: got type '[2 x i8]' but expected '[2 x i16]'",
                "%s = type { i32, metadata } | 1:18: invalid element type for struct",
                "define void @f() prefix i8 1 section `x` { ret void } | 1:30: expected '{' in function body",
                "define extern_weak void @f() { ret void } | 1:8: invalid linkage for function definition",
                "declare internal void @f() | 1:9: invalid linkage for function declaration",
                "define void @f(ptr %p) { %x = getelementptr {i32, %o}, ptr %p, i32 1 ret void } %o = type opaque | 1:56: base element of getelementptr must be sized",
                "define i32 @f() { ret void } | 1:23: value doesn't match function result type 'i32'",
                "define void @f(ptr %p) { store i32 0, ptr %p monotonic, align 4 ret void } | 1:46: expected instruction opcode",
                "define void @f() { call label @f() ret void } | 1:25: Invalid result type for LLVM function",
                "define void @f() { %x = add i1 %y, 0 br label %y } | 1:47: '%y' is not a basic block",
            })
    void whatNoLlvmTakesIsRefused(String text, String complaint) {
        assertThat(place(0, text.replace('`', '"'))).isEqualTo(complaint);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<4 x i8> | <2 x i32> <i32 0, i32 8>",
                "<4 x i8> | <2 x i32> <i32 0, i32 -1>",
                "<4 x i8> | <2 x i16> <i16 0, i16 1>",
                "<vscale x 4 x i8> | <vscale x 4 x i32> splat (i32 1)",
            })
    void aShuffleMaskPicksElementsOfBothVectors(String vectors, String mask) {
        String text = "define void @f(V %v) {\n  %x = shufflevector V %v, V %v, M\n  ret void\n}\n"
                .replace("V", vectors)
                .replace("M", mask);

        assertThat(place(0, text)).isEqualTo("2:22: invalid shufflevector operands");
        assertAccepted(text.replace(
                mask,
                mask.replaceAll("8|-1|splat .*", mask.contains("splat") ? "undef" : "7")
                        .replace("i16", "i32")));
    }

    @Test
    void aNumberMayBeWrittenAtTheConvention() {
        assertAccepted("declare cc10 void @f()\ndefine void @g() {\n  call cc10 void @f()\n  ret void\n}\n");
    }

    @Test
    void flagsOfDebugInfoMayBeNumbersToo() {
        assertAccepted("""
                !0 = !DIBasicType(name: "x", flags: DIFlagArtificial | 1073741824)
                !1 = !DIBasicType(name: "y", flags: 64 | DIFlagVector)
                """);
    }

    @Test
    void thereAreOnlySomeVersions() {
        assertThatThrownBy(() -> new LanguageVersion(13))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not an LLVM from 14 to 22: 13");
    }
}
