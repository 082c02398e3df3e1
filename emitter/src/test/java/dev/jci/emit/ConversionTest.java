package dev.jci.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.CallBase;
import dev.jci.ir.Diagnostic;
import dev.jci.ir.Function;
import dev.jci.ir.Module;
import dev.jci.testsupport.NativeTool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversion to another LLVM beyond single words: intrinsics, debug information, layouts, and what is said about it. */
class ConversionTest {
    private static List<String> notes(int version, String text) {
        try {
            return LlvmIrPrinter.convert(Reprint.read(text), PrintOptions.forLlvm(version)).changes().stream()
                    .map(Diagnostic::message)
                    .toList();
        } catch (UnprintableException refused) {
            throw new AssertionError(refused);
        }
    }

    @Test
    void notesSayOnceWhatWasChangedAndHowOften() {
        String text = """
                declare void @f(ptr captures(none), ptr captures(address)) memory(none)

                define i8 @g(i32 %x) {
                  %1 = trunc nuw i32 %x to i8
                  %2 = trunc nuw i32 %x to i8
                  ret i8 %2
                }
                """;
        assertThat(notes(15, text))
                .containsExactly(
                        "wrote captures(none) as nocapture",
                        "dropped the attribute captures, LLVM 21 is the first that has it",
                        "wrote memory(none) as readnone",
                        "dropped trunc nuw, LLVM 19 is the first that has it (2 times)");
        assertThat(notes(22, text)).isEmpty();
    }

    @Test
    void intrinsicsAreToldWhatPointersPointToWhenTypesDoNotSay() {
        String text = """
                define i32 @f(i32* %p) {
                  %1 = call i32 @llvm.arm.ldrex.p0i32(i32* %p)
                  %2 = call i32 @llvm.arm.strex.p0i32(i32 %1, i32* %p)
                  ret i32 %2
                }

                declare i32 @llvm.arm.ldrex.p0i32(i32*)

                declare i32 @llvm.arm.strex.p0i32(i32, i32*)
                """;
        assertThat(Reprint.forLlvm(19, text))
                .contains(
                        "call i32 @llvm.arm.ldrex.p0i32(ptr elementtype(i32) %p)",
                        "call i32 @llvm.arm.strex.p0i32(i32 %1, ptr elementtype(i32) %p)");
        assertThat(Reprint.asWritten(text)).doesNotContain("elementtype");
    }

    @Test
    void whatAnOlderLlvmDoesNotVerifyIsRefusedByName() {
        assertThat(Reprint.refusals(17, """
                define <2 x ptr> @f(<2 x ptr> %p, <2 x i64> %m) {
                  %r = call <2 x ptr> @llvm.ptrmask.v2p0.v2i64(<2 x ptr> %p, <2 x i64> %m)
                  ret <2 x ptr> %r
                }

                declare <2 x ptr> @llvm.ptrmask.v2p0.v2i64(<2 x ptr>, <2 x i64>)
                """))
                .singleElement()
                .asString()
                .contains("llvm.ptrmask.v2p0.v2i64 with these parameters", "LLVM 19");
        assertThat(Reprint.refusals(18, """
                define void @f(ptr %p, i64 %n) {
                  call void @llvm.memset.inline.p0.i64(ptr %p, i8 0, i64 %n, i1 false)
                  ret void
                }

                declare void @llvm.memset.inline.p0.i64(ptr, i8, i64, i1 immarg)
                """))
                .singleElement()
                .asString()
                .contains("of a length that is no constant", "LLVM 19");
        assertThat(Reprint.refusals(15, """
                declare ptr addrspace(1) @llvm.ptr.annotation.p1.p1(ptr addrspace(1), ptr addrspace(1), ptr addrspace(1), i32, ptr addrspace(1))
                """)).singleElement().asString().contains("with these parameters", "LLVM 16");
        assertThat(Reprint.refusals(15, """
                @f = ifunc void (), ptr addrspace(1) @resolver

                define ptr addrspace(1) @resolver() addrspace(1) {
                  ret ptr addrspace(1) null
                }
                """)).isNotEmpty();
    }

