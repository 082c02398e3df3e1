package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.BinaryOperator;
import dev.jci.ir.IndirectBr;
import dev.jci.ir.Instruction;
import dev.jci.ir.Load;
import dev.jci.ir.ThreadLocalMode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the likely way through code costs. */
class UsualPathTest {
    private static final String RARE_BRANCH = """
            @fuel = global i64 0
            @cell = global i64 0
            define LINKAGE i64 @get(i64 %x) {
            entry:
              %big = icmp sgt i64 %x, 1000
              br i1 %big, label %rare, label %done, !prof !0
            rare:
              store volatile i64 %x, ptr @cell
              store volatile i64 %x, ptr @cell
              br label %done
            done:
              %y = add i64 %x, 1
              ret i64 %y
            }
            define i64 @f0(i64 %x) {
              %a = call i64 @get(i64 7)
              %b = call i64 @get(i64 7777)
              %c = add i64 %a, %b
              ret i64 %c
            }
            !0 = !{!"branch_weights", i32 1, i32 1000}
            """;

    /** A program that was instrumented with every call of a library at a cost of 10. */
    private static String withEvenCalls(String program) {
        return Instrumented.of(program, Options.defaults().withCosts(CostModel.evenCalls(10)))
                .text();
    }

    @Test
    void callersCountTheUsualWayAndRareOnesCommitWhatTheyDoMore() {
        Instrumented result = Instrumented.of(RARE_BRANCH.replace("LINKAGE", "internal"));

        assertThat(result.reportOf("get").probes()).as("on the rare edge").isEqualTo(1);
        assertThat(result.reportOf("get").exportedCost())
                .as("compare, branch, add, return")
                .isEqualTo(4);
        assertThat(result.reportOf("get").folded()).isFalse();
        assertThat(result.text()).as("two stores and the branch behind them").contains("sub i64 %ci.countdown, 3");
        result.countsExactly();
    }

    @Test
    void aRareWayThatDoesLessGivesBackWithoutALook() {
        Instrumented result = Instrumented.of(
                RARE_BRANCH.replace("LINKAGE", "internal").replace("i32 1, i32 1000", "i32 1000, i32 1"));
        String get = result.text().substring(0, result.text().indexOf("@f0"));

        assertThat(result.reportOf("get").exportedCost())
                .as("with two stores and a branch")
                .isEqualTo(7);
        assertThat(get).contains("sub i64 %ci.countdown, -3").doesNotContain("ci.fire", "icmp slt");
        result.countsExactly();
    }

    @Test
    void aVisibleFunctionCommitsOnceOnItsUsualWay() {
        Instrumented result = Instrumented.of(RARE_BRANCH.replace("LINKAGE", "noundef"));

        assertThat(result.reportOf("get").probes()).isEqualTo(2);
        result.countsExactly();
    }

    @Test
    void aCallThatReturnsAtOnceCanStayATailCall() {
        String text = Instrumented.of(
                        """
                declare i64 @other(i64)
                define i64 @f(i64 %x) {
                  %y = add i64 %x, 1
                  %z = tail call i64 @other(i64 %y)
                  ret i64 %z
                }
                """, Options.defaults().withCosts(CostModel.defaults().withLibraryCall(10)))
                .text();

        assertThat(text).containsPattern("tail call i64 @other\\(i64 %y\\)\\n  ret i64 %z");
    }

    @Test
    void aComparisonStaysBesideTheBranchOnIt() {
        String text = Instrumented.of("""
                define void @f(ptr %p) {
                entry:
                  br label %loop
                loop:
                  %v = load volatile i64, ptr %p
                  %more = icmp ne i64 %v, 0
                  br i1 %more, label %loop, label %done
                done:
                  ret void
                }
                """).text();

        assertThat(text).containsPattern("%more = icmp ne i64 %v, 0\\n  br i1 %more");
    }

