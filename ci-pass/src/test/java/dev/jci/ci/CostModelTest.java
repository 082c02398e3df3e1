package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.grammar.LlvmIrReader;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.Module;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What single instructions cost. */
class CostModelTest {
    private static final String CALLS = """
            declare i64 @strlen(ptr)
            declare i32 @printf(ptr, ...)
            declare double @sin(double)
            declare void @unheard_of()
            declare float @llvm.sin.f32(float)
            declare double @llvm.sin.f64(double)
            declare <2 x double> @llvm.sin.v2f64(<2 x double>)
            declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
            """;

    /** The cost of the first instruction of a function. */
    private static long cost(String instruction, CostModel costs) {
        Module module =
                LlvmIrReader.read("t.ll", """
                %s
                define void @f(i64 %%n, double %%x, float %%y, <2 x double> %%v, <8 x i32> %%w, ptr %%p) {
                  %s
                  ret void
                }
                """.formatted(CALLS, instruction)).orThrow();
        Function function = module.function("f");
        assertThat(function).isNotNull();
        return costs.of(function.entry().first());
    }

    private static long cost(String instruction) {
        return cost(instruction, CostModel.defaults());
    }

    @Test
    void theCLibraryCostsWhatWasMeasured() {
        assertThat(cost("call i64 @strlen(ptr %p)")).isBetween(2L, 99L);
        assertThat(cost("call i32 (ptr, ...) @printf(ptr %p)")).isGreaterThan(101);
        assertThat(cost("call void @unheard_of()")).isEqualTo(101);
    }

    @Test
    void everyEntryOfTheTableIsPossible() {
        assertThat(LibraryCosts.table()).hasSizeGreaterThan(200).allSatisfy((name, cost) -> {
            assertThat(name).matches("(llvm\\.callback\\.)?\\w+");
            assertThat(cost).isBetween(0L, 10_000L);
        });
        assertThat(LibraryCosts.table())
                .containsKeys("memcpy", "malloc", "free", "strcmp", "qsort", "snprintf", "__printf_chk", "pow", "expf");
    }

    @Test
    void functionsThatBecomeOfIntrinsicsCostTheSame() {
        Map<String, Long> table = Map.of("sin", 40L, "sinf", 15L);
        CostModel costs = CostModel.defaults().withFunctions(table);

        assertThat(cost("call double @llvm.sin.f64(double %x)", costs))
                .isEqualTo(cost("call double @sin(double %x)", costs))
                .isEqualTo(41);
        assertThat(cost("call float @llvm.sin.f32(float %y)", costs)).isEqualTo(16);
        assertThat(cost("call <2 x double> @llvm.sin.v2f64(<2 x double> %v)", costs))
                .isEqualTo(20);
    }

    /** The clock stays the number of IR instructions. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    add i64 %n, 1                    | 1
                    udiv i64 %n, 3                   | 1
                    fdiv double %x, %x               | 1
                    add <8 x i32> %w, %w             | 1
                    icmp eq i64 %n, 1                | 1
                    load i64, ptr %p                 | 1
                    store i64 %n, ptr %p             | 1
                    getelementptr i8, ptr %p, i64 1  | 0
                    call void @llvm.memcpy.p0.p0.i64(ptr %p, ptr %p, i64 64, i1 false) | 5
                    call void @llvm.memcpy.p0.p0.i64(ptr %p, ptr %p, i64 %n, i1 false) | 16
                    """)
    void theTableChangesNothingButCallsOfTheLibrary(String instruction, long expected) {
        String line =
                instruction.startsWith("store") || instruction.startsWith("call") ? instruction : "%r = " + instruction;

        assertThat(cost(line)).isEqualTo(expected);
        assertThat(cost(line, CostModel.evenCalls(100))).isEqualTo(expected);
    }

    @Test
    void aTableMayNameInstructions() {
        Map<String, Long> table = CostFiles.readClasses(List.of(
                "class-division:cost-20",
                "llvm.instruction.udiv",
                "llvm.instruction.fdiv",
                "class-root:cost-25",
                "llvm.sqrt.f64"));
        CostModel costs = CostModel.defaults().overriddenBy(table);

        assertThat(cost("%r = udiv i64 %n, 3", costs)).isEqualTo(20);
        assertThat(cost("%r = fdiv double %x, %x", costs)).isEqualTo(20);
        assertThat(cost("%r = urem i64 %n, 3", costs)).isEqualTo(1);
        assertThat(cost("call i64 @strlen(ptr %p)", costs)).isEqualTo(cost("call i64 @strlen(ptr %p)"));
    }

    @Test
    void evenCallsKnowNoTable() {
        assertThat(cost("call i64 @strlen(ptr %p)", CostModel.evenCalls(7))).isEqualTo(8);
    }

    /** A function of the name that the module defines counts itself. */
    @Test
    void whatTheModuleDefinesIsNotTheLibrary() {
        Module module = LlvmIrReader.read("t.ll", """
                define i64 @strlen(ptr %p) {
                  ret i64 0
                }
                define void @f(ptr %p) {
                  call i64 @strlen(ptr %p)
                  ret void
                }
                """).orThrow();
        List<Long> costs = new ArrayList<>();
        for (Instruction instruction : module.function("f").entry().instructions()) {
            costs.add(CostModel.defaults().of(instruction));
        }

        assertThat(costs).containsExactly(1L, 1L);
    }
}