    @Test
    void aCallSaysWhichAddressSpaceItGoesInto() throws UnprintableException {
        String text = """
                target datalayout = "P1"

                define void @f(ptr %p) addrspace(0) {
                  call addrspace(0) void %p()
                  call addrspace(1) void @g()
                  ret void
                }

                declare void @g() addrspace(1)
                """;
        assertThat(Reprint.asWritten(text)).isEqualTo(text);
        Module module = Reprint.read(text);
        Function caller = module.functions().get(0);
        assertThat(caller.entry().first()).isInstanceOfSatisfying(CallBase.class, call -> {
            call.setOperand(0, module.functions().get(1));
            call.setFunctionType(module.functions().get(1).functionType());
        });
        assertThat(LlvmIrPrinter.print(module, PrintOptions.AS_WRITTEN)).doesNotContain("call addrspace(0)");
    }

    @Test
    void splatsOfScalableVectorsWereShuffles() {
        assertThat(Reprint.forLlvm(18, """
                define <vscale x 2 x i32> @f() {
                  ret <vscale x 2 x i32> splat (i32 7)
                }
                """))
                .contains(
                        "ret <vscale x 2 x i32> shufflevector (<vscale x 2 x i32> insertelement (<vscale x 2 x i32> poison, i32 7,"
                                + " i32 0), <vscale x 2 x i32> poison, <vscale x 2 x i32> zeroinitializer)");
    }

    @Test
    void endsOfCoroutinesHadNoResults() {
        assertThat(Reprint.forLlvm(16, """
                define void @f(ptr %p) {
                  %1 = call i1 @llvm.coro.end(ptr %p, i1 false, token none)
                  ret void
                }

                declare i1 @llvm.coro.end(ptr, i1, token)
                """)).isEqualTo("""
                define void @f(ptr %p) {
                  %1 = call i1 @llvm.coro.end(ptr %p, i1 false)
                  ret void
                }

                declare i1 @llvm.coro.end(ptr, i1)
                """);
    }

    @Test
    void checksThatMayBeLeftOutAreMade() {
        assertThat(Reprint.forLlvm(18, """
                define i1 @f() {
                  %1 = call i1 @llvm.allow.runtime.check(metadata !"x")
                  ret i1 %1
                }

                declare i1 @llvm.allow.runtime.check(metadata)
                """))
                .contains("%1 = bitcast i1 true to i1")
                .doesNotContain("llvm.allow");
    }

    @Test
    void anIntrinsicThatBecomesAnotherOneOfTheModuleIsDeclaredOnce() {
        assertThat(Reprint.forLlvm(17, """
                declare ptr @llvm.stacksave()

                declare ptr @llvm.stacksave.p0()
                """))
                .containsOnlyOnce("declare ptr @llvm.stacksave()")
                .doesNotContain(".p0");
    }

    @Test
    void assignmentsWereValues() {
        assertThat(Reprint.forLlvm(15, """
                define void @f(i32 %x) {
                  call void @llvm.dbg.assign(metadata i32 %x, metadata !0, metadata !DIExpression(), metadata !1, metadata ptr null, metadata !DIExpression()), !dbg !2
                  ret void
                }

                declare void @llvm.dbg.assign(metadata, metadata, metadata, metadata, metadata, metadata)

                !0 = !{}
                !1 = distinct !DIAssignID()
                !2 = !{i32 1}
                """))
                .contains("call void @llvm.dbg.value(metadata i32 %x, metadata !0, metadata !DIExpression()), !dbg !2")
                .contains("declare void @llvm.dbg.value(metadata, metadata, metadata)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "16 | declare <4 x i64> @llvm.llrint.v4i64.v4f64(<4 x double>) | the intrinsic llvm.llrint.v4i64.v4f64 | 19",
                "16 | declare void @llvm.aarch64.sme.ldr(i32, ptr, i32) | the intrinsic llvm.aarch64.sme.ldr with these parameters | 19",
                "14 | declare <8 x i1> @llvm.vp.icmp.v8i32(<8 x i32>, <8 x i32>, metadata, <8 x i1>, i32)"
                        + " | the intrinsic llvm.vp.icmp.v8i32 | 15",
                "16 | declare ptr addrspace(5) @llvm.stacksave.p5() | the intrinsic llvm.stacksave.p5 | 18",
                "16 | declare float @llvm.amdgcn.raw.ptr.buffer.load.f32(ptr addrspace(8), i32, i32, i32)"
                        + " | the intrinsic llvm.amdgcn.raw.ptr.buffer.load.f32 | 17",
                "15 | @a = available_externally alias i32, ptr @g | an available_externally alias | 16",
            })
    void whatIsNotThereIsRefused(int version, String text, String what, int since) {
        assertThat(Reprint.refusals(version, text + "\n@g = external global i32\n"))
                .containsExactly(what + " cannot be printed for LLVM " + version + "; LLVM " + since
                        + " is the first that has it");
    }

