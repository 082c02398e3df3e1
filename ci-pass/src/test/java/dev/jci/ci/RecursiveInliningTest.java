package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecursiveInliningTest {
    private static final String FIBONACCI = """
            @fuel = global i64 0
            define internal i64 @fib(i64 %n) ATTRIBUTES {
            entry:
              %small = icmp slt i64 %n, 2
              br i1 %small, label %base, label %more
            base:
              ret i64 %n
            more:
              %n1 = sub i64 %n, 1
              %a = call i64 @fib(i64 %n1)
              %n2 = sub i64 %n, 2
              %b = call i64 @fib(i64 %n2)
              %sum = add i64 %a, %b
              ret i64 %sum
            }
            define i64 @f0(i64 %x) {
              %y = call i64 @fib(i64 12)
              ret i64 %y
            }
            """;

    private static Instrumented fibonacci(String attributes, Mode mode) {
        return Instrumented.of(
                FIBONACCI.replace("ATTRIBUTES", attributes), Options.defaults().withMode(mode));
    }

    private static long selfCalls(Function function) {
        long calls = 0;
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                calls += instruction instanceof Call call && call.calledFunction() == function ? 1 : 0;
            }
        }
        return calls;
    }

    @Test
    void aSmallFunctionRunsALevelOrMoreOfItsCallsItself() {
        Instrumented result = fibonacci("", Mode.CI);

        assertThat(selfCalls(result.function("fib")))
                .as("two calls in each of the two copies")
                .isGreaterThanOrEqualTo(4);
    }

    @Test
    void branchesInThePlaceOfCallsAndReturnsCountAsThoseDid() {
        fibonacci("", Mode.CI).countsExactly();
    }

    @ParameterizedTest
    @ValueSource(strings = {"noinline", "minsize", "noinline optnone"})
    void whoWantsNoInliningGetsNone(String attributes) {
        assertThat(selfCalls(fibonacci(attributes, Mode.CI).function("fib"))).isEqualTo(2);
    }

    @Test
    void otherModesLeaveTheCallsAlone() {
        assertThat(selfCalls(fibonacci("", Mode.NAIVE).function("fib"))).isEqualTo(2);
        assertThat(selfCalls(fibonacci("", Mode.EXACT).function("fib"))).isEqualTo(2);
    }

    @Test
    void aFunctionThatMayBeReplacedDoesNotKnowThatItCallsItself() {
        Instrumented result =
                Instrumented.of(FIBONACCI.replace("ATTRIBUTES", "").replace("define internal", "define weak"));

        assertThat(selfCalls(result.function("fib"))).isEqualTo(2);
    }

    @Test
    void aFunctionWithMemoryOfItsOwnKeepsItsFrames() {
        Instrumented result = Instrumented.of(FIBONACCI
                .replace("ATTRIBUTES", "")
                .replace("entry:\n", "entry:\n  %cell = alloca i64\n  store i64 %n, ptr %cell\n"));

        assertThat(selfCalls(result.function("fib"))).isEqualTo(2);
        result.countsExactly();
    }

    @Test
    void aCycleThatReturnsNothingIsUnrolledToo() {
        Instrumented result = Instrumented.of("""
                @fuel = global i64 0
                @cell = global i64 0
                define internal void @down(i64 %n) {
                entry:
                  store volatile i64 %n, ptr @cell
                  %end = icmp eq i64 %n, 0
                  br i1 %end, label %done, label %more
                more:
                  %next = sub i64 %n, 1
                  call void @down(i64 %next)
                  br label %done
                done:
                  ret void
                }
                define i64 @f0(i64 %x) {
                  call void @down(i64 100)
                  %y = load i64, ptr @cell
                  ret i64 %y
                }
                """);

        assertThat(result.function("down").blockCount()).isGreaterThan(8);
        result.countsExactly();
    }
}