    @Test
    void aSearchWithSeveralWaysOutIsLeftOnlyAsOftenAsItBegins() {
        Instrumented result = Instrumented.of("""
                @cell = global i64 0
                define i64 @f0(i64 %x) {
                entry:
                  br label %loop
                loop:
                  %i = phi i64 [ 0, %entry ], [ %next, %latch ]
                  %v = load volatile i64, ptr @cell
                  %look = icmp ugt i64 %v, 100
                  br i1 %look, label %search, label %short, !prof !0
                search:
                  %j = phi i64 [ 0, %loop ], [ %k, %third ]
                  %k = add i64 %j, 3
                  %a = load volatile i64, ptr @cell
                  %first = icmp ugt i64 %a, %x
                  br i1 %first, label %behind, label %second
                second:
                  %b = load volatile i64, ptr @cell
                  %found = icmp ugt i64 %b, %x
                  br i1 %found, label %behind, label %third
                third:
                  %c = load volatile i64, ptr @cell
                  %more = icmp ult i64 %c, %x
                  br i1 %more, label %search, label %behind
                short:
                  store volatile i64 %i, ptr @cell
                  br label %behind
                behind:
                  %d = load volatile i64, ptr @cell
                  %odd = icmp ugt i64 %d, %i
                  br i1 %odd, label %extra, label %latch
                extra:
                  store volatile i64 %i, ptr @cell
                  store volatile i64 %d, ptr @cell
                  br label %latch
                latch:
                  %next = add i64 %i, 1
                  %again = icmp ult i64 %next, %x
                  br i1 %again, label %loop, label %done
                done:
                  ret i64 %next
                }
                !0 = !{!"branch_weights", i32 1, i32 2}
                """);

        assertThat(result.block("f0", "short").instructions())
                .as(result.text())
                .noneMatch(at -> at instanceof BinaryOperator);
    }

    @Test
    void eachWayToABlockThatGoesBackCountsOnce() {
        Instrumented result = Instrumented.of("""
                @fuel = global i64 0
                @cell = global i64 0
                define i64 @f0(i64 %x) {
                entry:
                  br label %loop
                loop:
                  %i = phi i64 [ 0, %entry ], [ %next, %latch ]
                  %bit = and i64 %i, 1
                  %odd = icmp eq i64 %bit, 1
                  br i1 %odd, label %one, label %two
                one:
                  store volatile i64 %i, ptr @cell
                  br label %latch
                two:
                  store volatile i64 %i, ptr @cell
                  store volatile i64 %x, ptr @cell
                  br label %latch
                latch:
                  %next = add i64 %i, 1
                  %more = icmp slt i64 %next, 50
                  br i1 %more, label %loop, label %done
                done:
                  ret i64 %next
                }
                """);

        assertThat(result.reportOf("f0").counters())
                .as(
                        "one on each of the two ways, with the three instructions behind where they meet, and one before the return")
                .isEqualTo(3);
        assertThat(result.text())
                .containsPattern("sub i64 %ci.countdown\\d*, 8")
                .containsPattern("sub i64 %ci.countdown\\d*, 9");
        result.countsExactly();
    }

    @Test
    void aLoopWithAProbeOnItsWayChecksNowhereElse() {
        Instrumented result = Instrumented.of("""
                @fuel = global i64 0
                @pointer = global ptr @g
                @cell = global i64 0
                define i64 @g(i64 %x) {
                  ret i64 %x
                }
                define i64 @f0(i64 %x) {
                entry:
                  br label %loop
                loop:
                  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
                  %called = load ptr, ptr @pointer
                  %v = call i64 %called(i64 %i)
                  store volatile i64 %v, ptr @cell
                  %next = add i64 %i, 1
                  %more = icmp slt i64 %next, 50
                  br i1 %more, label %loop, label %done
                done:
                  ret i64 %next
                }
                """);

        assertThat(result.reportOf("f0").counters())
                .as("the commit before the call counts the rest too")
                .isZero();
        result.countsExactly();
    }

    @Test
    void aCallThatDoesNotComeBackIsCountedBeforeIt() {
        String text = withEvenCalls("""
                declare void @leave() noreturn
                define void @f(i64 %x) {
                  %y = add i64 %x, 1
                  call void @leave()
                  unreachable
                }
                """);

        assertThat(text).as("the addition, the call and what it calls").contains("sub i64 %ci.countdown, 12");
    }

