package dev.jci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ci.ProbeAbi;
import dev.jci.emit.LlvmIrPrinter;
import dev.jci.emit.PrintOptions;
import dev.jci.emit.UnprintableException;
import dev.jci.grammar.LlvmIrReader;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.Call;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.Module;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the code generator would leave as calls stands in the runtime's functions themselves. */
class RuntimeInliningTest {
    private static String inlined(String text) throws UnprintableException {
        Module module = LlvmIrReader.read("parts.ll", text).orThrow();
        RuntimeInlining.apply(module);
        return LlvmIrPrinter.print(module, PrintOptions.AS_WRITTEN);
    }

    @Test
    void calleesAreInlinedBeforeTheirCallers() throws UnprintableException {
        assertThat(inlined("""
                define i64 @user(i64 %0) {
                  %2 = call i64 @twice(i64 %0)
                  ret i64 %2
                }

                define internal i64 @twice(i64 %0) alwaysinline {
                  %2 = call i64 @add(i64 %0, i64 %0)
                  ret i64 %2
                }

                define internal i64 @add(i64 %0, i64 %1) alwaysinline {
                  %3 = add i64 %0, %1
                  ret i64 %3
                }
                """)).contains("add i64 %0, %0").doesNotContain("call", "@twice", "@add");
    }

    @Test
    void whatOthersMayCallStays() throws UnprintableException {
        assertThat(inlined("""
                @table = global ptr @taken

                define void @seen() alwaysinline {
                  ret void
                }

                define internal void @taken() alwaysinline {
                  ret void
                }

                define void @user() {
                  call void @seen()
                  call void @taken()
                  ret void
                }
                """))
                .contains("define void @seen()", "define internal void @taken()")
                .doesNotContain("call");
    }

    @Test
    void whatIsNotMarkedStaysACall() throws UnprintableException {
        assertThat(inlined("""
                define internal void @rare() {
                  ret void
                }

                define void @user() {
                  call void @rare()
                  ret void
                }
                """)).contains("call void @rare()");
    }

    /** All that is marked can be copied: nothing of it is left. */
    @ParameterizedTest
    @EnumSource(ProbeAbi.class)
    void theRuntimeCallsOnlyWhatIsRare(ProbeAbi abi) throws Failure {
        Module runtime = LlvmIrReader.read("runtime.ll", RuntimeFiles.llvmIr("x86_64-unknown-linux-gnu", abi))
                .orThrow();

        assertThat(runtime.functions())
                .filteredOn(function ->
                        function.hasLocalLinkage() && function.attributes().has("alwaysinline"))
                .isEmpty();
        if (abi == ProbeAbi.JCI) {
            assertThat(callees(runtime, "jci_look")).isEmpty();
            assertThat(callees(runtime, "jci_slow_path")).containsExactly("ci_deliver", "ci_is_readable", "jci_asleep");
        }
    }

    private static Set<String> callees(Module module, String name) {
        Set<String> found = new TreeSet<>();
        Function function = module.functions().stream()
                .filter(candidate -> name.equals(candidate.name()))
                .findFirst()
                .orElseThrow();
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                if (instruction instanceof Call call && !call.isIntrinsic() && call.calledFunction() != null) {
                    found.add(String.valueOf(call.calledFunction().name()));
                }
            }
        }
        return found;
    }
}