    @Test
    void whatIsGoneAndNotUpgradedIsRefused() {
        String text = "declare <1 x i64> @llvm.x86.3dnow.pavgusb(<1 x i64>, <1 x i64>)\n";
        assertThat(Reprint.refusals(22, text))
                .containsExactly(
                        "the intrinsic llvm.x86.3dnow.pavgusb cannot be printed for LLVM 22; LLVM 17 is the last that has it");
        assertThat(Reprint.refusals(17, text)).isEmpty();
        assertThat(Reprint.refusals(22, "declare i8 @llvm.nvvm.bitcast.f2i(float)\n"))
                .isEmpty();
    }

    @Test
    void parametersThatAreGoneAndNotUpgradedAreRefused() {
        assertThat(Reprint.refusals(19, "declare <16 x i8> @llvm.s390.vaq(<16 x i8>, <16 x i8>)\n"))
                .containsExactly("the intrinsic llvm.s390.vaq with these parameters cannot be printed for LLVM 19;"
                        + " LLVM 18 is the last that has it");
        assertThat(Reprint.refusals(22, "declare i16 @llvm.nvvm.abs.bf16(i16)\n"))
                .isEmpty();
        assertThat(Reprint.refusals(22, "declare void @llvm.lifetime.start.p0(i64, ptr)\n"))
                .isEmpty();
    }

    @Test
    void destinationsOfCallbrWereDistinct() {
        String text = """
                define void @f() {
                  callbr void asm sideeffect "", ""()
                          to label %1 [label %2, label %2]

                1:
                  ret void

                2:
                  ret void
                }
                """;
        for (String again : new String[] {text, text.replace("[label %2, label %2]", "[label %2, label %1]")}) {
            assertThat(Reprint.refusals(14, again))
                    .containsExactly("callbr with a destination twice cannot be printed for LLVM 14;"
                            + " LLVM 15 is the first that has it");
        }
    }

    @Test
    void bundlesThatPromiseAreDroppedAndOthersRefused() {
        assertThat(Reprint.forLlvm(16, """
                define void @f(ptr %p, ptr %q) {
                  call void @llvm.assume(i1 true) [ "separate_storage"(ptr %p, ptr %q), "align"(ptr %p, i64 8) ]
                  ret void
                }

                declare void @llvm.assume(i1)
                """)).contains("call void @llvm.assume(i1 true) [ \"align\"(ptr %p, i64 8) ]\n");
        assertThat(Reprint.refusals(15, """
                define void @f(ptr %p) {
                  call void %p() [ "kcfi"(i32 7) ]
                  ret void
                }
                """))
                .containsExactly(
                        "the operand bundle kcfi cannot be printed for LLVM 15; LLVM 16 is the first that has it");
    }

    @Test
    void wordsOfDwarfWereNumbers() {
        assertThat(Reprint.forLlvm(15, "!0 = distinct !DICompileUnit(language: DW_LANG_C17, file: !1)\n!1 = !{}\n"))
                .contains("!DICompileUnit(language: 44, file: !1)");
        assertThat(
                        Reprint.forLlvm(
                                16,
                                "!0 = distinct !DICompileUnit(language: DW_LANG_C17, file: !1, nameTableKind: Apple)\n!1 = !{}\n"))
                .contains("!DICompileUnit(language: DW_LANG_C17, file: !1)");
        assertThat(Reprint.forLlvm(
                        21, "!0 = distinct !DICompileUnit(sourceLanguageName: DW_LNAME_Rust, file: !1)\n!1 = !{}\n"))
                .contains("!DICompileUnit(file: !1, language: DW_LANG_Rust)");
    }

