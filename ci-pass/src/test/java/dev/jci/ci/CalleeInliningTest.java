package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions that do little most times are put in the place of their calls in loops. */
class CalleeInliningTest {
    /** Numbers of one digit are ready; of the others the last digits are added. */
    private static final String DIGITS = """
            @fuel = global i64 0
            @table = global i64 0
            declare i64 @lib(i64)
            define internal i64 @digit(i64 %n) CALLEE {
            entry:
              %small = icmp ult i64 %n, 10
              br i1 %small, label %ready, label %divide
            ready:
              ret i64 %n
            divide:
              %last = urem i64 %n, 10
              %rest = udiv i64 %n, 10
              %next = urem i64 %rest, 10
              %sum = add i64 %last, %next
              MORE
              ret i64 %sum
            }
            define i64 @f0(i64 %x) CALLER {
            entry:
              br label %loop
            loop:
              %i = phi i64 [ 0, %entry ], [ %i.next, %loop ]
              %sum = phi i64 [ 0, %entry ], [ %sum.next, %loop ]
              %digit = call i64 @digit(i64 %i)
              %sum.next = add i64 %sum, %digit
              %i.next = add i64 %i, 1
              %more = icmp ult i64 %i.next, 100
              br i1 %more, label %loop, label %done
            done:
              %once = call i64 @digit(i64 %x)
              %all = add i64 %sum.next, %once
              ret i64 %all
            }
            """;

    private static Instrumented digits(String callee, String caller, String more, Options options) {
        return Instrumented.of(
                DIGITS.replace("CALLEE", callee).replace("CALLER", caller).replace("MORE", more), options);
    }

    private static Instrumented digits(String callee, String caller, String more) {
        return digits(callee, caller, more, Options.defaults());
    }

    /** How many calls of {@code digit} are left in {@code f0}; there were two, one of them in a loop. */
    private static long calls(Instrumented result) {
        Function callee = result.function("digit");
        long calls = 0;
        for (BasicBlock block : result.function("f0").blocks()) {
            for (Instruction instruction : block.instructions()) {
                calls += instruction instanceof Call call && call.calledFunction() == callee ? 1 : 0;
            }
        }
        return calls;
    }

    @Test
    void theCallInTheLoopIsReplacedTheOtherIsNot() {
        assertThat(calls(digits("", "", ""))).isEqualTo(1);
    }

