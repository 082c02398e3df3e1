package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jci.emit.LlvmIrPrinter;
import dev.jci.emit.PrintOptions;
import dev.jci.emit.UnprintableException;
import dev.jci.grammar.LlvmIrReader;
import dev.jci.ir.Function;
import dev.jci.ir.Module;
import dev.jci.ir.analysis.CallGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions that do not call each other may be placed at the same time; nobody can tell from the module. */
class ThreadsTest {
    /** Calls in a chain, in a cycle, and none. */
    private static final String PROGRAM = program();

    private static String program() {
        StringBuilder text = new StringBuilder("declare void @work()\n");
        for (int i = 0; i < 300; i++) {
            int called = i % 10 == 9 ? i - 9 : i + 1;
            text.append("""
                    define internal i32 @f%1$d(i32 %%n, ptr %%p) {
                    entry:
                      %%done = icmp eq i32 %%n, 0
                      br i1 %%done, label %%exit, label %%loop
                    loop:
                      %%i = phi i32 [ 0, %%entry ], [ %%next, %%loop ]
                      store volatile i32 %%i, ptr %%p
                      %%next = add nuw i32 %%i, 1
                      %%more = icmp ult i32 %%next, %%n
                      br i1 %%more, label %%loop, label %%behind
                    behind:
                      %%less = lshr i32 %%n, 1
                      %%r = call i32 @f%2$d(i32 %%less, ptr %%p)
                      %%s = call i32 @f%3$d(i32 0, ptr %%p)
                      call void @work()
                      br label %%exit
                    exit:
                      %%v = phi i32 [ 0, %%entry ], [ %%r, %%behind ]
                      ret i32 %%v
                    }
                    """.formatted(i, called, i / 2));
        }
        return text.toString();
    }

    private static String instrumented(String program, Mode mode, int threads) throws UnprintableException {
        Module module = LlvmIrReader.read("program.ll", program).orThrow();
        CompilerInterrupts.instrument(module, Options.defaults().withMode(mode), threads);
        return LlvmIrPrinter.print(module, PrintOptions.AS_WRITTEN);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void theModuleIsTheSame(Mode mode) throws UnprintableException {
        String alone = instrumented(PROGRAM, mode, 1);
        for (int i = 0; i < 5; i++) {
            assertThat(instrumented(PROGRAM, mode, 4)).isEqualTo(alone);
        }
        assertThat(alone).isNotEqualTo(PROGRAM);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void theModuleIsTheSameWhenAllIsPlacedBeforeAnythingIsWritten(Mode mode) throws UnprintableException {
        Module module = LlvmIrReader.read("program.ll", PROGRAM).orThrow();
        Options options = Options.defaults().withMode(mode);

        Report report = CompilerInterrupts.place(module, options).emit();

        assertThat(LlvmIrPrinter.print(module, PrintOptions.AS_WRITTEN)).isEqualTo(instrumented(PROGRAM, mode, 1));
        Module other = LlvmIrReader.read("program.ll", PROGRAM).orThrow();
        assertThat(report.functions())
                .isEqualTo(CompilerInterrupts.instrument(other, options).functions());
    }

    /**
     * Code with and without wide vectors calls two slow paths, each declared when it is first called. The first function takes long, so that
     * another thread has placed the second one before.
     */
    @Test
    void theModuleIsTheSameWhenItsFunctionsAreForSeveralProcessors() throws UnprintableException {
        StringBuilder text = new StringBuilder("""
                define void @first(i32 %0) "target-features"="+avx2" {
                  br label %b0
                """);
        for (int i = 0; i < 1000; i++) {
            text.append("""
                    b%1$d:
                      %%c%1$d = icmp eq i32 %%0, %1$d
                      br i1 %%c%1$d, label %%b%1$d, label %%b%2$d
                    """.formatted(i, i + 1));
        }
        String mixed = text.append("""
                b1000:
                  ret void
                }
                define void @second() {
                  ret void
                }
                """).toString();

        String alone = instrumented(mixed, Mode.CI, 1);

        assertThat(alone).contains("@jci_fire()", "@jci_fire_xmm()");
        for (int i = 0; i < 5; i++) {
            assertThat(instrumented(mixed, Mode.CI, 4)).isEqualTo(alone);
        }
    }

    @Test
    void whoCallsOrIsCalledIsNeverPlacedAtTheSameTime() {
        Module module = LlvmIrReader.read("program.ll", PROGRAM).orThrow();
        CallGraph calls = CallGraph.of(module);
        List<Function> open = Collections.synchronizedList(new ArrayList<>());
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        List<Function> placed = Collections.synchronizedList(new ArrayList<>());
        PlacementThreads.place(PlacementOrder.of(calls), 4, function -> {
            open.add(function);
            for (Function other : List.copyOf(open)) {
                if (other != function
                        && (calls.callees(function).contains(other)
                                || calls.callees(other).contains(function))) {
                    wrong.add(function + " beside " + other);
                }
            }
            open.remove(function);
            placed.add(function);
        });
        assertThat(wrong).isEmpty();
        assertThat(placed).hasSize(300).doesNotHaveDuplicates();
    }

    @Test
    void aFailureIsTheFirstInOrder() {
        Module module = LlvmIrReader.read("program.ll", PROGRAM).orThrow();
        PlacementOrder order = PlacementOrder.of(CallGraph.of(module));
        assertThatThrownBy(() -> PlacementThreads.place(order, 3, function -> {
                    throw new IllegalStateException(function.name());
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(order.functions().getFirst().name());
    }
}