    @Test
    void whereNoLocationCanBeDescribedThereIsNone() {
        String text = """
                define void @f(i32 %x, ptr %p) {
                    #dbg_value(i32 %x, !0, !DIExpression(DW_OP_LLVM_extract_bits_zext, 0, 3), !1)
                    #dbg_declare(ptr %p, !0, !DIExpression(DW_OP_LLVM_extract_bits_zext, 0, 3), !1)
                  ret void
                }

                !0 = !{}
                !1 = !{i32 1}
                """;
        assertThat(Reprint.forLlvm(18, text))
                .contains(
                        "call void @llvm.dbg.value(metadata i1 undef, metadata !0, metadata !DIExpression()), !dbg !1")
                .doesNotContain("call void @llvm.dbg.declare");
        assertThat(Reprint.forLlvm(19, text)).isEqualTo(text);
    }

    @Test
    void ordersOfUsesThatDoNotCountAnyMoreAreDropped() {
        String text = """
                define i8 @f(i32 %x) {
                  %1 = trunc nuw i32 %x to i8
                  %2 = trunc i32 %x to i8
                  %3 = add i8 %1, %2
                  ret i8 %3
                  ; uselistorder directives
                  uselistorder i32 %x, { 1, 0 }
                }
                """;
        assertThat(Reprint.forLlvm(19, text)).contains("uselistorder i32 %x, { 1, 0 }");
        assertThat(Reprint.forLlvm(18, text)).doesNotContain("uselistorder");
    }

    @Test
    void summariesThatCannotBeReadAreDropped() {
        String text = """
                ^0 = module: (path: "a.o", hash: (0, 0, 0, 0, 0))
                ^1 = gv: (name: "f", summaries: (variable: (module: ^0, flags: (linkage: external, importType: definition))))
                """;
        assertThat(Reprint.forLlvm(19, text)).contains("^1 = gv");
        assertThat(Reprint.forLlvm(16, text)).doesNotContain("^");
    }

    private static final String X86_64 =
            "target datalayout = \"e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128\"\n";

    @Test
    void layoutsAreThoseOfTheOlderLlvm() {
        assertThat(Reprint.forLlvm(17, X86_64)).isEqualTo(X86_64.replace("-i128:128", ""));
        assertThat(Reprint.forLlvm(18, X86_64)).isEqualTo(X86_64);
        assertThat(Reprint.forLlvm(22, X86_64.replace("-i128:128", ""))).isEqualTo(X86_64.replace("-i128:128", ""));
    }

    @Test
    void targetsThatHadTheSameLayoutInTurnAreToldByTheTriple() {
        String shared = "target datalayout = \"e-m:e-i8:8:32-i16:16:32-i64:64-i128:128-n32:64-S128\"\n";
        String arm = "target triple = \"aarch64-unknown-linux-gnu\"\n";
        String mips = "target triple = \"mips64el-unknown-linux-gnu\"\n";
        assertThat(Reprint.forLlvm(14, shared + arm)).isEqualTo(shared + arm);
        assertThat(Reprint.forLlvm(19, shared + arm)).isEqualTo(shared + arm);
        assertThat(Reprint.forLlvm(20, shared + mips)).isEqualTo(shared + mips);
        assertThat(Reprint.forLlvm(19, shared + mips)).isEqualTo(shared.replace("-i128:128", "") + mips);
        assertThat(Reprint.forLlvm(18, shared.replace("S128", "S128-Fn32") + arm))
                .isEqualTo(shared + arm);
    }

