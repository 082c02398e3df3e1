package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CompilerInterruptsTest {
    private static final String LOOP = """
            define i32 @sum(ptr %a, i32 %n) {
            entry:
              br label %loop
            loop:
              %i = phi i32 [ 0, %entry ], [ %next, %loop ]
              %s = phi i32 [ 0, %entry ], [ %t, %loop ]
              %p = getelementptr i32, ptr %a, i32 %i
              %v = load i32, ptr %p
              %t = add i32 %s, %v
              %next = add i32 %i, 1
              %more = icmp ne i32 %v, %n
              br i1 %more, label %loop, label %done
            done:
              ret i32 %t
            }
            """;

    @Test
    void aLoopHasTheCountdownInARegisterAndTouchesMemoryOnlyWhenItFires() {
        Instrumented result = Instrumented.of(LOOP);

        assertThat(result.text())
                .contains("%ci.countdown1 = phi i64 [ %ci.countdown, %entry ]")
                .contains("%ci.countdown2 = sub i64 %ci.countdown1, 5\n  %ci.late = icmp slt i64 %ci.countdown2, 0")
                .contains("""
                        ci.fire:
                          store i64 %ci.countdown2, ptr @jci_countdown, align 8
                          call coldcc void @jci_fire_xmm()
                          %ci.countdown3 = load i64, ptr @jci_countdown, align 8
                        """);
        assertThat(result.reportOf("sum").probes())
                .as("one in the loop, one before the return")
                .isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void everyModeKeepsTheModuleValidAndGivesTheSameTextTwice(Mode mode) {
        Options options = Options.defaults().withMode(mode);

        assertThat(Instrumented.of(LOOP, options).text())
                .isEqualTo(Instrumented.of(LOOP, options).text())
                .contains("jci_countdown");
    }

    @Test
    void exactModeNeverFires() {
        assertThat(Instrumented.of(LOOP, Options.defaults().withMode(Mode.EXACT))
                        .text())
                .doesNotContain("jci_fire");
    }

    @Test
    void smallInternalFunctionsAreCountedByTheirCallers() {
        Instrumented result = Instrumented.of("""
                define internal i32 @twice(i32 %x) {
                  %y = add i32 %x, %x
                  ret i32 %y
                }
                define i32 @caller(i32 %x) {
                  %y = call i32 @twice(i32 %x)
                  ret i32 %y
                }
                """);

        assertThat(result.reportOf("twice").probes()).isZero();
        assertThat(result.reportOf("twice").exportedCost()).isEqualTo(2);
        assertThat(result.text()).as("call, body, return").contains("sub i64 %ci.countdown, 4");
    }

    @Test
    void functionsThatOthersMayCallCountThemselves() {
        Instrumented result = Instrumented.of("define i32 @visible(i32 %x) {\n  ret i32 %x\n}\n");

        assertThat(result.reportOf("visible").probes()).isEqualTo(1);
        assertThat(result.reportOf("visible").exportedCost()).isEqualTo(-1);
    }

    @Test
    void staticAllocasStayInTheEntryBlock() {
        Instrumented result =
                Instrumented.of("""
                declare void @use(ptr)
                define void @f() {
                entry:
                  %a = alloca i32
                  call void @use(ptr %a)
                  %b = alloca i32
                  call void @use(ptr %b)
                  ret void
                }
                """, Options.defaults().withCommitInterval(50).withMode(Mode.CNB));

        assertThat(result.text())
                .containsPattern("entry:\\s+%a = alloca i32\\s+call void @use\\(ptr %a\\)\\s+%b = alloca i32");
    }

    @Test
    void functionsOptOut() {
        Instrumented result = Instrumented.of("""
                define void @plain() {
                  ret void
                }
                define void @byAttribute() "jci-no-instrument" {
                  ret void
                }
                define void @byName_x() {
                  ret void
                }
                define void @bare() naked {
                  unreachable
                }
                define available_externally void @elsewhere() {
                  ret void
                }
                define ptr @choose() {
                  ret ptr @plain
                }
                @chosen = ifunc void (), ptr @choose
                """, Options.defaults().withSkip(List.of("byName*")));

        assertThat(result.reportOf("plain").skipped()).isNull();
        for (String name : List.of("byAttribute", "byName_x", "bare", "elsewhere", "choose")) {
            assertThat(result.reportOf(name).skipped()).as(name).isNotNull();
            assertThat(result.reportOf(name).probes()).as(name).isZero();
        }
    }

    @Test
    void handlersAreNotInstrumented() {
        Instrumented result = Instrumented.of("""
                declare void @register_ci(i32, i32, ptr)
                define void @handler(i64 %clock) {
                  ret void
                }
                define void @start() {
                  call void @register_ci(i32 1000, i32 1000, ptr @handler)
                  ret void
                }
                """);

        assertThat(result.reportOf("handler").skipped()).isEqualTo("an interrupt handler");
    }

    @Test
    void probesBetweenDisableAndEnableCountButDoNotFire() {
        Instrumented result = Instrumented.of("""
                declare void @instr_disable()
                declare void @instr_enable()
                define void @f(ptr %p) {
                  call void @instr_disable()
                  store i32 1, ptr %p
                  ret void
                }
                """);

        assertThat(result.text())
                .doesNotContain("call void @instr_disable")
                .doesNotContain("jci_fire")
                .contains("sub i64");
    }

    @Test
    void loopsWithSeveralEntriesAreCountedToo() {
        Instrumented result = Instrumented.of("""
                define void @f(i1 %c, i1 %d) {
                entry:
                  br i1 %c, label %a, label %b
                a:
                  br i1 %d, label %b, label %done
                b:
                  br i1 %d, label %a, label %done
                done:
                  ret void
                }
                """);

        assertThat(result.reportOf("f").probes()).isPositive();
        assertThat(result.report().diagnostics()).isEmpty();
    }

    @Test
    void blocksThatEndInUnreachableGetNoProbe() {
        Instrumented result = Instrumented.of("""
                declare void @abort()
                define void @f() {
                  call void @abort()
                  unreachable
                }
                """);

        assertThat(result.reportOf("f").probes()).isZero();
    }

    @Test
    void thePublishedAbiUsesThePublishedSymbols() {
        Instrumented result = Instrumented.of(LOOP, Options.defaults().withAbi(ProbeAbi.LIBCI));

        assertThat(result.text())
                .contains("@LocalLC = external thread_local(initialexec) global i64")
                .contains("@NextInterval")
                .contains("@intvActionHook")
                .contains("@ci_ir_interval");
    }

    @Test
    void typedPointersStayTyped() {
        Instrumented result = Instrumented.of("define i32 @f(i32* %p) {\n  %v = load i32, i32* %p\n  ret i32 %v\n}\n");

        assertThat(result.text()).contains("load i64, i64* @jci_countdown").doesNotContain("ptr");
    }

    @Test
    void importedCostsAreCharged() {
        Options options = Options.defaults().withCosts(CostModel.defaults().withFunctions(Map.of("lib", 30L)));
        Instrumented result = Instrumented.of(
                "declare void @lib()\ndefine void @f() {\n  call void @lib()\n  ret void\n}\n", options);

        assertThat(result.text()).as("call 1, its cost 30, return 1").contains("sub i64 %ci.countdown, 32");
    }

    @Test
    void nothingIsInTheRegisterWhereSetjmpMayReturnASecondTime() {
        Instrumented result = Instrumented.of("""
                define void @f(ptr %a) {
                entry:
                  %r = call i32 @setjmp(ptr %a) returns_twice
                  br label %loop
                loop:
                  %v = load volatile i32, ptr %a
                  call void @mayJump()
                  %more = icmp ne i32 %v, 0
                  br i1 %more, label %loop, label %done
                done:
                  ret void
                }
                declare i32 @setjmp(ptr)
                declare void @mayJump()
                """);

        // The load and the call are committed before the call, which may not come back; without setjmp a register would
        // count them.
        assertThat(result.text())
                .containsSubsequence("loop:", "sub i64 %ci.countdown", "call void @mayJump()", "ret void");
    }

    @Test
    void everythingIsCommittedBeforeACallOfAnUnknownFunctionThatMayNotProbeForLong() {
        Instrumented result = Instrumented.of("""
                define void @f(ptr %a, ptr %callee) {
                entry:
                  br label %loop
                loop:
                  %v = load volatile i32, ptr %a
                  call void %callee()
                  %more = icmp ne i32 %v, 0
                  br i1 %more, label %loop, label %done
                done:
                  ret void
                }
                """);

        assertThat(result.text())
                .containsSubsequence("loop:", "sub i64 %ci.countdown", "call void %callee()", "ret void");
    }

    /** LLVM passes over a clobber of {@code x30}: leaf functions would lose their return address. */
    @Test
    void onAArch64AProbeClobbersTheLinkRegisterByTheNameThatLlvmKnows() {
        Instrumented result =
                Instrumented.of("target triple = \"aarch64-unknown-linux-gnu\"\ndefine void @f() {\n  ret void\n}\n");

        assertThat(result.text())
                .contains("call void asm sideeffect unwind \"bl jci_fire\", \"~{x16},~{x17},~{lr},~{memory},~{cc}\"()");
    }

    /** Lazy binding does not keep r10, which the calling convention promises. */
    @Test
    void theSlowPathIsNotBoundLazily() {
        Instrumented result =
                Instrumented.of("target triple = \"x86_64-pc-linux-gnu\"\ndefine void @f() {\n  ret void\n}\n");

        assertThat(result.text()).contains("declare coldcc void @jci_fire_xmm() cold nonlazybind");
    }
}
