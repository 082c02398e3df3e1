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

    @Test
    void aCommitThatMovesAgainIsNotFurtherAheadThanOneThatMovesOnce() {
        String work = "";
        for (int i = 0; i < 15; i++) {
            work += "  %B" + (i + 1) + " = add i32 %B" + i + ", %x\n";
        }
        String more = "  %V1 = xor i32 %x, 3\n  %V2 = mul i32 %V1, 5\n  %V3 = xor i32 %V2, 7\n";
        Instrumented result = Instrumented.of("""
                define i32 @f0(i32 %x) {
                  switch i32 %x, label %d [
                    i32 1, label %a
                    i32 2, label %b
                    i32 3, label %c
                  ]
                a:
                MOREa
                  br label %done
                b:
                MOREb
                  br label %later
                c:
                MOREc
                  br label %earlier
                d:
                  br label %earlier
                earlier:
                  %e0 = phi i32 [ %c3, %c ], [ 0, %d ]
                WORKe
                  br label %later
                later:
                  %l0 = phi i32 [ %b3, %b ], [ %e15, %earlier ]
                WORKl
                  br label %done
                done:
                  %r = phi i32 [ %a3, %a ], [ %l15, %later ]
                  ret i32 %r
                }
                @taken = global ptr @f0
                """.replace("MOREa", more.replace("V", "a"))
                .replace("MOREb", more.replace("V", "b"))
                .replace("MOREc", more.replace("V", "c"))
                .replace("WORKe", work.replace("B", "e"))
                .replace("WORKl", work.replace("B", "l")));

        assertThat(commitsIn(result.block("f0", "done"))).isZero();
        assertThat(commitsIn(result.block("f0", "later"))).isZero();
        assertThat(commitsIn(result.block("f0", "earlier"))).isEqualTo(1);
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
