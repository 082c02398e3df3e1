package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jci.ir.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One test or more for each kind of IR that a placement of probes may fall over. Every result is verified. */
class IrCoverageTest {
    private static final String CELL = "@cell = global i64 0\n";
    private static final String PERSONALITY = "declare i32 @__gxx_personality_v0(...)\n";

    private static Options in(Mode mode) {
        return Options.defaults().withMode(mode);
    }

    @Test
    void switchCountsEachArmAndFallsThrough() {
        Instrumented.of(CELL + """
                define i64 @f0(i64 %x) {
                  %k = urem i64 %x, 5
                  switch i64 %k, label %other [ i64 0, label %zero
                                                i64 1, label %one
                                                i64 2, label %two
                                                i64 3, label %two ]
                zero:
                  store i64 1, ptr @cell
                  br label %one
                one:
                  store i64 2, ptr @cell
                  br label %two
                two:
                  %p = phi i64 [ 1, %0 ], [ 1, %0 ], [ 2, %one ]
                  store i64 %p, ptr @cell
                  store i64 3, ptr @cell
                  br label %other
                other:
                  ret i64 %k
                }
                """).countsExactly();
    }

    private static final String INVOKE = PERSONALITY + CELL + """
            declare i64 @lib(i64)
            define i64 @f0(i64 %x) personality ptr @__gxx_personality_v0 {
            entry:
              %a = invoke i64 @lib(i64 %x) to label %second unwind label %pad
            second:
              store i64 %a, ptr @cell
              %b = invoke i64 @lib(i64 %a) to label %fine unwind label %pad
            fine:
              ret i64 %b
            pad:
              %p = phi i64 [ 1, %entry ], [ 2, %second ]
              %e = landingpad { ptr, i32 } cleanup
              store i64 %p, ptr @cell
              resume { ptr, i32 } %e
            }
            """;

    @ParameterizedTest
    @EnumSource(Mode.class)
    void nothingComesBeforeALandingPad(Mode mode) {
        assertThat(Instrumented.of(INVOKE, in(mode)).text())
                .containsPattern("pad:[^\\n]*\\n( +%\\S+ = phi [^\\n]*\\n)+ +%e = landingpad");
    }

