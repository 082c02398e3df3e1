package dev.jci.emit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is rare in files but must mean the same when it is printed again. */
class RoundTripTest {
    @Test
    void anIntrinsicWithoutDeclarationStaysWithoutOneWhereLlvmAllowsIt() {
        String text = """
                define i16 @f(i8 %x, i16 %y) {
                  %a = call i8 @llvm.umax.i8(i8 %x, i8 3)
                  %b = call i16 @llvm.umax.i8(i16 %y, i16 7)
                  ret i16 %b
                }
                """;

        assertThat(Reprint.forLlvm(19, text)).doesNotContain("declare").contains("call i16 @llvm.umax.i8(i16");
        assertThat(Reprint.refusals(16, text))
                .containsExactly(
                        "calls of different types of llvm.umax.i8 without declarations cannot be printed for LLVM 16;"
                                + " LLVM 19 is the first that has it");
        assertThat(Reprint.forLlvm(16, text.replace("call i16 @llvm.umax.i8(i16 %y, i16 7)", "add i16 %y, 7")))
                .contains("declare i8 @llvm.umax.i8(i8, i8)");
    }

    @Test
    void theProgramAddressSpaceIsThatOfFunctionsThatNameNone() {
        String text = """
                target datalayout = "P1"

                @i = ifunc void (), ptr @resolver

                define ptr @resolver() addrspace(0) {
                  ret ptr null
                }

                define void @plain(ptr addrspace(1) %0) {
                  call void %0()
                  ret void
                }
                """;

        assertThat(Reprint.asWritten(text))
                .contains("define ptr @resolver() addrspace(0) {")
                .contains("define void @plain(ptr addrspace(1) %0) addrspace(1) {");
    }

    @Test
    void aSymbolicAddressSpaceBecomesItsNumber() {
        String text = """
                target datalayout = "A5-G1"
                @g = addrspace("G") global i32 0
                define void @f() {
                  %a = alloca i32, addrspace("A")
                  ret void
                }
                """;

        assertThat(Reprint.asWritten(text))
                .contains("@g = addrspace(1) global i32 0")
                .contains("%a = alloca i32, addrspace(5)");
    }

    @Test
    void tooManyDigitsOfADoubleMakeItZeroAsInLlvm() {
        assertThat(Reprint.asWritten("@d = global double 0x1397723CCABD0000401C666660000000"))
                .contains("@d = global double 0.000000e+00");
    }

    @Test
    void anInsertvalueExpressionMayHaveTheTypeOfTheElement() {
        String text = """
                @a = global i32 0
                @b = global i8 insertvalue ({ i8 } select (i1 ptrtoint (ptr @a to i1), { i8 } { i8 1 }, { i8 } { i8 2 }), i8 0, 0)
                """;

        assertThat(Reprint.asWritten(text)).contains("@b = global i8 insertvalue");
    }

    @Test
    void theLastDefinitionOfAnAttributeGroupHolds() {
        assertThat(Reprint.asWritten("""
                declare void @f() #0

                attributes #0 = { noinline nounwind }
                attributes #0 = { nounwind uwtable }
                """)).isEqualTo("""
                declare void @f() #0

                attributes #0 = { nounwind uwtable }
                """);
    }
}
