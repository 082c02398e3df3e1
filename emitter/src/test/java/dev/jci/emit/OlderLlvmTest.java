package dev.jci.emit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Printing for another LLVM: what is rewritten, what is dropped, what is refused. */
class OlderLlvmTest {
    @Test
    void capturesNoneWasNocapture() {
        String text = "declare void @f(ptr captures(none), ptr captures(address))\n";
        assertThat(Reprint.forLlvm(20, text)).isEqualTo("declare void @f(ptr nocapture, ptr)\n");
        assertThat(Reprint.forLlvm(21, text)).isEqualTo(text);
    }

    @Test
    void memoryEffectsHadWordsOfTheirOwn() {
        assertThat(Reprint.forLlvm(15, "declare void @f() memory(none)\n")).isEqualTo("declare void @f() readnone\n");
        assertThat(Reprint.forLlvm(15, "declare void @f() memory(read)\n")).isEqualTo("declare void @f() readonly\n");
        assertThat(Reprint.forLlvm(15, "declare void @f() memory(argmem: readwrite)\n"))
                .isEqualTo("declare void @f() argmemonly\n");
        assertThat(Reprint.forLlvm(15, "declare void @f() memory(argmem: write, inaccessiblemem: read)\n"))
                .isEqualTo("declare void @f() inaccessiblemem_or_argmemonly\n");
        assertThat(Reprint.forLlvm(15, "declare void @f() memory(read, inaccessiblemem: none)\n"))
                .isEqualTo("declare void @f() readonly\n");
        assertThat(Reprint.forLlvm(16, "declare void @f() memory(none)\n"))
                .isEqualTo("declare void @f() memory(none)\n");
    }

    @Test
    void locationsThatAreNotToldApartBecomeTheWeakerPromise() {
        String text = "declare void @f() memory(argmem: read, errnomem: write)\n";
        assertThat(Reprint.forLlvm(19, text))
                .isEqualTo("declare void @f() memory(write, argmem: read, inaccessiblemem: none)\n");
        assertThat(Reprint.forLlvm(15, text)).isEqualTo("declare void @f()\n");
    }

    @Test
    void promisesThatAreNotKnownAreDropped() {
        String text = """
                define i32 @f(i32 range(i32 0, 9) %x, float nofpclass(nan) %y, ptr dead_on_unwind writable %p) optdebug {
                  %1 = trunc nuw i32 %x to i8
                  %2 = zext nneg i8 %1 to i32
                  %3 = or disjoint i32 %x, 1
                  %4 = icmp samesign ult i32 %x, %3
                  %5 = getelementptr inbounds nuw i8, ptr %p, i32 %x
                  %6 = add nuw nsw i32 %x, %2
                  ret i32 %6
                }
                """;
        assertThat(Reprint.forLlvm(16, text)).isEqualTo("""
                define i32 @f(i32 %x, float %y, ptr %p) {
                  %1 = trunc i32 %x to i8
                  %2 = zext i8 %1 to i32
                  %3 = or i32 %x, 1
                  %4 = icmp ult i32 %x, %3
                  %5 = getelementptr inbounds i8, ptr %p, i32 %x
                  %6 = add nuw nsw i32 %x, %2
                  ret i32 %6
                }
                """);
    }

    @Test
    void groupsOfDroppedAttributesDisappear() {
        assertThat(Reprint.forLlvm(16, """
                declare void @f() #0

                attributes #0 = { optdebug }
                """)).isEqualTo("declare void @f()\n");
    }

    @Test
    void debugRecordsWereCalls() {
        String text = """
                define void @f(i32 %x) {
                    #dbg_value(i32 %x, !0, !DIExpression(), !1)
                  ret void
                }

                !0 = !{}
                !1 = !{i32 1}
                """;
        assertThat(Reprint.forLlvm(18, text)).isEqualTo("""
                define void @f(i32 %x) {
                  call void @llvm.dbg.value(metadata i32 %x, metadata !0, metadata !DIExpression()), !dbg !1
                  ret void
                }

                declare void @llvm.dbg.value(metadata, metadata, metadata)

                !0 = !{}
                !1 = !{i32 1}
                """);
        assertThat(Reprint.forLlvm(19, text)).isEqualTo(text);
    }

    @Test
    void lifetimeHadASize() {
        assertThat(Reprint.forLlvm(21, """
                define void @f() {
                  %p = alloca i32, align 4
                  call void @llvm.lifetime.start.p0(ptr nonnull %p)
                  ret void
                }

                declare void @llvm.lifetime.start.p0(ptr captures(none))
                """)).isEqualTo("""
                define void @f() {
                  %p = alloca i32, align 4
                  call void @llvm.lifetime.start.p0(i64 -1, ptr nonnull %p)
                  ret void
                }

                declare void @llvm.lifetime.start.p0(i64 immarg, ptr captures(none))
                """);
    }