    @Test
    void alignmentsThatTheLayoutImpliedAreWritten() {
        assertThat(Reprint.forLlvm(17, X86_64 + """

                @g = global i128 0
                @h = global i128 0, align 4
                @i = global i64 0

                define void @f() {
                  %1 = alloca i128
                  ret void
                }
                """))
                .contains("@g = global i128 0, align 16\n@h = global i128 0, align 4\n@i = global i64 0\n")
                .contains("%1 = alloca i128, align 16\n");
    }

    @Test
    void structuresWhoseMembersWouldMoveAreRefused() {
        String text = X86_64 + "\n@g = global { i64, i128 } zeroinitializer, align 16\n";
        assertThat(Reprint.refusals(17, text))
                .containsExactly(
                        "a structure with a member that was aligned otherwise before cannot be printed for LLVM 17;"
                                + " LLVM 18 is the first that has it");
        assertThat(Reprint.refusals(17, text.replace("{ i64, i128 }", "{ i64, i64, i128 }")))
                .isEmpty();
    }

    /** Eight in each of eight in each of ...: whoever looks at every member never ends. */
    @Test
    void structuresThatStandInEachOtherManyTimesTakeNoTime() {
        StringBuilder text = new StringBuilder(X86_64).append('\n');
        for (int i = 0; i < 40; i++) {
            text.append("%").append(i).append(" = type { ");
            text.append(String.join(", ", Collections.nCopies(8, i == 39 ? "i1" : "%" + (i + 1))));
            text.append(" }\n");
        }
        text.append(
                "\n@size = constant i64 ptrtoint (ptr getelementptr (%0, ptr null, i32 1) to i64)\n@p = external global %0\n");
        assertThat(Reprint.forLlvm(16, text.toString())).contains("getelementptr (%0, ptr null, i32 1)");
    }

    /** A bit of everything that has another form in LLVM 22. */
    private static final String NEWEST = """
            target datalayout = "e-m:e-p270:32:32-p271:32:32-p272:64:64-i64:64-i128:128-f80:128-n8:16:32:64-S128"
            target triple = "x86_64-unknown-linux-gnu"

            @t = thread_local global i32 0, align 4
            @v = global <2 x i32> splat (i32 7), align 8

            define i32 @f(i32 range(i32 0, 9) %x, ptr captures(none) dead_on_return %p) memory(argmem: readwrite, errnomem: write) {
              %a = alloca i32, align 4
              call void @llvm.lifetime.start.p0(ptr nonnull %a)
              %b = trunc nuw nsw i32 %x to i8
              %c = zext nneg i8 %b to i32
              %d = getelementptr inbounds nuw i8, ptr %p, i32 %c
              %e = icmp samesign ult i32 %c, %x
              %g = call ptr @llvm.threadlocal.address.p0(ptr @t)
              %h = load <2 x i32>, ptr @v, align 8, !range !0
              %m = call <2 x i32> @llvm.masked.load.v2i32.p0(ptr align 8 %p, <2 x i1> splat (i1 true), <2 x i32> %h)
              %s = ptrtoaddr ptr %d to i64
              call void (...) @llvm.fake.use(i64 %s)
              %r = extractelement <2 x i32> %m, i32 0
              call void @llvm.lifetime.end.p0(ptr nonnull %a)
              ret i32 %r
            }

            declare void @llvm.lifetime.start.p0(ptr captures(none))

            declare void @llvm.lifetime.end.p0(ptr captures(none))

            declare nonnull ptr @llvm.threadlocal.address.p0(ptr nonnull)

            declare <2 x i32> @llvm.masked.load.v2i32.p0(ptr captures(none), <2 x i1>, <2 x i32>)

            declare void @llvm.fake.use(...)

            !0 = !{i32 0, i32 9}
            """;

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 19, 22})
    void llvmAcceptsWhatIsPrintedForIt(int version) throws IOException, InterruptedException {
        String assembler = new NativeTool("llvm-as-" + version).require().toString();
        List<String> command = version < 16
                ? List.of(assembler, "-opaque-pointers", "-o", "/dev/null", "-")
                : List.of(assembler, "-o", "/dev/null", "-");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(Reprint.forLlvm(version, NEWEST).getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
    }
}
