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

    @Test
    void thereAreOnlySomeVersions() {
        assertThatThrownBy(() -> new LanguageVersion(13))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not an LLVM from 14 to 22: 13");
    }
}
