package dev.jci.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyntaxErrorTest {
    private static String error(String text) {
        ReadResult result = LlvmIrReader.read("t.ll", text);
        assertThat(result).isInstanceOf(ReadResult.Failure.class);
        ReadResult.Failure failure = (ReadResult.Failure) result;
        Diagnostic first = failure.diagnostics().get(0);
        return failure.source().line(first.position()) + ":" + failure.source().column(first.position()) + ": "
                + first.message();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bogus | 1:1: expected top-level entity",
                "@x = global i32 | 1:16: expected value token",
                "@x = global i0 1 | 1:13: bitwidth for integer type out of range",
                "@x = global float 1 | 1:19: integer constant must have integer type",
                "@x = global ptr @y | 1:17: use of undefined value '@y'",
                "@x = global <0 x i32> undef | 1:18: zero element vector is illegal",
                "@x = global %t zeroinitializer | 1:13: use of undefined type named 't'",
                "define void @f() { | 1:19: found end of file when expecting more instructions",
                "define void @f() { } | 1:20: function body requires at least one basic block",
                "define void @f() { ret void foo } | 1:29: expected instruction opcode",
                "define i32 @f() { ret i32 %x } | 1:27: use of undefined value '%x'",
                "define void @f() { br label %x } | 1:29: use of undefined value '%x'",
                "define i32 @f(i64 %x) { ret i32 %x } | 1:33: '%x' defined with type 'i64' but expected 'i32'",
                "define void @f() { %x = ret void } | 1:20: instructions returning void cannot have a name",
                "!0 = !{!1} | 1:9: use of undefined metadata '!1'",
                "define void @f(i32 %2, i32 %1) { ret void } | 1:28: argument expected to be numbered '%3' or greater",
            })
    void theFirstErrorIsNamedWithItsPlace(String text, String expected) {
        assertThat(error(text)).isEqualTo(expected);
    }

    @Test
    void aNameMayBeDefinedOnce() {
        assertThat(error("define void @f(i32 %a) {\n  %x = add i32 %a, 1\n  %x = add i32 %a, 2\n  ret void\n}"))
                .isEqualTo("3:3: multiple definition of local value named 'x'");
    }

    @Test
    void endlessNestingIsRefused() {
        assertThat(error("@x = global i32 " + "{".repeat(100_000))).contains("nested too deeply");
        assertThat(error("@x = global " + "[1 x ".repeat(100_000))).contains("nested too deeply");
    }

    @Test
    void binaryFilesAreRefused() {
        assertThat(error("\u0089PNG\r\n\u001a\n\u0000\u0000")).startsWith("1:1: ");
    }

    @Test
    void theLineIsShownWithACaret() {
        ReadResult.Failure failure =
                (ReadResult.Failure) LlvmIrReader.read("t.ll", "define i32 @f() {\n\tret i32 %x\n}\n");

        assertThat(failure.source().render(failure.diagnostics().get(0)))
                .isEqualTo("t.ll:2:10: error: use of undefined value '%x'\n\tret i32 %x\n\t        ^");
    }
}