    @Test
    void invokeIsACallAndResumeAnExit() {
        Instrumented result = Instrumented.of(INVOKE);

        result.countsExactly();
        assertThat(result.text()).containsPattern("store i64 %ci.countdown\\S*, ptr @jci_countdown[^}]*resume");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void functionsWithFuncletsAreLeftAlone(Mode mode) {
        Instrumented result = Instrumented.of("""
                declare i32 @__CxxFrameHandler3(...)
                declare void @may()
                define void @f() personality ptr @__CxxFrameHandler3 {
                  invoke void @may() to label %fine unwind label %clean
                clean:
                  %p = cleanuppad within none []
                  call void @may() [ "funclet"(token %p) ]
                  cleanupret from %p unwind to caller
                fine:
                  ret void
                }
                """, in(mode));

        assertThat(result.reportOf("f").skipped()).contains("funclets");
        assertThat(result.reportOf("f").probes()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void theEdgesOfCallbrAreNotSplit(Mode mode) {
        Instrumented result = Instrumented.of(CELL + """
                define void @f(i64 %x) {
                entry:
                  store i64 %x, ptr @cell
                  callbr void asm sideeffect "jmp ${1:l}", "r,!i"(i64 %x) to label %fall [label %jump]
                fall:
                  store i64 %x, ptr @cell
                  br label %jump
                jump:
                  %p = phi i64 [ 0, %entry ], [ 1, %fall ]
                  store i64 %p, ptr @cell
                  ret void
                }
                """, in(mode));

        assertThat(result.text()).containsPattern("to label %fall \\[label %jump\\]");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void theEdgesOfIndirectbrAreNotSplit(Mode mode) {
        Instrumented result = Instrumented.of(CELL + """
                define i64 @f0(i64 %x) {
                entry:
                  %odd = trunc i64 %x to i1
                  %to = select i1 %odd, ptr blockaddress(@f0, %loop), ptr blockaddress(@f0, %end)
                  store i64 %x, ptr @cell
                  indirectbr ptr %to, [label %loop, label %end]
                loop:
                  %i = phi i64 [ 0, %entry ], [ %n, %loop ]
                  %n = add i64 %i, 1
                  %more = icmp ult i64 %n, 9
                  br i1 %more, label %loop, label %end
                end:
                  %r = phi i64 [ %x, %entry ], [ %n, %loop ]
                  ret i64 %r
                }
                """, in(mode));

        assertThat(result.text()).contains("indirectbr ptr %to, [label %loop, label %end]");
        result.after();
    }

    @ParameterizedTest
    @ValueSource(strings = {"presplitcoroutine", "\"coroutine.presplit\"=\"0\"", ""})
    void coroutinesThatAreNotSplitYetAreLeftAlone(String attribute) {
        Instrumented result = Instrumented.of("""
                declare token @llvm.coro.id(i32, ptr, ptr, ptr)
                declare ptr @llvm.coro.begin(token, ptr)
                define ptr @f() %s {
                  %%id = call token @llvm.coro.id(i32 0, ptr null, ptr null, ptr null)
                  %%h = call ptr @llvm.coro.begin(token %%id, ptr null)
                  ret ptr %%h
                }
                """.formatted(attribute));

        assertThat(result.reportOf("f").skipped()).contains("coroutine");
    }

    @Test
    void functionsWithVariableArgumentsAreLikeOthers() {
        Instrumented result = Instrumented.of("""
                declare void @llvm.va_start.p0(ptr)
                declare void @llvm.va_end.p0(ptr)
                define i32 @f(i32 %n, ...) {
                  %list = alloca [24 x i8]
                  call void @llvm.va_start.p0(ptr %list)
                  %v = va_arg ptr %list, i32
                  call void @llvm.va_end.p0(ptr %list)
                  ret i32 %v
                }
                """);

        assertThat(result.reportOf("f").probes()).isEqualTo(1);
    }

    @Test
    void nakedFunctionsAreLeftAlone() {
        Instrumented result = Instrumented.of("""
                define void @f() naked {
                  call void asm sideeffect "ret", ""()
                  unreachable
                }
                """);

        assertThat(result.reportOf("f").skipped()).contains("naked");
        assertThat(result.reportOf("f").probes()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void staticAllocasAndEscapesStayInTheEntryBlock(Mode mode) {
        Instrumented result = Instrumented.of("""
                declare void @llvm.localescape(...)
                declare void @use(ptr)
                define void @f() {
                entry:
                  %a = alloca i32
                  call void @use(ptr %a)
                  %b = alloca i32
                  call void @use(ptr %b)
                  call void (...) @llvm.localescape(ptr %a, ptr %b)
                  call void @use(ptr %b)
                  ret void
                }
                """, in(mode).withCommitInterval(50));

        assertThat(result.text())
                .containsPattern(
                        "entry:\\n +%a = alloca i32[^:]*%b = alloca i32[^:]*@llvm.localescape\\(ptr %a, ptr %b\\)");
        assertThat(result.reportOf("f").probes()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"i128", "i65", "i7"})
    void inductionVariablesMayHaveAnyWidth(String type) {
        Instrumented result = Instrumented.of(CELL + """
                define void @f(%1$s %%n) {
                entry:
                  br label %%loop
                loop:
                  %%i = phi %1$s [ 0, %%entry ], [ %%next, %%loop ]
                  store volatile i64 1, ptr @cell
                  %%next = add %1$s %%i, 1
                  %%more = icmp ult %1$s %%next, %%n
                  br i1 %%more, label %%loop, label %%done
                done:
                  ret void
                }
                """.formatted(type));

        assertThat(result.reportOf("f").probes()).isPositive();
    }

    @Test
    void inductionVariablesMayBePointersOrFloatingPoint() {
        Instrumented result = Instrumented.of(CELL + """
                define void @pointer(ptr %from, ptr %to) {
                entry:
                  br label %loop
                loop:
                  %p = phi ptr [ %from, %entry ], [ %next, %loop ]
                  store volatile i64 1, ptr %p
                  %next = getelementptr i64, ptr %p, i64 1
                  %more = icmp ne ptr %next, %to
                  br i1 %more, label %loop, label %done
                done:
                  ret void
                }
                define void @number(double %to) {
                entry:
                  br label %loop
                loop:
                  %d = phi double [ 0.0, %entry ], [ %next, %loop ]
                  store volatile i64 1, ptr @cell
                  %next = fadd double %d, 1.0
                  %more = fcmp olt double %next, %to
                  br i1 %more, label %loop, label %done
                done:
                  ret void
                }
                """);

        assertThat(result.reportOf("pointer").probes()).isPositive();
        assertThat(result.reportOf("number").probes()).isPositive();
    }

    @Test
    void loopsWithSeveralExitsAndLatchesAreCountedOnEveryWay() {
        Instrumented result = Instrumented.of(CELL + """
                define i64 @f0(i64 %x) {
                entry:
                  br label %loop
                loop:
                  %i = phi i64 [ 0, %entry ], [ %a, %one ], [ %b, %two ]
                  %early = icmp ugt i64 %i, 300
                  br i1 %early, label %out, label %body
                body:
                  %odd = trunc i64 %i to i1
                  br i1 %odd, label %one, label %check
                check:
                  %late = icmp eq i64 %i, 222
                  br i1 %late, label %out, label %two
                one:
                  %a = add i64 %i, 3
                  br label %loop
                two:
                  %b = add i64 %i, 5
                  store i64 %b, ptr @cell
                  br label %loop
                out:
                  ret i64 %i
                }
                """);

        result.countsExactly();
        assertThat(result.after().longest()).isLessThanOrEqualTo(1001);
    }

    @Test
    void irreducibleLoopsAreCountedOnTheEdgesBack() {
        Instrumented result = Instrumented.of(CELL + """
                @left = global i64 900
                define i64 @f0(i64 %x) {
                entry:
                  %odd = trunc i64 %x to i1
                  br i1 %odd, label %a, label %b
                a:
                  %l = load i64, ptr @left
                  %m = sub i64 %l, 1
                  store i64 %m, ptr @left
                  %some = icmp sgt i64 %m, 0
                  br i1 %some, label %b, label %done
                b:
                  store i64 1, ptr @cell
                  br label %a
                done:
                  ret i64 %m
                }
                """);

        assertThat(result.report().diagnostics()).isEmpty();
        result.countsExactly();
        assertThat(result.after().longest()).isLessThanOrEqualTo(1001);
    }

    @Test
    void loopsThatWaitForAnotherThreadKeepTheirProbe() {
        Instrumented result = Instrumented.of("""
                define void @spin(ptr %flag) {
                entry:
                  br label %loop
                loop:
                  %v = load atomic i64, ptr %flag acquire, align 8
                  %set = icmp ne i64 %v, 0
                  br i1 %set, label %done, label %loop
                done:
                  ret void
                }
                define void @lock(ptr %flag) {
                entry:
                  br label %loop
                loop:
                  %r = cmpxchg volatile ptr %flag, i64 0, i64 1 acquire monotonic
                  %won = extractvalue { i64, i1 } %r, 1
                  br i1 %won, label %done, label %loop
                done:
                  ret void
                }
                """);

        assertThat(result.reportOf("spin").probes()).isEqualTo(2);
        assertThat(result.reportOf("lock").probes()).isEqualTo(2);
    }

    @Test
    void bodiesThatAreOnlyThereToBeInlinedAreLeftAlone() {
        Instrumented result = Instrumented.of("""
                define available_externally i64 @other(i64 %x) {
                  ret i64 %x
                }
                define i64 @f0(i64 %x) {
                  %r = call i64 @other(i64 %x)
                  ret i64 %r
                }
                """);

        assertThat(result.reportOf("other").skipped()).contains("available_externally");
        assertThat(result.reportOf("other").exportedCost())
                .as("the body in the other module counts itself")
                .isEqualTo(-1);
    }

    @Test
    void blocksThatCannotBeReachedDoNotMatter() {
        Instrumented result = Instrumented.of("""
                define i64 @f0(i64 %x) {
                entry:
                  br label %end
                island:
                  %i = add i64 %x, 1
                  br label %end
                alone:
                  br label %alone
                end:
                  %r = phi i64 [ %x, %entry ], [ %i, %island ]
                  ret i64 %r
                }
                """);

        result.countsExactly();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"i686-unknown-linux-gnu", "armeb-none-eabi", "riscv32", "s390x-linux-gnu", "amdgcn-amd-amdhsa"})
    void otherProcessorsAreRefusedByName(String triple) {
        String source = "target triple = \"" + triple + "\"\ndefine void @f() {\n  ret void\n}\n";

        assertThatThrownBy(() -> Instrumented.of(source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(triple);
    }

    @ParameterizedTest
    @ValueSource(strings = {"i686-unknown-linux-gnu", "s390x-linux-gnu", "x86_64-pc-windows-msvc"})
    void theHandlerOfThePublishedAbiTakes64BitsOnEveryProcessor(String triple) {
        String source = "target triple = \"" + triple + "\"\ndefine void @f() {\n  ret void\n}\n";

        assertThat(Instrumented.of(source, Options.defaults().withAbi(ProbeAbi.LIBCI))
                        .text())
                .containsPattern("call void %ci.hook\\(i64 %ci.clock\\d*\\)");
    }

    @Test
    void functionsThatHandlersCallAreCountedAsAnywhereElse() {
        Instrumented result = Instrumented.of("""
                declare void @register_ci(i32, i32, ptr)
                define void @handler(i64 %clock) {
                  call void @helper()
                  ret void
                }
                define void @helper() {
                  ret void
                }
                define void @start() {
                  call void @register_ci(i32 1000, i32 1000, ptr @handler)
                  ret void
                }
                """);

        assertThat(result.reportOf("handler").skipped()).isEqualTo("an interrupt handler");
        assertThat(result.reportOf("helper").skipped())
                .as("the runtime does not enter a handler twice, so its probes are harmless")
                .isNull();
    }

    @Test
    void marksAreTakenOutHoweverTheyAreCalled() {
        Instrumented result = Instrumented.of(PERSONALITY + CELL + """
                declare void @instr_disable()
                declare void @instr_enable()
                define void @f(i1 %c) personality ptr @__gxx_personality_v0 {
                entry:
                  invoke void @instr_disable() to label %quiet unwind label %pad
                quiet:
                  store i64 1, ptr @cell
                  callbr void @instr_enable() to label %loud [label %loud]
                loud:
                  %p = phi i64 [ 1, %quiet ], [ 1, %quiet ]
                  ret void
                pad:
                  %e = landingpad { ptr, i32 } cleanup
                  resume { ptr, i32 } %e
                }
                """);

        assertThat(result.text()).doesNotContainPattern("(invoke|callbr) void @instr_");
        assertThat(result.report().diagnostics()).isEmpty();
    }

    @Test
    void whatCannotBePlacedGetsAProbeInEveryBlockAndAWarning() {
        Instrumented result = Instrumented.of(PERSONALITY + CELL + """
                declare i64 @lib(i64)
                define i64 @f0(i64 %x) personality ptr @__gxx_personality_v0 {
                entry:
                  store i64 %x, ptr @cell
                  %a = invoke i64 @lib(i64 %x) to label %fine unwind label %again
                again:
                  %e = landingpad { ptr, i32 } cleanup
                  %b = invoke i64 @lib(i64 3) to label %fine unwind label %again
                fine:
                  %r = phi i64 [ %a, %entry ], [ %b, %again ]
                  ret i64 %r
                }
                define void @other() {
                  ret void
                }
                """);

        assertThat(result.report().diagnostics()).singleElement().satisfies(warning -> {
            assertThat(warning.severity()).isEqualTo(Diagnostic.Severity.WARNING);
            assertThat(warning.message()).contains("@f0").contains("every block");
            assertThat(warning.position()).isPositive();
        });
        assertThat(result.reportOf("f0").probes()).isEqualTo(3);
        assertThat(result.reportOf("other").probes()).isEqualTo(1);
        result.countsExactly();
    }
}
