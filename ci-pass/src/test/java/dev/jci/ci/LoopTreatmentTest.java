package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.Loop;
import dev.jci.ir.analysis.LoopForest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of loops whose iterations can be counted before they begin. */
class LoopTreatmentTest {
    private static final String NEST = """
            target triple = "x86_64-pc-linux-gnu"
            define void @f(ptr %a, i64 %n) {
            entry:
              br label %row
            row:
              %r = phi i64 [ 0, %entry ], [ %r.next, %row.end ]
              br label %cell
            cell:
              %i = phi i64 [ 0, %row ], [ %next, %cell ]
              %p = getelementptr double, ptr %a, i64 %i
              %v = load double, ptr %p
              %w = fmul double %v, 3.0
              store double %w, ptr %p
              %next = add i64 %i, 1
              %more = icmp ult i64 %next, %n
              br i1 %more, label %cell, label %row.end
            row.end:
              %r.next = add i64 %r, 1
              %r.more = icmp ult i64 %r.next, %n
              br i1 %r.more, label %row, label %done
            done:
              ret void
            }
            """;

    private static List<Loop> loops(Instrumented function) {
        return LoopForest.of(ControlFlowGraph.of(function.function("f"))).innermostFirst();
    }

    private static boolean touchesCountdown(BasicBlock block) {
        StringBuilder text = new StringBuilder();
        block.instructions().forEach(instruction -> text.append(instruction).append('\n'));
        return text.toString().contains("ci.");
    }

    private static String counted(String compare) {
        return """
                define i32 @f(ptr %a, i64 %n) {
                entry:
                  br label %loop
                loop:
                  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
                  %s = phi i32 [ 0, %entry ], [ %t, %loop ]
                  %p = getelementptr i32, ptr %a, i64 %i
                  %v = load i32, ptr %p
                  %t = add i32 %s, %v
                  %next = add i64 %i, 1
                  %more = icmp COMPARE
                  br i1 %more, label %loop, label %done
                done:
                  ret i32 %t
                }
                """.replace("COMPARE", compare);
    }

    @Test
    void aCountedLoopRunsInChunksOfIterationsWithoutAnyProbe() {
        Instrumented function = Instrumented.of(counted("ult i64 %next, %n"));

        assertThat(loops(function)).hasSize(2);
        Loop inner = loops(function).getFirst();
        assertThat(inner.depth()).isEqualTo(2);
        assertThat(inner.blockCount()).isEqualTo(1);
        // Five instructions an iteration, so 800 iterations are the most of 4000, which the countdown is for.
        assertThat(function.text())
                .contains("i64 %ci.rest, i64 799")
                .contains("mul i64 %ci.iterations, 5")
                .contains("%ci.goes.on = icmp ne i64 %next, %ci.limit");
    }

    /** So that the handler comes within one iteration of when it is due, however long a chunk takes. */
    @Test
    void aChunkIsNoLongerThanUntilTheHandlerIsDue() {
        Instrumented function = Instrumented.of(counted("ult i64 %next, %n"));

        assertThat(function.text())
                .containsPattern(
                        "%ci.turns\\d = phi i64 \\[ %ci.iterations, %ci.chunk ], \\[ %ci.turns\\d, %ci.continue1 ]")
                .containsPattern("udiv i32 %\\d+, 5\\n")
                .contains(
                        "%ci.turns = phi i64 [ %ci.turns2, %ci.continue ]", "%ci.limit = add i64 %ci.outer, %ci.turns");
    }

