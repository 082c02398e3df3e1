package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.grammar.LlvmIrReader;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.Module;
import dev.jci.ir.analysis.CallGraph;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a library does around the functions that it calls back counts with each call of them. */
class CallbacksTest {
    private static final String SORTS = """
            declare void @qsort(ptr, i64, i64, ptr)
            define internal i32 @less(ptr %a, ptr %b) {
              %x = load i32, ptr %a
              %y = load i32, ptr %b
              %z = sub i32 %x, %y
              ret i32 %z
            }
            define internal i32 @other(ptr %a, ptr %b) {
              ret i32 0
            }
            define void @sort(ptr %p, i64 %n) {
              call void @qsort(ptr %p, i64 %n, i64 4, ptr @less)
              ret void
            }
            """;

    /** The sum of what the instructions of a function cost. */
    private static long cost(String text, String name, Options given) {
        Module module = LlvmIrReader.read("t.ll", text).orThrow();
        Options options = Callbacks.withCosts(CallGraph.of(module), given);
        Function function = module.function(name);
        assertThat(function).isNotNull();
        long sum = 0;
        for (BasicBlock block : function.layout()) {
            for (Instruction at = block.first(); at != null; at = at.next()) {
                sum += options.costs().of(at);
            }
        }
        return sum;
    }

    private static Options withTable(String... lines) {
        return Options.defaults().withCosts(CostModel.defaults().overriddenBy(CostFiles.readClasses(List.of(lines))));
    }

    @Test
    void aComparisonCostsWhatSortingDoesAroundIt() {
        Options table = withTable("class-sorting:cost-30", "llvm.callback.qsort");

        assertThat(cost(SORTS, "less", table)).isEqualTo(4 + 30);
        assertThat(cost(SORTS, "other", table)).isEqualTo(1);
    }

    @Test
    void theTableKnowsSortingAndSearching() {
        assertThat(cost(SORTS, "less", Options.defaults())).isGreaterThan(4);
        assertThat(cost(SORTS.replace("qsort", "bsearch"), "less", Options.defaults()))
                .isGreaterThan(4);
        assertThat(cost(SORTS.replace("qsort", "unheard_of"), "less", Options.defaults()))
                .isEqualTo(4);
    }

    @Test
    void callsOfAnyLibraryTheSameKnowNoCallbacks() {
        Options even = Options.defaults().withCosts(CostModel.evenCalls(100));

        assertThat(cost(SORTS, "less", even)).isEqualTo(4);
    }

    @Test
    void aTableMayNameTheFunctionThatIsCalledBack() {
        Options table = withTable("class-own:cost-7", "llvm.entry.less", "llvm.entry.other");

        assertThat(cost(SORTS, "less", table)).isEqualTo(4 + 7);
        assertThat(cost(SORTS, "other", table)).isEqualTo(1 + 7);
    }

    @Test
    void theProgramsOwnSortingIsNoLibrary() {
        String own = SORTS.replace("declare void @qsort(ptr, i64, i64, ptr)", """
                define void @qsort(ptr %p, i64 %n, i64 %size, ptr %compare) {
                  ret void
                }
                """);

        assertThat(cost(own, "less", Options.defaults())).isEqualTo(4);
    }

    @Test
    void theFunctionMayBeDefinedInAnotherModule() {
        Module sorts = LlvmIrReader.read("sorts.ll", """
                declare void @qsort(ptr, i64, i64, ptr)
                declare i32 @less(ptr, ptr)
                define void @sort(ptr %p, i64 %n) {
                  call void @qsort(ptr %p, i64 %n, i64 4, ptr @less)
                  ret void
                }
                """).orThrow();
        Module compares = LlvmIrReader.read("compares.ll", "define i32 @less(ptr %a, ptr %b) {\n  ret i32 0\n}\n")
                .orThrow();

        Options options = CompilerInterrupts.programOptions(List.of(sorts, compares), Options.defaults());

        assertThat(options.costs().functions()).containsKey("llvm.entry.less");
    }

    /** A loop that begins with the function and may be counted before it runs. */
    @Test
    void theClockHasItHoweverTheFunctionBegins() {
        String text = """
                declare i64 @apply(ptr, i64)
                define internal i64 @sum(i64 %n) {
                entry:
                  br label %loop
                loop:
                  %i = phi i64 [ 0, %entry ], [ %i.next, %loop ]
                  %s = phi i64 [ 0, %entry ], [ %s.next, %loop ]
                  %s.next = add i64 %s, %i
                  %i.next = add i64 %i, 1
                  %more = icmp ult i64 %i.next, %n
                  br i1 %more, label %loop, label %done
                done:
                  ret i64 %s.next
                }
                define i64 @f0(i64 %x) {
                  %a = call i64 @apply(ptr @sum, i64 %x)
                  %b = call i64 @apply(ptr @sum, i64 4000)
                  ret i64 %b
                }
                """;
        Options options =
                Options.defaults().withCosts(CostModel.evenCalls(5).withFunctions(Map.of("llvm.callback.apply", 40L)));
        Module original = LlvmIrReader.read("t.ll", text).orThrow();
        CostModel known = Callbacks.withCosts(CallGraph.of(original), options).costs();
        long work = Observation.before(original, known).work();
        for (Mode mode : List.of(Mode.EXACT, Mode.NAIVE, Mode.CI, Mode.CI_CYCLES)) {
            Module instrumented = LlvmIrReader.read("t.ll", text).orThrow();
            CompilerInterrupts.instrument(instrumented, options.withMode(mode));

            assertThat(Observation.after(instrumented, known).clock())
                    .as("%s", mode)
                    .isEqualTo(work);
        }
        assertThat(work - Observation.before(original, options.costs()).work()).isEqualTo(80);
    }
}
