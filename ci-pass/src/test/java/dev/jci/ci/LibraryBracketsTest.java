package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of library functions whose time is measured. */
class LibraryBracketsTest {
    private static final String COUNTER = "@llvm.readcyclecounter()";

    private static Options options(double rate) {
        return Options.defaults().withCosts(CostModel.evenCalls(100)).withLibraryRate(OptionalDouble.of(rate));
    }

    private static Instrumented bracketed(String text) {
        return Instrumented.of(text, options(0));
    }

    private static int looks(Instrumented result) {
        return result.text().split("call i64 " + java.util.regex.Pattern.quote(COUNTER), -1).length - 1;
    }

    @Test
    void theTimeOfACallIsTakenFromTheCountdown() {
        Instrumented result = bracketed("""
                declare void @lib()
                define void @f() {
                  call void @lib()
                  ret void
                }
                """);

        assertThat(result.text())
                .containsSubsequence(
                        "%ci.begin = call i64 " + COUNTER,
                        "%ci.before = load i64, ptr @jci_countdown, align 8",
                        "call void @lib()",
                        "%ci.end = call i64 " + COUNTER,
                        "sub i64 %ci.end, %ci.begin",
                        ", 512",
                        "ashr i64",
                        ", 8",
                        "store i64",
                        "icmp slt i64",
                        "br i1 %ci.late",
                        "ret void",
                        "call coldcc void @jci_fire_xmm()");
        assertThat(result.text()).as("the call and the return").contains("sub i64 %ci.countdown, 2");
        assertThat(result.reportOf("f").probes()).isEqualTo(2);
    }

    @Test
    void callsWithNothingBetweenThemAreOneRun() {
        Instrumented result = bracketed("""
                declare ptr @lib(ptr)
                define i64 @f(ptr %p) {
                  %a = call ptr @lib(ptr %p)
                  %b = getelementptr i8, ptr %a, i64 8
                  %c = call ptr @lib(ptr %b)
                  %d = ptrtoint ptr %c to i64
                  %e = add i64 %d, 1
                  call ptr @lib(ptr %c)
                  ret i64 %e
                }
                """);

        assertThat(looks(result)).isEqualTo(4);
        assertThat(result.text())
                .containsSubsequence(
                        "%a = call", "%c = call", "%ci.end", "add i64 %d, 1", "%ci.begin", "call ptr @lib");
    }

    @Test
    void anInvokeIsTimedWhereItReturns() {
        Instrumented result = bracketed("""
                declare i32 @lib()
                declare i32 @personality(...)
                define i32 @f(i1 %c) personality ptr @personality {
                entry:
                  br i1 %c, label %try, label %done
                try:
                  %v = invoke i32 @lib() to label %done unwind label %pad
                done:
                  %r = phi i32 [ 0, %entry ], [ %v, %try ]
                  ret i32 %r
                pad:
                  %p = landingpad { ptr, i32 } cleanup
                  resume { ptr, i32 } %p
                }
                """);

        assertThat(result.text()).containsSubsequence("%ci.begin =", "%v = invoke", "%ci.end =", "%r = phi");
        assertThat(looks(result)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "define i32 @f() {\n  %r = musttail call i32 @lib()\n  ret i32 %r\n}",
                "define i32 @f() {\n  %r = call i32 @lib()\n  unreachable\n}",
                "define i32 @f() {\n  %r = call i32 @lib() returns_twice\n  ret i32 %r\n}",
                "define i32 @f(ptr %p) {\n  %r = call i32 %p()\n  ret i32 %r\n}",
                "define i32 @f() {\n  %r = call i32 @here()\n  ret i32 %r\n}",
                "define i32 @f() {\n  %r = call i32 @known()\n  ret i32 %r\n}",
                "define i32 @f(i32 %a) {\n  %r = call i32 @llvm.umax.i32(i32 %a, i32 1)\n  ret i32 %r\n}",
                "define i32 @f() {\n  %r = call i32 asm \"\", \"=r\"()\n  ret i32 %r\n}"
            })
    void otherCallsCostWhatTheyCost(String function) {
        Instrumented result = Instrumented.of(
                """
                declare i32 @lib()
                declare i32 @known()
                declare i32 @llvm.umax.i32(i32, i32)
                define i32 @here() {
                  ret i32 1
                }
                """ + function + "\n",
                options(2).withCosts(CostModel.evenCalls(100).withFunctions(Map.of("known", 30L))));

        assertThat(result.text()).doesNotContain("readcyclecounter");
    }

    /** A tail call that has to stay one keeps its cost in the table. */
    @Test
    void whatCannotBeTimedIsCounted() {
        assertThat(bracketed("declare void @lib()\ndefine void @f() {\n  musttail call void @lib()\n  ret void\n}\n")
                        .text())
                .contains("sub i64 %ci.countdown, 102");
    }

    @Test
    void whereProbesMayNotFireTheTimeIsCounted() {
        Instrumented result = bracketed("""
                declare void @instr_disable()
                declare void @lib()
                define void @f() {
                  call void @instr_disable()
                  call void @lib()
                  ret void
                }
                """);

        assertThat(looks(result)).isEqualTo(2);
        assertThat(result.text()).doesNotContain("jci_fire");
    }

    /** A block that is cut before an alloca would make it a dynamic one. */
    @Test
    void staticAllocasStayInTheFirstBlock() {
        Instrumented result = bracketed("""
                declare void @lib(ptr)
                define void @f() {
                  %a = alloca i32
                  call void @lib(ptr %a)
                  %b = alloca i32
                  call void @lib(ptr %b)
                  ret void
                }
                """);

        assertThat(result.function("f").entry().instructions())
                .filteredOn(dev.jci.ir.Alloca.class::isInstance)
                .hasSize(2);
    }

    @Test
    void aarch64ReadsTheVirtualCounterAndIsToldHowFastItIs() {
        String text = """
                target triple = "aarch64-unknown-linux-gnu"
                declare void @lib()
                define void @f() {
                  call void @lib()
                  ret void
                }
                """;

        assertThat(Instrumented.of(text, options(60)).text())
                .contains("asm sideeffect \"mrs $0, cntvct_el0\", \"=r\"()")
                .contains(", 15360");
        assertThatThrownBy(() -> Instrumented.of(text, options(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--library-rate");
    }

    @Test
    void typedPointersStayTyped() {
        assertThat(bracketed(
                                "declare void @lib(i8*)\ndefine void @f(i8* %p) {\n  call void @lib(i8* %p)\n  ret void\n}\n")
                        .text())
                .contains("%ci.before = load i64, i64* @jci_countdown")
                .doesNotContain("ptr");
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"CI", "CI_CYCLES"},
            mode = EnumSource.Mode.EXCLUDE)
    void otherModesHaveNoBrackets(Mode mode) {
        assertThatThrownBy(() -> options(2).withMode(mode)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theModeWithCyclesCallsItsOwnSlowPath() {
        assertThat(Instrumented.of(
                                "declare void @lib()\ndefine void @f() {\n  call void @lib()\n  ret void\n}\n",
                                options(2).withMode(Mode.CI_CYCLES))
                        .text())
                .contains("@jci_fire_cycles_xmm()")
                .doesNotContain("@jci_fire_xmm()", "@jci_fire()");
    }
}