    /** What the register counts is not in the countdown, so a chunk must not be longer than what that may lag behind. */
    @Test
    void aChunkOfABudgetIsNoLongerThanTheBudget() {
        Instrumented function = Instrumented.of("""
                define void @f(ptr %a, i64 %n, ptr %g) {
                entry:
                  br label %fill
                fill:
                  %i = phi i64 [ 0, %entry ], [ %i.next, %fill ]
                  %p = getelementptr i64, ptr %a, i64 %i
                  store i64 %i, ptr %p
                  %square = mul i64 %i, %i
                  %i.next = add i64 %i, 1
                  %i.more = icmp ult i64 %i.next, %n
                  br i1 %i.more, label %fill, label %ask
                ask:
                  %v = load i64, ptr %a
                  %odd = trunc i64 %v to i1
                  br i1 %odd, label %call, label %next
                call:
                  call void %g()
                  br label %next
                next:
                  %w = load i64, ptr %a
                  %again = icmp ne i64 %w, 0
                  br i1 %again, label %ask, label %done
                done:
                  ret void
                }
                """);

        assertThat(function.text()).contains("%ci.left", "i64 %ci.rest, i64 124");
    }

    /** What is loaded through rbp is fetched ahead badly, by some processors for x86-64. */
    @Test
    void aFunctionWithNestedChunksHasAFramePointer() {
        String other = NEST.replace("x86_64-pc", "aarch64");
        String single = counted("ult i64 %next, %n");

        assertThat(Instrumented.of(NEST).text()).contains("ci.chunk", "\"frame-pointer\"=\"all\"");
        assertThat(Instrumented.of(other).text()).contains("ci.chunk").doesNotContain("frame-pointer");
        assertThat(Instrumented.of(single).text()).contains("ci.chunk").doesNotContain("frame-pointer");
    }

    @Test
    void whatIsSaidOfFramePointersStays() {
        String leaf = NEST.replace("%n) {", "%n) \"frame-pointer\"=\"non-leaf\" {");
        String none = leaf.replace("non-leaf", "none");
        String assembly = NEST.replace("entry:\n", "entry:\n  call void asm sideeffect \"\", \"~{rbp}\"()\n");

        assertThat(Instrumented.of(leaf).text()).contains("non-leaf").doesNotContain("\"all\"");
        assertThat(Instrumented.of(none).text()).contains("\"all\"").doesNotContain("\"none\"");
        assertThat(Instrumented.of(assembly).text()).contains("ci.chunk").doesNotContain("frame-pointer");
    }

    @Test
    void assemblyInEachIterationIsNoReasonForABudget() {
        Instrumented function = Instrumented.of("""
                define void @f(ptr %a) {
                entry:
                  br label %loop
                loop:
                  call void asm sideeffect "nop", "~{memory}"()
                  %v = load volatile i64, ptr %a
                  %odd = trunc i64 %v to i1
                  br i1 %odd, label %wait, label %next
                wait:
                  %w = load volatile i64, ptr %a
                  %free = icmp eq i64 %w, 0
                  br i1 %free, label %next, label %wait
                next:
                  %x = load volatile i64, ptr %a
                  %more = icmp ne i64 %x, 0
                  br i1 %more, label %loop, label %done
                done:
                  ret void
                }
                """);

        assertThat(function.text()).doesNotContain("%ci.left").contains("@jci_countdown");
    }

    @Test
    void aLoopWhoseEndIsNotKnownChecksInEachIteration() {
        Instrumented function = Instrumented.of(counted("ne i32 %v, 0"));

        assertThat(loops(function)).hasSize(1);
        assertThat(function.text()).doesNotContain("ci.chunk").containsPattern("sub i64 %ci.countdown\\d*, 5");
    }

    @Test
    void aLoopWithFewConstantIterationsIsOneAmountOfWork() {
        Instrumented function = Instrumented.of(counted("ult i64 %next, 10"));

        assertThat(loops(function)).hasSize(1);
        assertThat(touchesCountdown(loops(function).getFirst().headerBlock())).isFalse();
        // Ten times five instructions, a branch, a return, and the probe.
        assertThat(function.text())
                .contains("sub i64 %ci.countdown, "
                        + (10 * 5 + 2 + Options.defaults().probeCost()));
    }