    @Test
    void aJumpElsewhereIsCountedAlsoWhereNothingElseIs() {
        String text = withEvenCalls("""
                declare void @longjmp(ptr, i32) noreturn
                declare void @abort() noreturn
                define void @jump(ptr %p) {
                  call void @longjmp(ptr %p, i32 1)
                  unreachable
                }
                define void @end() {
                  call void @abort()
                  unreachable
                }
                """);

        assertThat(text).containsOnlyOnce("sub i64 %ci.countdown, 11");
    }

    @Test
    void whatSetjmpAndOtherLibraryCallsCostIsCountedBeforeThemWhereTheFunctionMayBeJumpedInto() {
        String text = withEvenCalls("""
                @place = global [32 x i64] zeroinitializer
                declare i32 @_setjmp(ptr) returns_twice
                declare void @sort(ptr)
                define i32 @f() {
                  %again = call i32 @_setjmp(ptr @place)
                  call void @sort(ptr @place)
                  ret i32 %again
                }
                """);

        assertThat(text.replaceAll("(?s).*define i32 @f", ""))
                .as("setjmp once; each return of it; sort and the return")
                .containsSubsequence(
                        "sub i64 %ci.countdown, 10",
                        "call i32 @_setjmp",
                        "sub i64 %ci.countdown2, 1\n",
                        "sub i64 %ci.countdown4, 12",
                        "call void @sort",
                        "ret i32");
    }

    @Test
    void codeForAnExecutableFindsTheCountdownDirectly() {
        String flags = """
                define void @f() {
                  ret void
                }
                !llvm.module.flags = !{!0, !1}
                !0 = !{i32 8, !"PIC Level", i32 2}
                !1 = !{i32 7, !"PIE Level", i32 LEVEL}
                """;

        assertThat(Instrumented.of(flags.replace("LEVEL", "2")).text()).contains("thread_local(localexec)");
        assertThat(Instrumented.of(flags.replace("LEVEL", "0")).text()).contains("thread_local(initialexec)");
        assertThat(Instrumented.of(
                                flags.replace("LEVEL", "2"),
                                Options.defaults().withThreadLocalMode(ThreadLocalMode.GENERALDYNAMIC))
                        .text())
                .contains("@jci_countdown = external thread_local global");
        assertThat(Instrumented.of(
                                flags.replace("LEVEL", "2"), Options.defaults().withAbi(ProbeAbi.LIBCI))
                        .text())
                .as("the published runtime may be a shared library")
                .doesNotContain("localexec");
    }

    /** The code generator copies the jump of an interpreter to the end of each of its operations, while nothing else is there. */
    @Test
    void aJumpToComputedAddressesIsCountedOnTheWaysToIt() {
        Instrumented result = Instrumented.of("""
                @cell = global i64 0
                define i64 @f0(i64 %x) {
                entry:
                  br label %dispatch
                dispatch:
                  %at = phi i64 [ 0, %entry ], [ %next, %add ], [ %twice, %double ]
                  %small = icmp ult i64 %at, 8
                  %large = icmp ugt i64 %at, 15
                  %onward = select i1 %small, ptr blockaddress(@f0, %add), ptr blockaddress(@f0, %double)
                  %address = select i1 %large, ptr blockaddress(@f0, %stop), ptr %onward
                  indirectbr ptr %address, [label %add, label %double, label %stop]
                add:
                  store volatile i64 %at, ptr @cell
                  store volatile i64 %at, ptr @cell
                  %next = add i64 %at, 3
                  br label %dispatch
                double:
                  %twice = shl i64 %at, 1
                  br label %dispatch
                stop:
                  ret i64 %at
                }
                """);

        for (BasicBlock block : result.function("f0").blocks()) {
            if (block.last() instanceof IndirectBr) {
                for (Instruction at : block.instructions()) {
                    assertThat(String.valueOf(at.name())).as(result.text()).doesNotStartWith("ci.late");
                    assertThat(at.name()).as(result.text()).isNotEqualTo("ci.countdown");
                }
            }
        }
        assertThat(result.reportOf("f0").probes())
                .as("one for each operation, one before the return")
                .isEqualTo(3);
        result.countsExactly();
    }

