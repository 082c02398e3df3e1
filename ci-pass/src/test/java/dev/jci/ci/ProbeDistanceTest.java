package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.grammar.LlvmIrReader;
import dev.jci.ir.Module;
import dev.jci.ir.verify.Verifier;
import org.junit.jupiter.api.Test;

/** How much work is done between two probes, and what the clock shows in the end, by running the code. */
class ProbeDistanceTest {
    /** Instructions with a cost of 2 each time. */
    private static String work(String prefix, int times) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < times; i++) {
            text.append("%").append(prefix).append(i).append(" = load volatile i64, ptr @cell\n");
            text.append("store volatile i64 %").append(prefix).append(i).append(", ptr @cell\n");
        }
        return text.toString();
    }

    private record Run(Observation before, Observation after, Report report) {}

    private static Run run(String functions, Options options) {
        String text = "@cell = global i64 0\n@fuel = global i64 0\n" + functions;
        Module original = LlvmIrReader.read("t.ll", text).orThrow();
        Module instrumented = LlvmIrReader.read("t.ll", text).orThrow();
        Report report = CompilerInterrupts.instrument(instrumented, options);
        assertThat(Verifier.verify(instrumented)).isEmpty();
        Run run = new Run(
                Observation.before(original, options.costs()),
                Observation.after(instrumented, options.costs()),
                report);
        assertThat(run.after.outcome()).isEqualTo(run.before.outcome());
        return run;
    }

    private static Options every(long interval) {
        return Options.defaults().withCommitInterval(interval);
    }

    @Test
    void aLoopIsNotEnteredWithMoreInTheRegisterThanItAllowsFor() {
        Run run = run("define i64 @f0(i64 %x) {\nentry:\n" + work("a", 44) + """
                  br label %loop
                loop:
                  %i = phi i64 [ 0, %entry ], [ %next, %loop ]
                """ + work("b", 10) + """
                  %next = add i64 %i, 1
                  %more = icmp slt i64 %next, 20
                  br i1 %more, label %loop, label %done
                done:
                  ret i64 %next
                }
                """, every(100));

        assertThat(run.after.longest()).isLessThanOrEqualTo(101);
        assertThat(run.after.clock()).isEqualTo(run.before.work());
    }

    @Test
    void whatACalleeDoesThroughItsOwnCalleeBeforeAProbeCountsToo() {
        Run run = run(
                "define internal i64 @deep(i64 %x) {\n" + work("d", 35) + "ret i64 %x\n}\n"
                        + "define internal i64 @middle(i64 %x) {\n" + work("m", 5)
                        + "%r = call i64 @deep(i64 %x)\nret i64 %r\n}\n"
                        + "define i64 @f0(i64 %x) {\n" + work("f", 40)
                        + "%r = call i64 @middle(i64 %x)\nret i64 %r\n}\n",
                every(100));

        assertThat(run.after.longest()).isLessThanOrEqualTo(101);
        assertThat(run.after.clock()).isEqualTo(run.before.work());
    }

    @Test
    void whatManyCallsDoOneAfterTheOtherWhenTheyReturnIsNotAllCountedAhead() {
        Run run = run("""
                define i64 @down(i64 %n) noinline {
                entry:
                  %last = icmp eq i64 %n, 0
                  br i1 %last, label %done, label %more
                more:
                  %next = sub i64 %n, 1
                  %r = call i64 @down(i64 %next)
                  %a = add i64 %r, 3
                  store volatile i64 %a, ptr @cell
                  ret i64 %a
                done:
                  ret i64 0
                }
                define i64 @f0(i64 %x) {
                  %r = call i64 @down(i64 100)
                  ret i64 %r
                }
                """, every(100));

        assertThat(run.after.longest()).isLessThanOrEqualTo(101);
        assertThat(run.after.clock()).isEqualTo(run.before.work());
    }

    private static final String COMPUTED_JUMP = """
              %place = select i1 %odd, ptr blockaddress(@f0, %target), ptr blockaddress(@f0, %aside)
              indirectbr ptr %place, [label %target, label %aside]
            """;

    @Test
    void pathsThatMeetBehindAComputedJumpAreCountedEach() {
        Run run = run(
                "define i64 @f0(i64 %x) {\nentry:\n%odd = trunc i64 %x to i1\n" + COMPUTED_JUMP + "aside:\n"
                        + work("a", 20) + "br label %target\ntarget:\nret i64 %x\n}\n",
                every(1000));

        assertThat(run.after.clock()).isEqualTo(run.before.work());
    }

    @Test
    void aComputedJumpIntoALoopLeavesRoomInTheRegister() {
        Run run = run(
                "define i64 @f0(i64 %x) {\nentry:\n%odd = trunc i64 %x to i1\n" + work("a", 44) + COMPUTED_JUMP
                        + "aside:\nret i64 %x\ntarget:\n%i = phi i64 [ 0, %entry ], [ %next, %target ]\n"
                        + work("b", 10) + """
                  %next = add i64 %i, 1
                  %more = icmp slt i64 %next, 20
                  br i1 %more, label %target, label %done
                done:
                  ret i64 %next
                }
                """,
                every(100));

        assertThat(run.report.diagnostics()).isEmpty();
        assertThat(run.after.longest()).isLessThanOrEqualTo(101);
    }

    @Test
    void whatWasDoneBeforeAnExceptionCountsWhereItIsCaught() {
        Run run = run(
                """
                declare void @throw(i64)
                declare i32 @__gxx_personality_v0(...)
                define void @mayThrow(i64 %x) {
                """ + work("m", 40) + """
                  call void @throw(i64 %x)
                  ret void
                }
                define i64 @f0(i64 %x) personality ptr @__gxx_personality_v0 {
                  invoke void @mayThrow(i64 %x) to label %fine unwind label %caught
                fine:
                  ret i64 0
                caught:
                  %e = landingpad { ptr, i32 } cleanup
                """ + work("c", 40) + """
                  ret i64 %x
                }
                """,
                every(100).withCosts(CostModel.defaults().withLibraryCall(0)));

        assertThat(run.after.thrown()).isEqualTo(1);
        assertThat(run.after.longest()).isLessThanOrEqualTo(101);
    }

    @Test
    void whatWasDoneBeforeAJumpBackCountsThere() {
        Run run = run(
                """
                declare i32 @_setjmp(ptr) returns_twice
                declare i64 @jump(i64)
                define void @jumps(i64 %x) {
                """ + work("m", 40) + """
                  call i64 @jump(i64 %x)
                  ret void
                }
                define i64 @f0(i64 %x) {
                  %again = call i32 @_setjmp(ptr @cell)
                """ + work("c", 40) + """
                  call void @jumps(i64 %x)
                  ret i64 %x
                }
                """,
                every(100).withCosts(CostModel.defaults().withLibraryCall(0)));

        assertThat(run.after.thrown()).isPositive();
        assertThat(run.after.longest()).isLessThanOrEqualTo(101);
    }

    @Test
    void exactModeCountsWhatAnExceptionCutsShort() {
        Run run = run("""
                declare void @throw(i64)
                declare i32 @__gxx_personality_v0(...)
                define void @thrower(i64 %x) {
                  %y = add i64 %x, 1
                  call void @throw(i64 %y)
                  unreachable
                }
                define void @between(i64 %x) {
                  %y = add i64 %x, 1
                  call void @thrower(i64 %y)
                  store i64 %y, ptr @cell
                  ret void
                }
                define i64 @f0(i64 %x) personality ptr @__gxx_personality_v0 {
                  invoke void @between(i64 %x) to label %fine unwind label %caught
                fine:
                  ret i64 0
                caught:
                  %e = landingpad { ptr, i32 } cleanup
                  %p = extractvalue { ptr, i32 } %e, 0
                  %r = ptrtoint ptr %p to i64
                  ret i64 %r
                }
                """, Options.defaults().withMode(Mode.EXACT));

        assertThat(run.after.thrown()).isEqualTo(1);
        assertThat(run.after.clock()).isEqualTo(run.before.work());
    }
}