    @Test
    void aNestOfConstantLoopsIsOneAmountOfWork() {
        Instrumented function = Instrumented.of("""
                define void @f(ptr %a) {
                entry:
                  br label %outer
                outer:
                  %i = phi i32 [ 0, %entry ], [ %i.next, %latch ]
                  br label %inner
                inner:
                  %j = phi i32 [ 0, %outer ], [ %j.next, %inner ]
                  store i32 %j, ptr %a
                  %j.next = add i32 %j, 1
                  %j.more = icmp ne i32 %j.next, 4
                  br i1 %j.more, label %inner, label %latch
                latch:
                  %i.next = add i32 %i, 1
                  %i.more = icmp ne i32 %i.next, 5
                  br i1 %i.more, label %outer, label %done
                done:
                  ret void
                }
                """);

        long inner = 4 * 4;
        long outer = 5 * (1 + inner + 3);
        assertThat(loops(function)).hasSize(2);
        assertThat(function.text())
                .doesNotContain("ci.left")
                .contains("sub i64 %ci.countdown, "
                        + (1 + outer + 1 + Options.defaults().probeCost()));
    }

    /** A loop that is left early by a branch that may say how likely that is. */
    private static final String SEARCH = """
            define i64 @f(ptr %a, i64 %n, i32 %x) {
            entry:
              br label %loop
            loop:
              %i = phi i64 [ 0, %entry ], [ %next, %latch ]
              %p = getelementptr i32, ptr %a, i64 %i
              %v = load i32, ptr %p
              %found = icmp eq i32 %v, %x
              br i1 %found, label %done, label %latch@weights
            latch:
              %next = add i64 %i, 1
              %more = icmp ult i64 %next, %n
              br i1 %more, label %loop, label %done
            done:
              %r = phi i64 [ %i, %loop ], [ -1, %latch ]
              ret i64 %r
            }
            """;

    @Test
    void aLoopThatMayBeLeftSoonCountsItsIterations() {
        Instrumented function = Instrumented.of(SEARCH.replace("@weights", ""));

        assertThat(function.text()).doesNotContain("ci.chunk").containsPattern("sub i64 %ci.countdown\\d*, 6");
    }

    @Test
    void whatWasReservedIsGivenBackWhereALoopIsLeftEarly() {
        Instrumented function = Instrumented.of(
                SEARCH.replace("@weights", ", !prof !0") + "!0 = !{!\"branch_weights\", i32 1, i32 100000}");

        // Iterations done and not done times six, and three instructions of the last one. The counter is frozen, or llc
        // would keep the product up to date in each iteration.
        assertThat(function.text())
                .containsPattern("ci.early:\\n"
                        + "  (%\\d+) = freeze i64 %i\\n"
                        + "  (%\\d+) = sub i64 \\1, %ci.outer\\n"
                        + "  (%\\d+) = sub i64 \\2, %ci.turns\\n"
                        + "  (%\\d+) = mul i64 \\3, 6\\n"
                        + "  %ci.correction = add i64 \\4, 3\\n");
    }

    @Test
    void aLoopWithUnevenWorkIsCountedOnItsWays() {
        Instrumented function = Instrumented.of("""
                define void @f(ptr %a, i64 %n) {
                entry:
                  br label %loop
                loop:
                  %i = phi i64 [ 0, %entry ], [ %next, %latch ]
                  %v = load i32, ptr %a
                  %odd = trunc i32 %v to i1
                  br i1 %odd, label %then, label %latch
                then:
                  store i32 1, ptr %a
                  store i32 2, ptr %a
                  br label %latch
                latch:
                  %next = add i64 %i, 1
                  %more = icmp ult i64 %next, %n
                  br i1 %more, label %loop, label %done
                done:
                  ret void
                }
                """);

        assertThat(loops(function)).hasSize(1);
        assertThat(function.text()).doesNotContain("ci.chunk");
    }

    @Test
    void aStepThatMayOverflowBehindTheLastIterationIsNotBranchedOnAsPoison() {
        Instrumented function =
                Instrumented.of(counted("ne i64 %i, %n").replace("add i64 %i, 1", "add nuw nsw i64 %i, 1"));

        assertThat(function.text()).contains("%next = add i64 %i, 1").contains("ci.chunk");
    }