    /** The loop that calls has the countdown in memory; the others have it in a register. */
    @Test
    void waysThatMeetBeforeTheEndOfAnIterationChangeTheCountdownOnce() {
        Instrumented result = Instrumented.of("""
                @cell = global i64 0
                define void @f1() noinline {
                  store volatile i64 1, ptr @cell
                  ret void
                }
                define i64 @f0(i64 %x) {
                entry:
                  br label %calls
                calls:
                  %i = phi i64 [ 0, %entry ], [ %next, %end ]
                  call void @f1()
                  %kind = and i64 %i, 3
                  switch i64 %kind, label %plain [ i64 0, label %short
                    i64 1, label %long ]
                short:
                  %a = add i64 %i, 1
                  br label %meet
                long:
                  %b = mul i64 %i, 3
                  %c = xor i64 %b, 5
                  %d = add i64 %c, 7
                  br label %meet
                meet:
                  %met = phi i64 [ %a, %short ], [ %d, %long ]
                  %e = add i64 %met, 9
                  br label %end
                plain:
                  %f = shl i64 %i, 1
                  br label %end
                end:
                  %value = phi i64 [ %e, %meet ], [ %f, %plain ]
                  %next = add i64 %i, 1
                  %more = icmp ult i64 %next, 40
                  br i1 %more, label %calls, label %outer
                outer:
                  %j = load volatile i64, ptr @cell
                  %deep = icmp eq i64 %j, 2
                  br i1 %deep, label %middle, label %rest
                middle:
                  %k = load volatile i64, ptr @cell
                  %deeper = icmp eq i64 %k, 3
                  br i1 %deeper, label %inner, label %outer
                inner:
                  %l = load volatile i64, ptr @cell
                  %deepest = icmp eq i64 %l, 4
                  br i1 %deepest, label %inner, label %middle
                rest:
                  ret i64 %value
                }
                """);

        assertThat(loads(result, "short", "long", "plain")).as(result.text()).containsExactly(1, 1, 1);
        assertThat(loads(result, "meet", "end")).as(result.text()).containsExactly(0, 0);
        result.countsExactly();
    }

    /** A loop with a call in each iteration. */
    private static String callsInEachIteration(String callee) {
        return """
                @cell = global i64 0
                define i64 @f1(i64 %n) {
                  %pointer = load volatile ptr, ptr @cell
                  %v = call i64 %pointer(i64 %n)
                  ret i64 %v
                }
                define i64 @f0(i64 %n) {
                entry:
                  %none = icmp eq i64 %n, 0
                  br i1 %none, label %done, label %each
                each:
                  %i = phi i64 [ 0, %entry ], [ %next, %each ]
                  %v = call i64 @CALLEE(i64 %i)
                  store volatile i64 %v, ptr @cell
                  %next = add i64 %i, 1
                  %more = icmp ult i64 %next, %n
                  br i1 %more, label %each, label %done
                done:
                  ret i64 0
                }
                """.replace("CALLEE", callee);
    }

    /** What is called changes it there as well, and a budget would have to be committed before each call. */
    @Test
    void aLoopThatCallsInEachIterationChangesTheCountdownInMemory() {
        Instrumented result = Instrumented.of(callsInEachIteration("f1"));

        assertThat(result.text()).doesNotContain("ci.left").doesNotContain("ci.work");
        assertThat(loads(result, "each")).as(result.text()).containsExactly(1);
    }

    /** Which would wait for its own changes of the countdown. */
    @Test
    void aLoopThatCallsItsOwnFunctionCountsFromABudget() {
        assertThat(Instrumented.of(callsInEachIteration("f0")).text()).contains("ci.left");
    }

    /** How many loads of the countdown there are in each of some blocks of {@code f0}. */
    private static List<Integer> loads(Instrumented result, String... blocks) {
        return Stream.of(blocks).map(name -> loads(result.block("f0", name))).toList();
    }

    private static int loads(BasicBlock block) {
        int found = 0;
        for (Instruction at : block.instructions()) {
            found += at instanceof Load load && Runtime.isCountdown(load.pointer()) ? 1 : 0;
        }
        return found;
    }
}
