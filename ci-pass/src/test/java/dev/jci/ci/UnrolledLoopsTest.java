package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.ICmp;
import dev.jci.ir.Instruction;
import dev.jci.ir.Load;
import dev.jci.ir.analysis.ControlFlowGraph;
import dev.jci.ir.analysis.Loop;
import dev.jci.ir.analysis.LoopForest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops whose end depends on what they find have one check for several turns. */
class UnrolledLoopsTest {
    /** For each of 40 keys the least divisor greater than 1: a search that ends in two ways inside a counted loop. */
    private static final String SEARCHES = """
            define i64 @f0(i64 %x) ATTRIBUTES {
            entry:
              br label %each
            each:
              %key = phi i64 [ 1, %entry ], [ %key.next, %found ]
              %sum = phi i64 [ 0, %entry ], [ %sum.next, %found ]
              br label %search
            search:
              %d = phi i64 [ 2, %each ], [ %d.next, %more ]
              %rest = urem i64 %key, %d
              %divides = icmp eq i64 %rest, 0
              br i1 %divides, label %found, label %more
            more:
              INSTEAD
              %d.next = add i64 %d, 1
              %square = mul i64 %d, %d
              %beyond = icmp ugt i64 %square, %key
              br i1 %beyond, label %found, label %search
            found:
              %divisor = phi i64 [ %d, %search ], [ %key, %more ]
              %twice = add i64 %d, %divisor
              %sum.next = add i64 %sum, %twice
              %key.next = add i64 %key, 1
              %last = icmp eq i64 %key.next, 40
              br i1 %last, label %done, label %each
            done:
              ret i64 %sum.next
            }
            """;

    /** The loop is left from one block only. */
    private static final String ONE_WAY_OUT = SEARCHES.replace("ATTRIBUTES", "")
            .replace("INSTEAD", "")
            .replace("br i1 %beyond, label %found, label %search", "br label %search")
            .replace("[ %d, %search ], [ %key, %more ]", "[ %d, %search ]");

    private static Instrumented searches(String attributes, String inLoop, Options options) {
        return Instrumented.of(SEARCHES.replace("ATTRIBUTES", attributes).replace("INSTEAD", inLoop), options);
    }

    private static long divisions(Instrumented result) {
        return result.text().lines().filter(line -> line.contains("urem")).count();
    }

    @Test
    void aSearchInsideALoopIsThereTwiceWithOneCheck() {
        Instrumented result = searches("", "", Options.defaults());

        assertThat(divisions(result)).isEqualTo(2);
        assertThat(checksInSearch(result)).as(result.text()).isEqualTo(1);
    }

    /** The more ways out there are, the harder it is to foresee which one is taken. */
    @Test
    void aSearchWithOneWayOutIsThereFourTimes() {
        Instrumented result = Instrumented.of(ONE_WAY_OUT, Options.defaults());

        assertThat(divisions(result)).isEqualTo(4);
        assertThat(checksInSearch(result)).as(result.text()).isEqualTo(1);
    }

    /** The code generator makes two branches of it. */
    @ParameterizedTest
    @ValueSource(strings = {"or i1 %divides, %large", "select i1 %divides, i1 true, i1 %large"})
    void aConditionThatIsTwoInOneCountsAsTwoWaysOut(String both) {
        Instrumented result = Instrumented.of(
                ONE_WAY_OUT.replace(
                        "br i1 %divides, label %found",
                        "%large = icmp ugt i64 %d, 30\n%both = " + both + "\nbr i1 %both, label %found"),
                Options.defaults());

        assertThat(divisions(result)).isEqualTo(2);
        result.countsExactly();
    }

    private static long checksInSearch(Instrumented result) {
        Loop search = LoopForest.of(ControlFlowGraph.of(result.function("f0")))
                .innermostFirst()
                .getFirst();
        assertThat(search.depth()).isEqualTo(2);
        long checks = 0;
        for (int block : search.blocks()) {
            for (Instruction at : search.forest().graph().block(block).instructions()) {
                checks += at instanceof ICmp && at.name() != null && at.name().startsWith("ci.late") ? 1 : 0;
            }
        }
        return checks;
    }

    @ParameterizedTest
    @ValueSource(longs = {20, 100, 1000})
    void whateverTurnItEndsInTheWorkIsCounted(long commitInterval) {
        searches("", "", Options.defaults().withCommitInterval(commitInterval)).countsExactly();
    }

    @ParameterizedTest
    @ValueSource(strings = {"minsize", "cold", "noinline optnone"})
    void whoWantsLittleCodeGetsNoCopies(String attributes) {
        assertThat(divisions(searches(attributes, "", Options.defaults()))).isEqualTo(1);
    }

    @Test
    void aLoopThatRunsOtherProbesIsLeftAlone() {
        String call = "%called = call i64 %pointer()";
        Instrumented result = Instrumented.of(
                SEARCHES.replace("ATTRIBUTES", "").replace("INSTEAD", call.replace("%pointer", "@g")) + """
                        @p = global ptr null
                        define i64 @g() {
                        entry:
                          %p = load ptr, ptr @p
                          %v = call i64 %p()
                          ret i64 %v
                        }
                        """,
                Options.defaults());

        assertThat(divisions(result)).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitTheCommitIntervalSeveralTimesIsLeftAlone() {
        assertThat(divisions(searches("", "", Options.defaults().withCommitInterval(64))))
                .isEqualTo(1);
    }

    @Test
    void otherModesCopyNothing() {
        assertThat(divisions(searches("", "", Options.defaults().withMode(Mode.NAIVE))))
                .isEqualTo(1);
        assertThat(divisions(searches("", "", Options.defaults().withMode(Mode.EXACT))))
                .isEqualTo(1);
    }

    @Test
    void aLoopThatIsCountedBeforeItBeginsNeedsNoCopies() {
        Instrumented result = Instrumented.of("""
                define i64 @f0(i64 %n) {
                entry:
                  br label %outer
                outer:
                  %i = phi i64 [ 0, %entry ], [ %i.next, %latch ]
                  br label %inner
                inner:
                  %j = phi i64 [ 0, %outer ], [ %j.next, %inner ]
                  %v = load volatile i64, ptr null
                  %j.next = add i64 %j, 1
                  %more = icmp ult i64 %j.next, %n
                  br i1 %more, label %inner, label %latch
                latch:
                  %i.next = add i64 %i, 1
                  %again = icmp ult i64 %i.next, %n
                  br i1 %again, label %outer, label %done
                done:
                  ret i64 %i
                }
                """, Options.defaults());

        long loads = 0;
        for (var block : result.function("f0").blocks()) {
            for (Instruction at : block.instructions()) {
                loads += at instanceof Load load && load.isVolatile() ? 1 : 0;
            }
        }
        assertThat(loads).isEqualTo(1);
    }
}