    @Test
    void nothingIsMadeOfLoopsWhereAFunctionReturnsTwice() {
        Instrumented function = Instrumented.of(
                counted("ult i64 %next, %n").replace("entry:\n", "entry:\n  %twice = call i32 @setjmp(ptr %a)\n")
                        + "declare i32 @setjmp(ptr) returns_twice");

        assertThat(loops(function)).hasSize(1);
    }

    @Test
    void loopsOneBehindTheOtherGetPreheadersOfTheirOwn() {
        Instrumented function = Instrumented.of("""
                define void @f(ptr %a, i64 %n, i1 %c) {
                entry:
                  br i1 %c, label %first, label %second
                first:
                  %i = phi i64 [ 0, %entry ], [ %i.next, %first ]
                  store i64 %i, ptr %a
                  %i.next = add i64 %i, 1
                  %i.more = icmp ult i64 %i.next, %n
                  br i1 %i.more, label %first, label %second
                second:
                  %j = phi i64 [ 0, %entry ], [ 1, %first ], [ %j.next, %second ]
                  store i64 %j, ptr %a
                  %j.next = add i64 %j, 1
                  %j.more = icmp ult i64 %j.next, %n
                  br i1 %j.more, label %second, label %done
                done:
                  ret void
                }
                """);

        assertThat(loops(function)).hasSize(4);
    }

    @Test
    void aLoopInWhichThereIsRoomForWhatWasDoneBeforeIsEnteredWithoutACheck() {
        Instrumented function = Instrumented.of("""
                define void @f(ptr %a, ptr %b, i64 %n) minsize {
                entry:
                  br label %outer
                outer:
                  %i = phi i64 [ 0, %entry ], [ %i.next, %latch ]
                  br label %first
                first:
                  %v = load volatile i8, ptr %a
                  %v.more = icmp sgt i8 %v, 5
                  br i1 %v.more, label %first.body, label %between
                first.body:
                  store volatile i8 0, ptr %a
                  br label %first
                between:
                  br label %second
                second:
                  %w = load volatile i8, ptr %b
                  %w.more = icmp sgt i8 %w, 5
                  br i1 %w.more, label %second.body, label %latch
                second.body:
                  store volatile i8 0, ptr %b
                  br label %second
                latch:
                  %i.next = add i64 %i, 1
                  %i.more = icmp ult i64 %i.next, %n
                  br i1 %i.more, label %outer, label %done
                done:
                  ret void
                }
                """);

        assertThat(function.text().split("ci.late\\d* = ", -1))
                .as(
                        "one check in each of the three loops, one before the return, and none before the second inner loop")
                .hasSize(1 + 4);
    }

    private static String leftOver(String guard) {
        return """
                declare void @llvm.assume(i1)
                define i32 @f(ptr %a, i64 %n) {
                entry:
                  %rest = and i64 %n, 7
                  %none = icmp eq i64 %rest, 0
                  GUARD
                before:
                  br label %loop
                loop:
                  %i = phi i64 [ 0, %before ], [ %next, %loop ]
                  %p = getelementptr i32, ptr %a, i64 %i
                  store i32 0, ptr %p
                  %next = add i64 %i, 1
                  %ends = icmp eq i64 %next, %rest
                  br i1 %ends, label %done, label %loop
                done:
                  ret i32 0
                }
                """.replace("GUARD", guard);
    }

    @Test
    void aLoopThatCanOnlyRunAFewTimesIsCountedBeforeItBegins() {
        Instrumented function = Instrumented.of(leftOver("br i1 %none, label %done, label %before"));

        assertThat(loops(function)).hasSize(1);
        assertThat(touchesCountdown(loops(function).getFirst().headerBlock())).isFalse();
        assertThat(function.text())
                .as("four instructions an iteration")
                .containsPattern("%ci.counted = mul i64 %\\d+, 4")
                .doesNotContain("ci.chunk")
                .doesNotContain("ci.late1");
    }

    @Test
    void aLoopThatWouldRunForEverWithoutAnythingLeftOverIsNotTakenForShort() {
        Instrumented function = Instrumented.of(leftOver("br label %before"));

        assertThat(function.text()).contains("ci.chunk").doesNotContain("ci.short");
    }
}
