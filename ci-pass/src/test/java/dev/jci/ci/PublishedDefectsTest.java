package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jci.ci.interp.Listener;
import dev.jci.ci.interp.Machine;
import dev.jci.ir.BasicBlock;
import dev.jci.ir.Function;
import dev.jci.ir.GlobalVariable;
import dev.jci.ir.Instruction;
import dev.jci.ir.Load;
import dev.jci.ir.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong in the published implementation, by the numbers of the list of its defects, and does not here. */
class PublishedDefectsTest {
    private static final String CELL = "@cell = global i64 0\n";

    /** Work of a cost of 2 each time. */
    private static String work(String prefix, int times) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < times; i++) {
            text.append("  %").append(prefix).append(i).append(" = load volatile i64, ptr @cell\n");
            text.append("  store volatile i64 %").append(prefix).append(i).append(", ptr @cell\n");
        }
        return text.toString();
    }

    private static Options every(long interval) {
        return Options.defaults().withCommitInterval(interval);
    }

    @Nested
    @DisplayName("D1: the clock was 32 bits wide in one place and 64 in another")
    class D1 {
        @ParameterizedTest
        @EnumSource(ProbeAbi.class)
        void everyAccessOfTheRuntimesVariablesIsAsWideAsTheyAreDeclared(ProbeAbi abi) {
            Instrumented result = Instrumented.of(
                    "define i64 @f0(i64 %x) {\n  ret i64 %x\n}\n",
                    Options.defaults().withAbi(abi));

            assertThat(result.module().globals())
                    .isNotEmpty()
                    .allSatisfy(variable -> assertThat(variable.alignment()).isEqualTo(8));
            for (Instruction instruction : instructions(result.function("f0"))) {
                if (instruction instanceof Load load && load.pointer() instanceof GlobalVariable variable) {
                    assertThat(load.type()).isEqualTo(variable.valueType());
                }
                if (instruction instanceof Store store && store.pointer() instanceof GlobalVariable variable) {
                    assertThat(store.value().type()).isEqualTo(variable.valueType());
                }
            }
        }
    }

    private static List<Instruction> instructions(Function function) {
        List<Instruction> all = new ArrayList<>();
        for (BasicBlock block : function.blocks()) {
            block.instructions().forEach(all::add);
        }
        return all;
    }

    @Nested
    @DisplayName("D2: a module that mentions the clock itself got another one beside it")
    class D2 {
        @Test
        void theModulesOwnDeclarationIsUsed() {
            Instrumented result = Instrumented.of("""
                    @jci_countdown = external thread_local global i64, align 8
                    define i64 @f0(i64 %x) {
                      %c = load i64, ptr @jci_countdown
                      ret i64 %c
                    }
                    """);

            assertThat(result.module().globals()).hasSize(1);
            assertThat(result.reportOf("f0").probes()).isEqualTo(1);
        }

        @Test
        void oneOfAnotherTypeIsRefused() {
            assertThatThrownBy(() -> Instrumented.of("@jci_countdown = global i32 0\n"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("@jci_countdown");
            assertThatThrownBy(() -> Instrumented.of(
                            "@LocalLC = external thread_local global i32\ndefine void @f() {\n  ret void\n}\n",
                            Options.defaults().withAbi(ProbeAbi.LIBCI)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("@LocalLC");
        }
    }

    @Nested
    @DisplayName("D3: work of functions was dropped at their borders")
    class D3 {
        @Test
        void aLeafAsLargeAsTheCommitIntervalIsCounted() {
            Instrumented.of(
                            CELL + "define internal void @leaf() {\n" + work("l", 50)
                                    + "  ret void\n}\ndefine i64 @f0(i64 %x) {\n  call void @leaf()\n  ret i64 %x\n}\n",
                            every(100))
                    .countsExactly();
        }

        @Test
        void aFunctionWhoseAddressIsTakenCountsItself() {
            Instrumented result = Instrumented.of("""
                    @pointer = global ptr @leaf
                    define internal i64 @leaf(i64 %x) {
                      ret i64 %x
                    }
                    define i64 @f0(i64 %x) {
                      %p = load ptr, ptr @pointer
                      %a = call i64 %p(i64 %x)
                      %b = call i64 @leaf(i64 %a)
                      ret i64 %b
                    }
                    """);

            assertThat(result.reportOf("leaf").exportedCost()).isEqualTo(-1);
            result.countsExactly();
        }

        @Test
        void aFunctionThatOtherModulesCallCountsItselfUnlessTheyLearnItsCost() {
            String source = "define i64 @visible(i64 %x) {\n  ret i64 %x\n}\n";

            assertThat(Instrumented.of(source).reportOf("visible").probes()).isEqualTo(1);
            assertThat(Instrumented.of(source, Options.defaults().withExportCosts(true))
                            .reportOf("visible")
                            .exportedCost())
                    .isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"weak", "linkonce", "weak_odr", "linkonce_odr"})
        void aFunctionInWhosePlaceAnotherOneMayRunCountsItselfAlways(String linkage) {
            Instrumented result = Instrumented.of(
                    "define " + linkage + " i64 @shared(i64 %x) {\n  ret i64 %x\n}\n",
                    Options.defaults().withExportCosts(true));

            assertThat(result.reportOf("shared").exportedCost()).isEqualTo(-1);
            assertThat(result.reportOf("shared").probes()).isEqualTo(1);
        }

        @Test
        void theModuleMayLetTheLoaderReplaceWhatIsNotLocal() {
            Instrumented result = Instrumented.of("""
                    define i64 @replaceable(i64 %x) {
                      ret i64 %x
                    }
                    define dso_local i64 @fixed(i64 %x) {
                      ret i64 %x
                    }
                    !llvm.module.flags = !{!0}
                    !0 = !{i32 1, !"SemanticInterposition", i32 1}
                    """, Options.defaults().withExportCosts(true));

            assertThat(result.reportOf("replaceable").exportedCost()).isEqualTo(-1);
            assertThat(result.reportOf("fixed").exportedCost()).isEqualTo(1);
        }

        @Test
        void nothingIsKnownOfTheFirstProbeOfAFunctionThatMayBeReplaced() {
            Instrumented result = Instrumented.of(
                    CELL + "define weak void @leaf() {\n  ret void\n}\ndefine i64 @f0(i64 %x) {\n" + work("a", 30)
                            + "  call void @leaf()\n" + work("b", 10) + "  ret i64 %x\n}\n",
                    every(100));

            assertThat(result.reportOf("f0").probes())
                    .as("before the call, and before the return")
                    .isEqualTo(2);
        }
    }

    @Nested
    @DisplayName("D4: functions were visited in the order of their names")
    class D4 {
        @Test
        void calleesAreCountedWhateverTheirName() {
            Instrumented result = Instrumented.of("""
                    define i64 @f0(i64 %x) {
                      %a = call i64 @aa(i64 %x)
                      %b = call i64 @zz(i64 %a)
                      ret i64 %b
                    }
                    define internal i64 @zz(i64 %x) {
                      %y = add i64 %x, 1
                      ret i64 %y
                    }
                    define internal i64 @aa(i64 %x) {
                      %y = add i64 %x, 1
                      ret i64 %y
                    }
                    """);

            assertThat(result.reportOf("aa").exportedCost()).isEqualTo(2);
            assertThat(result.reportOf("zz").exportedCost()).isEqualTo(2);
            result.countsExactly();
        }
    }

    @Nested
    @DisplayName("D5: calls by pointer and inline assembly cost nothing, invoke did not count its callee")
    class D5 {
        @Test
        void aCallByPointerIsAnInstruction() {
            Instrumented.of("""
                    declare i64 @lib(i64)
                    @pointer = global ptr @lib
                    define i64 @f0(i64 %x) {
                      %p = load ptr, ptr @pointer
                      %r = call i64 %p(i64 %x)
                      ret i64 %r
                    }
                    """).countsExactly();
        }

        @Test
        void inlineAssemblyCostsItsStatements() {
            Instrumented result = Instrumented.of("""
                    define void @f() {
                      call void asm sideeffect "nop\\0Anop\\0Anop", ""()
                      ret void
                    }
                    """);

            assertThat(result.text()).as("3 statements, 1 return").contains("sub i64 %ci.countdown, 4");
        }

        @Test
        void whatAnInvokeCallsIsCounted() {
            Instrumented result = Instrumented.of("""
                    declare i32 @__gxx_personality_v0(...)
                    define internal i64 @leaf(i64 %x) {
                      %a = mul i64 %x, %x
                      %b = mul i64 %a, %x
                      ret i64 %b
                    }
                    define i64 @f0(i64 %x) personality ptr @__gxx_personality_v0 {
                      %r = invoke i64 @leaf(i64 %x) to label %fine unwind label %thrown
                    fine:
                      ret i64 %r
                    thrown:
                      %e = landingpad { ptr, i32 } cleanup
                      resume { ptr, i32 } %e
                    }
                    """);

            assertThat(result.reportOf("leaf").exportedCost()).isEqualTo(3);
            result.countsExactly();
        }
    }

    @Nested
    @DisplayName("D6: a probe between a musttail call and its return made the module invalid")
    class D6 {
        @ParameterizedTest
        @EnumSource(Mode.class)
        void theProbeComesBeforeTheCall(Mode mode) {
            Instrumented result = Instrumented.of("""
                    declare i32 @other(i32)
                    define i32 @f(i32 %x) {
                      %y = add i32 %x, 1
                      %r = musttail call i32 @other(i32 %y)
                      ret i32 %r
                    }
                    """, Options.defaults().withMode(mode));

            assertThat(result.text()).containsPattern("musttail call i32 @other\\(i32 %y\\)\\s+ret i32 %r");
            assertThat(result.reportOf("f").probes()).isEqualTo(1);
        }

        @ParameterizedTest
        @EnumSource(Mode.class)
        void soItDoesForDeoptimize(Mode mode) {
            Instrumented result = Instrumented.of("""
                    declare i32 @llvm.experimental.deoptimize.i32(...)
                    define i32 @f(i32 %x) {
                      %y = add i32 %x, 1
                      %r = call i32 (...) @llvm.experimental.deoptimize.i32(i32 %y) [ "deopt"() ]
                      ret i32 %r
                    }
                    """, Options.defaults().withMode(mode));

            assertThat(result.text())
                    .containsPattern("deoptimize.i32\\(i32 %y\\) \\[ \"deopt\"\\(\\) \\]\\s+ret i32 %r");
        }
    }

    @Nested
    @DisplayName("D7: functions kept attributes that probes make untrue")
    class D7 {
        private static final List<String> UNTRUE =
                List.of("willreturn", "memory", "norecurse", "nosync", "nofree", "speculatable");

        private static final String SOURCE = """
                define i32 @f(i32 %x) #0 {
                  ret i32 %x
                }
                define i32 @g(i32 %x) {
                  %y = call i32 @f(i32 %x) #1
                  ret i32 %y
                }
                declare i32 @elsewhere(ptr) #0
                define i32 @h(ptr %callback) {
                  %y = call i32 @elsewhere(ptr %callback) #1
                  ret i32 %y
                }
                declare double @sqrt(double) #0
                define double @root(double %x) {
                  %y = call double @sqrt(double %x) #1
                  ret double %y
                }
                declare i32 @llvm.ctpop.i32(i32) #0
                attributes #0 = { nounwind willreturn memory(none) norecurse nosync nofree speculatable }
                attributes #1 = { nounwind memory(none) }
                """;

        @Test
        void aFunctionWithProbesLosesThem() {
            Instrumented result = Instrumented.of(SOURCE);

            for (String untrue : UNTRUE) {
                assertThat(result.function("f").attributes().has(untrue))
                        .as(untrue)
                        .isFalse();
            }
            assertThat(result.function("f").attributes().has("nounwind")).isTrue();
            assertThat(result.text()).doesNotContainPattern("call i32 @f\\(i32 %x\\) #1");
        }

        @Test
        void aFunctionThatMayHaveProbesInItsModuleOrCallBackLosesThemToo() {
            Instrumented result = Instrumented.of(SOURCE);

            for (String untrue : UNTRUE) {
                assertThat(result.function("elsewhere").attributes().has(untrue))
                        .as(untrue)
                        .isFalse();
            }
            assertThat(result.text()).doesNotContainPattern("call i32 @elsewhere\\(ptr %callback\\) #1");
        }

        @Test
        void intrinsicsAndMathematicsKeepThem() {
            Instrumented result = Instrumented.of(SOURCE);

            assertThat(result.function("sqrt").attributes().has("memory")).isTrue();
            assertThat(result.function("llvm.ctpop.i32").attributes().has("memory"))
                    .isTrue();
        }

        @Test
        void soDoesASkippedFunctionThatCallsOneWithProbes() {
            Instrumented result = Instrumented.of("""
                    define i32 @probed(i32 %x) {
                      ret i32 %x
                    }
                    define i32 @skipped(i32 %x) #0 {
                      %y = call i32 @probed(i32 %x)
                      ret i32 %y
                    }
                    define i32 @skippedLeaf(i32 %x) #0 {
                      ret i32 %x
                    }
                    define available_externally i32 @elsewhere(i32 %x) #0 {
                      ret i32 %x
                    }
                    attributes #0 = { nounwind willreturn memory(none) }
                    """, Options.defaults().withSkip(List.of("skipped*")));

            assertThat(result.function("skipped").attributes().has("memory")).isFalse();
            assertThat(result.function("elsewhere").attributes().has("memory")).isFalse();
            assertThat(result.function("skippedLeaf").attributes().has("memory"))
                    .isTrue();
        }
    }

    @Nested
    @DisplayName("D8: after a long time without a probe handlers came back to back")
    class D8 {
        @Test
        void theNextDeadlineIsOneIntervalFromNow() {
            Instrumented result = Instrumented.of("""
                    define void @hook(i64 %clock) "jci-no-instrument" {
                      %n = load i64, ptr @called
                      %m = add i64 %n, 1
                      store i64 %m, ptr @called
                      ret void
                    }
                    @called = global i64 0
                    define void @f() {
                      ret void
                    }
                    """, Options.defaults().withAbi(ProbeAbi.LIBCI));
            Machine machine = new Machine(result.module(), Listener.NONE);
            machine.setGlobal("LocalLC", 1_000_000);
            machine.setGlobal("NextInterval", 1000);
            machine.setGlobal("ci_ir_interval", 1000);
            machine.setGlobal("intvActionHook", machine.addressOf("hook"));

            for (int i = 0; i < 100; i++) {
                machine.call("f");
            }

            assertThat(machine.global("called")).isEqualTo(1);
        }
    }

    @Nested
    @DisplayName("D9: every module defined a variable of the runtime, or none did")
    class D9 {
        @ParameterizedTest
        @EnumSource(ProbeAbi.class)
        void theRuntimeOwnsAllOfThem(ProbeAbi abi) {
            Instrumented result = Instrumented.of(
                    "define void @f() {\n  ret void\n}\n", Options.defaults().withAbi(abi));

            assertThat(result.module().globals()).isNotEmpty().allMatch(GlobalVariable::isDeclaration);
        }
    }

    @Nested
    @DisplayName("D10: cost tables lost their strings, and long lines hung the reader")
    class D10 {
        @Test
        void linesMayBeLong() {
            String name = "_ZN" + "x".repeat(1000);

            assertThat(CostFiles.readCosts(List.of("Cost File", name + ":12"))).isEqualTo(Map.of(name, 12L));
        }
    }

    @Nested
    @DisplayName("D11: the header of a constant loop was counted twice")
    class D11 {
        @Test
        void aConstantLoopCostsWhatItDoes() {
            Instrumented.of("""
                    define i64 @f0(i64 %x) {
                    entry:
                      br label %header
                    header:
                      %i = phi i64 [ 0, %entry ], [ %next, %body ]
                      %more = icmp ult i64 %i, 7
                      br i1 %more, label %body, label %done
                    body:
                      %next = add i64 %i, 1
                      br label %header
                    done:
                      ret i64 %i
                    }
                    """).countsExactly();
        }
    }

    @Nested
    @DisplayName("D12, D13: errors of averages added up")
    class D13 {
        /** Branches one behind the other; the first way of each costs more, and is taken when the bits of the argument say so. */
        private static String branches(int count, int difference) {
            StringBuilder text = new StringBuilder(CELL + "define i64 @f0(i64 %x) {\n  br label %b0\n");
            for (int i = 0; i < count; i++) {
                text.append("b" + i + ":\n  %c" + i + " = icmp ne i64 %x, " + (i % 2 == 0 ? i : 37) + "\n");
                text.append("  br i1 %c" + i + ", label %then" + i + ", label %b" + (i + 1) + "\nthen" + i + ":\n");
                text.append(work("w" + i + "_", difference)).append("  br label %b" + (i + 1) + "\n");
            }
            return text.append("b" + count + ":\n  ret i64 %x\n}\n").toString();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 10, 100})
        void noneIsMadeUnlessAsked(int count) {
            Instrumented.of(branches(count, 3)).countsExactly();
        }

        @Test
        void theAccumulatedIntervalIsWhatTheDeviationBounds() {
            Instrumented narrow =
                    Instrumented.of(branches(100, 1), Options.defaults().withAllowedDeviation(3));
            Instrumented wide =
                    Instrumented.of(branches(100, 1), Options.defaults().withAllowedDeviation(30));

            long counts =
                    (long) wide.reportOf("f0").counters() + wide.reportOf("f0").probes();
            assertThat(counts)
                    .as("each third branch is counted on its ways, or each tenth")
                    .isLessThan((narrow.reportOf("f0").counters()
                                    + narrow.reportOf("f0").probes())
                            / 2)
                    .isPositive();
            assertThat(Math.abs(wide.after().clock() - wide.before().work()))
                    .as("each count is off by no more than the deviation")
                    .isLessThanOrEqualTo(30 * counts / 2);
        }
    }

    @Nested
    @DisplayName("D14: products of trip counts and costs overflowed")
    class D14 {
        @Test
        void aNestOfLoopsWithHugeConstantCountsHasProbes() {
            Instrumented result = Instrumented.of("""
                    define void @f(ptr %p) {
                    entry:
                      br label %outer
                    outer:
                      %i = phi i64 [ 0, %entry ], [ %inext, %latch ]
                      br label %inner
                    inner:
                      %j = phi i64 [ 0, %outer ], [ %jnext, %inner ]
                      store volatile i64 %j, ptr %p
                      %jnext = add nuw nsw i64 %j, 1
                      %jmore = icmp ult i64 %jnext, 4611686018427387904
                      br i1 %jmore, label %inner, label %latch
                    latch:
                      %inext = add nuw nsw i64 %i, 1
                      %imore = icmp ult i64 %inext, 4611686018427387904
                      br i1 %imore, label %outer, label %done
                    done:
                      ret void
                    }
                    """);

            assertThat(result.reportOf("f").probes()).isGreaterThanOrEqualTo(2);
            assertThat(result.text()).doesNotContainPattern("sub i64 %ci[^,]*, -");
        }

        @Test
        void hugeCostsSaturate() {
            Instrumented result = Instrumented.of("""
                    declare void @llvm.memset.p0.i64(ptr, i8, i64, i1)
                    define void @f(ptr %p) {
                      call void @llvm.memset.p0.i64(ptr %p, i8 0, i64 9223372036854775807, i1 false)
                      call void @llvm.memset.p0.i64(ptr %p, i8 0, i64 9223372036854775807, i1 false)
                      ret void
                    }
                    """);

            assertThat(result.reportOf("f").probes()).isGreaterThanOrEqualTo(2);
            assertThat(result.text()).doesNotContainPattern("sub i64 %ci[^,]*, -");
        }
    }

    @Nested
    @DisplayName("D15: the allowed deviation was always the commit interval")
    class D15 {
        @Test
        void theyAreTwoOptions() {
            String source = D13.branches(4, 2);

            assertThat(Instrumented.of(source, every(1000)).reportOf("f0").probes())
                    .isGreaterThan(1);
            assertThat(Instrumented.of(source, every(1000).withAllowedDeviation(100))
                            .reportOf("f0")
                            .probes())
                    .isEqualTo(1);
        }
    }

    @Nested
    @DisplayName("D16: debug information and other marks cost something, copies of any size the same")
    class D16 {
        @Test
        void marksCostNothing() {
            Instrumented marked = Instrumented.of("""
                    declare void @llvm.dbg.value(metadata, metadata, metadata)
                    declare void @llvm.lifetime.start.p0(i64, ptr)
                    declare void @llvm.lifetime.end.p0(i64, ptr)
                    declare void @llvm.assume(i1)
                    define void @f(i1 %c) {
                      %a = alloca i64
                      call void @llvm.lifetime.start.p0(i64 8, ptr %a)
                      call void @llvm.dbg.value(metadata i32 0, metadata !0, metadata !DIExpression())
                      call void @llvm.assume(i1 %c)
                      call void @llvm.lifetime.end.p0(i64 8, ptr %a)
                      ret void
                    }
                    !0 = !{}
                    """);

            assertThat(marked.text()).as("the return").contains("sub i64 %ci.countdown, 1");
        }

        @Test
        void largerCopiesCostMore() {
            Instrumented result = Instrumented.of("""
                    declare void @llvm.memcpy.p0.p0.i64(ptr, ptr, i64, i1)
                    define void @small(ptr %p, ptr %q) {
                      call void @llvm.memcpy.p0.p0.i64(ptr %p, ptr %q, i64 16, i1 false)
                      ret void
                    }
                    define void @large(ptr %p, ptr %q) {
                      call void @llvm.memcpy.p0.p0.i64(ptr %p, ptr %q, i64 1600, i1 false)
                      ret void
                    }
                    """);

            assertThat(result.text())
                    .as("1, a step for each 16 bytes, the return")
                    .contains("sub i64 %ci.countdown, 3")
                    .contains("sub i64 %ci.countdown, 102");
        }
    }

    @Nested
    @DisplayName("D18: some modes that were offered did nothing sensible")
    class D18 {
        private static final String SOURCE = "define i64 @f0(i64 %x) {\n  ret i64 %x\n}\n";

        @ParameterizedTest
        @EnumSource(Mode.class)
        void everyModeCounts(Mode mode) {
            assertThat(Instrumented.of(SOURCE, Options.defaults().withMode(mode))
                            .reportOf("f0")
                            .probes())
                    .isEqualTo(mode == Mode.CNB ? 0 : 1);
        }

        @Test
        void whatCannotBeDoneIsRefused() {
            Options cycles = Options.defaults().withMode(Mode.CI_CYCLES).withAbi(ProbeAbi.LIBCI);

            assertThatThrownBy(() -> Instrumented.of(SOURCE, cycles))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ci-cycles");
        }
    }

    @Nested
    @DisplayName("D20: there were probes where nothing runs, and probes of nothing")
    class D20 {
        @ParameterizedTest
        @EnumSource(
                value = Mode.class,
                names = {"EXACT", "CNB"},
                mode = EnumSource.Mode.EXCLUDE)
        void aBlockThatEndsTheProgramGetsNone(Mode mode) {
            Instrumented result = Instrumented.of("""
                    define i64 @f(i1 %bad) {
                      br i1 %bad, label %dead, label %fine
                    dead:
                      unreachable
                    fine:
                      ret i64 0
                    }
                    """, Options.defaults().withMode(mode));

            assertThat(result.text()).containsPattern("dead:\\s+unreachable");
        }

        @ParameterizedTest
        @EnumSource(Mode.class)
        void anInstructionThatCostsMoreThanTheIntervalLeadsToNoEmptyCommit(Mode mode) {
            Instrumented result = Instrumented.of("""
                    declare i64 @lib(i64)
                    define i64 @f0(i64 %x) {
                      %a = call i64 @lib(i64 %x)
                      %b = call i64 @lib(i64 %a)
                      ret i64 %b
                    }
                    """, every(10).withMode(mode));

            assertThat(result.text()).doesNotContainPattern("sub i64 %ci[.a-z0-9]*, 0\\b");
        }
    }
}