    @Test
    void theReportTellsHowLargeTheFunctionWas() {
        Report.FunctionReport report = digits("", "", "").reportOf("f0");

        assertThat(report.instructions()).isEqualTo(11);
        assertThat(report.blocks()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"CI", "CI_CYCLES"})
    void theClockIsTheSame(Mode mode) {
        digits("", "", "", Options.defaults().withMode(mode)).countsExactly();
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"CI", "CI_CYCLES"})
    void otherModesLeaveTheCallsAlone(Mode mode) {
        assertThat(calls(digits("", "", "", Options.defaults().withMode(mode)))).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "noinline",
                "cold",
                "strictfp",
                "null_pointer_is_valid",
                "vscale_range(1,4)",
                "gc \"statepoint-example\"",
                "\"target-features\"=\"+avx2\"",
                "\"denormal-fp-math\"=\"preserve-sign,preserve-sign\"",
                "\"min-legal-vector-width\"=\"512\"",
                "\"jci-no-instrument\"",
            })
    void someFunctionsStayWhereTheyAre(String attributes) {
        assertThat(calls(digits(attributes, "", ""))).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"minsize", "noinline optnone", "\"target-cpu\"=\"skylake\""})
    void someFunctionsTakeNothingIn(String attributes) {
        assertThat(calls(digits("", attributes, ""))).isEqualTo(2);
    }

    @Test
    void aFunctionThatIsSkippedStaysWhatItIs() {
        assertThat(calls(digits("", "", "", Options.defaults().withSkip(List.of("digit")))))
                .isEqualTo(2);
    }

    @Test
    void aFunctionThatUsuallyCallsOthersIsNoHelp() {
        assertThat(calls(digits("", "", "%called = call i64 @lib(i64 %sum)"))).isEqualTo(2);
    }

    @Test
    void aFunctionThatDoesMuchIsNotCopied() {
        String much = IntStream.range(0, 80)
                .mapToObj(i -> "store volatile i64 " + i + ", ptr @table")
                .collect(Collectors.joining("\n"));

        assertThat(calls(digits("", "", much))).isEqualTo(2);
    }

    @Test
    void aLoopStaysAFunction() {
        assertThat(calls(digits("", "", """
                  br label %again
                again:
                  %left = load volatile i64, ptr @table
                  %end = icmp eq i64 %left, 0
                  br i1 %end, label %out, label %again
                out:
                """))).isEqualTo(2);
    }

    /** A loop with many cases, one of which calls: nothing says that it is a frequent one. */
    private static final String CASES = """
            define i64 @cases(ptr %code) {
            entry:
              br label %next
            next:
              %at = phi ptr [ %code, %entry ], [ %after, %one ], [ %after, %other ]
              %after = getelementptr i8, ptr %at, i64 1
              %op = load i8, ptr %at
              switch i8 %op, label %done [
                i8 1, label %one
                i8 2, label %other
              ], !prof !0
            one:
              %digit = call i64 @digit(i64 %x)
              store volatile i64 %digit, ptr @table
              br label %next
            other:
              store volatile i64 1, ptr @table
              br label %next
            done:
              ret i64 0
            }
            """.replace("%x", "3");

    private static long callsIn(String function, String source) {
        Instrumented result = Instrumented.of(source + "!0 = !{!\"branch_weights\", i32 1000, i32 1, i32 1000}\n");
        long calls = 0;
        for (BasicBlock block : result.function(function).blocks()) {
            for (Instruction instruction : block.instructions()) {
                calls += instruction instanceof Call call && call.calledFunction() == result.function("digit") ? 1 : 0;
            }
        }
        return calls;
    }

    @Test
    void whatIsFrequentInOneLoopIsTakenForFrequentInOthers() {
        String digits = DIGITS.replace("CALLEE", "").replace("CALLER", "").replace("MORE", "");
        String withoutTheLoop = digits.replace("br i1 %more, label %loop, label %done", "br label %done")
                .replace("%i = phi i64 [ 0, %entry ], [ %i.next, %loop ]", "%i = add i64 0, 0")
                .replace("%sum = phi i64 [ 0, %entry ], [ %sum.next, %loop ]", "%sum = add i64 0, 0");

        assertThat(callsIn("cases", withoutTheLoop + CASES)).isEqualTo(1);
        assertThat(callsIn("cases", digits + CASES)).isZero();
    }

    /** Its callers count it anyway. */
    @Test
    void aFunctionWhoseWaysAreAllAlikeStays() {
        String even = DIGITS.replace("CALLEE", "")
                .replace("CALLER", "")
                .replace("MORE", "")
                .replace("%last = urem i64 %n, 10\n", "")
                .replace("%next = urem i64 %rest, 10\n", "")
                .replace("%sum = add i64 %last, %next\n", "%sum = add i64 %rest, 0\n")
                .replace("ready:\n", "ready:\n  %same = add i64 %n, 0\n  %again = add i64 %same, 0\n");

        assertThat(calls(Instrumented.of(even))).isEqualTo(2);
    }

    @Test
    void anotherBodyMayTakeTheirPlace() {
        String weak = DIGITS.replace("CALLEE", "")
                .replace("CALLER", "")
                .replace("MORE", "")
                .replace("define internal i64 @digit", "define weak i64 @digit");

        assertThat(calls(Instrumented.of(weak))).isEqualTo(2);
    }

    /** A function grows by a quarter, and by 400 instructions where it is small. */
    @Test
    void thereIsAnEndToIt() {
        String many = IntStream.range(0, 200)
                .mapToObj(i -> "%digit" + i + " = call i64 @digit(i64 " + i + ")")
                .collect(Collectors.joining("\n", "", "\n%digit = call i64 @digit(i64 %i)"));
        Instrumented result = Instrumented.of(DIGITS.replace("CALLEE", "")
                .replace("CALLER", "")
                .replace("MORE", "")
                .replace("%digit = call i64 @digit(i64 %i)", many));

        assertThat(calls(result)).isBetween(140L, 190L);
        result.countsExactly();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nounwind", "willreturn memory(none)", "\"min-legal-vector-width\"=\"0\""})
    void whatAFunctionPromisesIsNoHindrance(String attributes) {
        assertThat(calls(digits(attributes, "", ""))).isEqualTo(1);
    }

    /** Code with debug information is the same code. */
    @Test
    void thePlacesInTheSourceAreInlinedAtTheCall() {
        String text = DIGITS.replace("CALLEE", "!dbg !3")
                        .replace("CALLER", "!dbg !4")
                        .replace("MORE", "")
                        .replaceAll("ret i64 %(n|sum)\n", "ret i64 %$1, !dbg !6\n")
                        .replaceAll("(call i64 @digit.*)", "$1, !dbg !5")
                + """
                !llvm.dbg.cu = !{!0}
                !llvm.module.flags = !{!2}
                !0 = distinct !DICompileUnit(language: DW_LANG_C99, file: !1, emissionKind: LineTablesOnly)
                !1 = !DIFile(filename: "t.c", directory: "/")
                !2 = !{i32 2, !"Debug Info Version", i32 3}
                !3 = distinct !DISubprogram(name: "digit", scope: !1, file: !1, line: 1, unit: !0)
                !4 = distinct !DISubprogram(name: "f0", scope: !1, file: !1, line: 20, unit: !0)
                !5 = !DILocation(line: 21, scope: !4)
                !6 = !DILocation(line: 2, scope: !3)
                """;
        Instrumented result = Instrumented.of(text);

        assertThat(calls(result)).isEqualTo(1);
        assertThat(result.text()).contains("distinct !DILocation(line: 21,").containsPattern("line: 2, .*inlinedAt:");
        result.countsExactly();
    }

    @Test
    void aCallWithoutAPlaceInTheSourceStays() {
        String text = DIGITS.replace("CALLEE", "!dbg !3").replace("CALLER", "").replace("MORE", "") + """
                !llvm.dbg.cu = !{!0}
                !llvm.module.flags = !{!2}
                !0 = distinct !DICompileUnit(language: DW_LANG_C99, file: !1, emissionKind: LineTablesOnly)
                !1 = !DIFile(filename: "t.c", directory: "/")
                !2 = !{i32 2, !"Debug Info Version", i32 3}
                !3 = distinct !DISubprogram(name: "digit", scope: !1, file: !1, line: 1, unit: !0)
                """;

        assertThat(calls(Instrumented.of(text))).isEqualTo(2);
    }

    @Test
    void whatWasPutInIsPutInFurther() {
        Instrumented result = Instrumented.of(DIGITS.replace("CALLEE", "")
                        .replace("CALLER", "")
                        .replace("MORE", "")
                        .replace("define i64 @f0", """
                define internal i64 @signed(i64 %n) {
                entry:
                  %negative = icmp slt i64 %n, 0
                  br i1 %negative, label %turn, label %plain, !prof !0
                plain:
                  ret i64 %n
                turn:
                  %positive = sub i64 0, %n
                  %digit = call i64 @digit(i64 %positive)
                  ret i64 %digit
                }
                define i64 @f0""")
                        .replace("%digit = call i64 @digit(i64 %i)", "%digit = call i64 @signed(i64 %i)")
                + "!0 = !{!\"branch_weights\", i32 1, i32 1000}\n");

        result.countsExactly();
        assertThat(result.text()).doesNotContain("call i64 @signed");
    }
}
