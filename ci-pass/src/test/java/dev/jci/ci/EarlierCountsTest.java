package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Instruction;
import dev.jci.ir.Store;
import org.junit.jupiter.api.Test;

/** What a block counts is counted on the ways to it, where some of these count as well. */
class EarlierCountsTest {
    private static final String ONE_WAY_DOES_MORE = """
            define i32 @f0(i32 %x) {
              %c = icmp sgt i32 %x, ARGUMENT
              br i1 %c, label %more, label %done
            more:
              %a = add i32 %x, 3
              %b = xor i32 %a, 5
              %d = mul i32 %b, 7
              br label %done
            done:
              %r = phi i32 [ %x, %0 ], [ %d, %more ]
              ret i32 %r
            }
            @taken = global ptr @f0
            """;

    @Test
    void aWayThatDoesMoreCommitsOnce() {
        Instrumented result = Instrumented.of(ONE_WAY_DOES_MORE.replace("ARGUMENT", "0"));

        assertThat(commitsIn(result.block("f0", "more"))).isEqualTo(1);
        assertThat(commitsIn(result.block("f0", "done"))).isZero();
        assertThat(result.reportOf("f0").probes()).isEqualTo(2);
    }

    @Test
    void bothWaysCountWhatTheyDo() {
        for (int least : new int[] {Integer.MIN_VALUE, 0, Integer.MAX_VALUE}) {
            Instrumented.of(ONE_WAY_DOES_MORE.replace("ARGUMENT", Integer.toString(least)))
                    .countsExactly();
        }
    }

    @Test
    void aBlockThatManyWaysLeadToWithoutCountingKeepsItsCommit() {
        Instrumented result = Instrumented.of("""
                define i32 @f0(i32 %x) {
                  switch i32 %x, label %more [
                    i32 1, label %one
                    i32 2, label %two
                    i32 3, label %three
                  ]
                one:
                  br label %done
                two:
                  br label %done
                three:
                  br label %done
                more:
                  %a = add i32 %x, 3
                  %b = xor i32 %a, 5
                  %d = mul i32 %b, 7
                  br label %done
                done:
                  %r = phi i32 [ 5, %one ], [ 7, %two ], [ 9, %three ], [ %d, %more ]
                  ret i32 %r
                }
                @taken = global ptr @f0
                """);

        assertThat(commitsIn(result.block("f0", "done"))).isEqualTo(1);
        assertThat(commitsIn(result.block("f0", "one"))).isZero();
        result.countsExactly();
    }

    private static int commitsIn(BasicBlock block) {
        int stores = 0;
        for (Instruction at : block.instructions()) {
            stores += at instanceof Store ? 1 : 0;
        }
        return stores;
    }
}