    @Test
    void maskedLoadsHadTheirAlignmentAsAnArgument() {
        assertThat(Reprint.forLlvm(21, """
                define <2 x i32> @f(ptr %p, <2 x i1> %m) {
                  %r = call <2 x i32> @llvm.masked.load.v2i32.p0(ptr align 8 %p, <2 x i1> %m, <2 x i32> poison)
                  ret <2 x i32> %r
                }

                declare <2 x i32> @llvm.masked.load.v2i32.p0(ptr, <2 x i1>, <2 x i32>)
                """))
                .contains("(ptr align 8 %p, i32 8, <2 x i1> %m, <2 x i32> poison)")
                .contains("declare <2 x i32> @llvm.masked.load.v2i32.p0(ptr, i32 immarg, <2 x i1>, <2 x i32>)");
    }

    @Test
    void intrinsicsHadOtherNames() {
        String text = """
                define void @f(ptr %p) {
                  call void @llvm.va_start.p0(ptr %p)
                  %1 = call ptr @llvm.stacksave.p0()
                  ret void
                }

                declare void @llvm.va_start.p0(ptr)

                declare ptr @llvm.stacksave.p0()
                """;
        assertThat(Reprint.forLlvm(17, text)).isEqualTo(text.replace(".p0", ""));
        assertThat(Reprint.forLlvm(18, text)).isEqualTo(text.replace("va_start.p0", "va_start"));
        assertThat(Reprint.forLlvm(19, text)).isEqualTo(text);
    }

    @Test
    void threadLocalAddressIsTheVariable() {
        assertThat(Reprint.forLlvm(15, """
                @t = thread_local global i32 0

                define ptr @f() {
                  %1 = call ptr @llvm.threadlocal.address.p0(ptr @t)
                  ret ptr %1
                }

                declare ptr @llvm.threadlocal.address.p0(ptr)
                """)).isEqualTo("""
                @t = thread_local global i32 0

                define ptr @f() {
                  %1 = bitcast ptr @t to ptr
                  ret ptr %1
                }
                """);
    }

    @Test
    void splatsWereWrittenOut() {
        assertThat(Reprint.forLlvm(18, "@g = global <2 x i32> splat (i32 7)\n"))
                .isEqualTo("@g = global <2 x i32> <i32 7, i32 7>\n");
    }

    @Test
    void rangesOfElementPointersAreDropped() {
        assertThat(Reprint.forLlvm(18, "@g = global ptr getelementptr inrange(0, 4) (i8, ptr @g, i64 1)\n"))
                .isEqualTo("@g = global ptr getelementptr (i8, ptr @g, i64 1)\n");
    }

    @Test
    void typedPointersBecomeOpaqueWhereTheyAreNotReadAnyMore() {
        String text = """
                define i8* @f(i8** %p) {
                  %1 = load i8*, i8** %p, align 8
                  ret i8* %1
                }
                """;
        assertThat(Reprint.forLlvm(16, text)).isEqualTo(text);
        assertThat(Reprint.forLlvm(17, text)).isEqualTo("""
                define ptr @f(ptr %p) {
                  %1 = load ptr, ptr %p, align 8
                  ret ptr %1
                }
                """);
    }

    @Test
    void originOfBranchWeightsIsDropped() {
        assertThat(Reprint.forLlvm(18, "!0 = !{!\"branch_weights\", !\"expected\", i32 1, i32 2}\n"))
                .isEqualTo("!0 = !{!\"branch_weights\", i32 1, i32 2}\n");
    }

    @Test
    void leastModuleFlagsWereGreatestBefore() {
        assertThat(Reprint.forLlvm(14, """
                !llvm.module.flags = !{!0}

                !0 = !{i32 8, !"PIC Level", i32 2}
                """)).contains("!0 = !{i32 7, !\"PIC Level\", i32 2}");
    }

    @Test
    void whatWouldChangeTheMeaningIsRefusedByName() {
        assertThat(Reprint.refusals(19, """
                define void @f(ptr %p) {
                  %1 = atomicrmw usub_sat ptr %p, i32 1 seq_cst, align 4
                  ret void
                }
                """))
                .containsExactly("atomicrmw usub_sat cannot be printed for LLVM 19; LLVM 20 is the first that has it");
        assertThat(Reprint.refusals(16, "declare preserve_nonecc void @f()\n"))
                .containsExactly(
                        "the calling convention preserve_nonecc cannot be printed for LLVM 16; LLVM 19 is the first that has it");
        assertThat(Reprint.refusals(16, "declare i8 @llvm.ucmp.i8.i32(i32, i32)\n"))
                .containsExactly(
                        "the intrinsic llvm.ucmp.i8.i32 cannot be printed for LLVM 16; LLVM 19 is the first that has it");
        assertThat(Reprint.refusals(
                        17, "@g = global i64 udiv (i64 ptrtoint (i8* @h to i64), i64 3)\n@h = global i8 0\n"))
                .containsExactly(
                        "the constant expression udiv cannot be printed for LLVM 17; LLVM 14 is the last that has it");
    }
}
