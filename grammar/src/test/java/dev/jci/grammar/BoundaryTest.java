package dev.jci.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.jci.ir.verify.Verifier;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers at the edge of what fits and beyond, and texts that stand for much more than they hold; found by fuzzing. */
class BoundaryTest {
    /** Far more than any of these texts takes; what it stops is growth without bound. */
    private static final Duration ENOUGH = Duration.ofMinutes(1);

    private static String outcome(String text) {
        return assertTimeoutPreemptively(ENOUGH, () -> switch (LlvmIrReader.read("t.ll", text)) {
            case ReadResult.Failure failure -> failure.diagnostics().get(0).message();
            case ReadResult.Success success -> {
                var found = Verifier.verify(success.module());
                yield found.isEmpty() ? "valid" : found.get(0).message();
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "@g = external global [18446744073709551615 x i8] | valid",
                "@g = external global [18446744073709551616 x i8] | expected 64-bit integer (too large)",
                "@g = external global [18446744073709551619 x i8] | expected 64-bit integer (too large)",
                "@g = external global [u0x00FFFFFFFFFFFFFFFF x i8] | valid",
                "@g = external global [u0x1FFFFFFFFFFFFFFFF x i8] | expected 64-bit integer (too large)",
                "@g = external global [-1 x i8] | expected integer",
                "@g = external global <4294967295 x i8> | valid",
                "@g = external global <4294967296 x i8> | size too large for vector",
                "@g = external global i8, align -8 | expected integer",
                "declare void @f(ptr align 18446744073709551616) | expected 64-bit integer (too large)",
                "declare void @f(ptr align -8) | expected integer",
                "attributes #0 = { alignstack=99999999999999999999 } | expected 64-bit integer (too large)",
                "declare void @f(ptr initializes((0, 99999999999999999999))) | valid",
                "%99999999999 = type { i32 } | invalid value number (too large)",
                "@g = external global %99999999999 | invalid value number (too large)",
                "!18446744073709551615 = !{} | expected 32-bit integer (too large)",
                "target datalayout = \"e-p\u00c1:32:32\" | not a number, or does not fit in an unsigned int",
                "target datalayout = \"e-p:4294967295:32\" | malformed data layout: p:4294967295:32",
                "^18446744073709551615 = flags: 1 | expected 32-bit integer (too large)",
            })
    void numbersThatDoNotFitAreRefused(String text, String expected) {
        assertThat(outcome(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@g = external global i32STARS",
                "define void @f(i32STARS %p) {\n  ret void\n}",
                "%a = type i32STARS\n%b = type %aSTARS\n@g = external global %b",
            })
    void pointersToPointersWithoutEndAreRefused(String text) {
        assertThat(outcome(text.replace("STARS", "*".repeat(100_000)))).isEqualTo("nested too deeply");
    }

    @Test
    void namesForTypesMayNotMakeThemLargerWithoutEnd() {
        StringBuilder text = new StringBuilder("%v0 = type void ()\n");
        for (int i = 1; i < 60; i++) {
            String part = "%v" + (i - 1) + "*";
            text.append("%v" + i + " = type void (" + part + ", " + part + ")\n");
        }
        assertThat(outcome(text + "@g = external global %v59*\n")).isEqualTo("nested too deeply");
    }

    @Test
    void structuresThatShareTheirPartsAreLookedIntoOnce() {
        StringBuilder text = new StringBuilder("%w0 = type { i32 }\n");
        for (int i = 1; i < 60; i++) {
            String part = "%w" + (i - 1);
            text.append("%w" + i + " = type { " + part + ", " + part + " }\n");
        }
        assertThat(outcome(text + "define void @f(ptr %p) {\n  %v = load %w59, ptr %p\n  ret void\n}\n"))
                .isEqualTo("valid");
    }

    @Test
    void structuresNestAsDeepAsTheyLike() {
        StringBuilder text =
                new StringBuilder("define void @f() {\n  %a = alloca %z100000\n  ret void\n}\n%z0 = type { i8 }\n");
        for (int i = 1; i <= 100_000; i++) {
            text.append("%z").append(i).append(" = type { %z").append(i - 1).append(" }\n");
        }
        assertThat(outcome(text.toString())).isEqualTo("valid");
    }

    @Test
    void chainsOfAliasesAreFollowedOnce() {
        StringBuilder text = new StringBuilder("@a0 = global i8 0\n");
        for (int i = 1; i <= 100_000; i++) {
            text.append("@a")
                    .append(i)
                    .append(" = alias i8, ptr @a")
                    .append(i - 1)
                    .append('\n');
        }
        assertThat(outcome(text.toString())).isEqualTo("valid");
        assertThat(outcome(text.toString().replace("global i8 0", "weak alias i8, ptr @a100000")))
                .isEqualTo("Aliases cannot form a cycle");
    }

    @Test
    void manyAttributeGroupsAreDefinedInTimeOfTheirNumber() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 400_000; i++) {
            text.append("attributes #").append(i).append(" = { nounwind }\n");
        }
        assertThat(outcome(text.toString())).isEqualTo("valid");
    }

    @Test
    void aStructureInsideItselfHasNoSize() {
        assertThat(outcome("%s = type { i32, { %s } }\ndefine void @f(ptr %p) {\n  %a = alloca %s\n  ret void\n}\n"))
                .isEqualTo("Cannot allocate unsized type");
    }

    @Test
    void commentsThatDoNotEndAreLookedAtOnce() {
        assertThat(outcome("/* ".repeat(1_000_000))).isEqualTo("invalid token");
    }

    @Test
    void longNumbersAreReadInLessThanTheSquareOfTheirLength() {
        assertThat(outcome("@g = global i8388607 " + "9".repeat(1_000_000))).isEqualTo("valid");
        assertThat(outcome("@g = global i8388607 u0x" + "f".repeat(1_000_001))).isEqualTo("valid");
        assertThat(outcome("@g = global double 0x" + "f".repeat(1_000_001))).isEqualTo("valid");
        assertThat(outcome("@g = global half 0xH" + "f".repeat(1_000_001)))
                .isEqualTo("constant bigger than 128 bits detected!");
    }

    @Test
    void manyTypesAreDefinedInTimeOfTheirNumber() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 300_000; i++) {
            text.append("%z").append(i).append(" = type { i32 }\n");
        }
        assertThat(outcome(text.toString())).isEqualTo("valid");
    }
}
