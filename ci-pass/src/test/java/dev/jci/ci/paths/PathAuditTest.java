package dev.jci.ci.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jci.ci.CompilerInterrupts;
import dev.jci.ci.CostModel;
import dev.jci.ci.Options;
import dev.jci.ci.ProbeAbi;
import dev.jci.ci.Report;
import dev.jci.grammar.LlvmIrReader;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.ConstantInt;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.Module;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The audit itself: it finds what is wrong. */
class PathAuditTest {
    private static final long BUDGET = 63;
    private static final String LOOP = """
            define i64 @f(i64 %x) {
            entry:
              br label %loop
            loop:
              %now = phi i64 [ %x, %entry ], [ %half, %loop ]
              %half = lshr i64 %now, 1
              %done = icmp eq i64 %half, 0
              br i1 %done, label %out, label %loop
            out:
              ret i64 %now
            }
            """;

    private static Module read(String text) {
        return LlvmIrReader.read("t.ll", text).orThrow();
    }

    private static long longest(Module module, Report report) {
        return PathAudit.longest(module, CostModel.defaults(), report, BUDGET, 4 * BUDGET);
    }

    private static Report nothingDone() {
        return new Report(List.of(), List.of());
    }

    @Test
    void theLongerOfTwoWaysCounts() {
        Module module = read("""
                define i64 @f(i64 %x) {
                  %odd = trunc i64 %x to i1
                  br i1 %odd, label %long, label %out
                long:
                  %a = add i64 %x, 1
                  %b = add i64 %a, 1
                  br label %out
                out:
                  ret i64 %x
                }
                """);

        assertThat(longest(module, nothingDone())).isEqualTo(1 + 3 + 1);
    }

    @Test
    void aLoopWithoutAProbeHasNoBound() {
        Module module = read(LOOP);

        assertThatThrownBy(() -> longest(module, nothingDone()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no bound in @f");
    }

    @Test
    void aLoopThatCountsHasOne() {
        Module module = read(LOOP);
        Report report = CompilerInterrupts.instrument(
                module, Options.defaults().withAbi(ProbeAbi.LIBCI).withCommitInterval(100));

        assertThat(longest(module, report)).isBetween(BUDGET, 101L);
    }

    @Test
    void aLoopThatLooksAtTheCountdownHasTheWorkOfAnIteration() {
        Module module = read(LOOP);
        Report report = CompilerInterrupts.instrument(module, Options.defaults().withCommitInterval(100));

        assertThat(longest(module, report)).isBetween(3L, 6L);
    }

    @Test
    void aLoopThatCountsTooLittleHasNone() {
        Module module = read(LOOP);
        Report report = CompilerInterrupts.instrument(
                module, Options.defaults().withAbi(ProbeAbi.LIBCI).withCommitInterval(100));
        Function function = module.function("f");
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                if (String.valueOf(instruction.name()).startsWith("ci.left") && instruction.operandCount() == 2) {
                    instruction.setOperand(1, ConstantInt.i64(2));
                }
            }
        }

        assertThatThrownBy(() -> longest(module, report))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no bound in @f");
    }

    @Test
    void functionsThatCallEachOtherWithoutAProbeHaveNoBound() {
        Module module = read("""
                define i64 @f(i64 %x) {
                  %done = icmp eq i64 %x, 0
                  br i1 %done, label %out, label %more
                more:
                  %less = lshr i64 %x, 1
                  %r = call i64 @f(i64 %less)
                  br label %out
                out:
                  ret i64 %x
                }
                """);

        assertThatThrownBy(() -> longest(module, nothingDone()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("without a probe");
    }
}
