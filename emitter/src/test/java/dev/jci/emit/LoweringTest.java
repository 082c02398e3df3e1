package dev.jci.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.Module;
import dev.jci.ir.verify.Verifier;
import org.junit.jupiter.api.Test;

/** Instructions that one LLVM has and another has not. */
class LoweringTest {
    private static String converted(int version, String text) {
        Module module = Reprint.read(text);
        Lowering.prepare(module, version);
        assertThat(Verifier.verify(module)).isEmpty();
        try {
            return LlvmIrPrinter.print(module, PrintOptions.forLlvm(version));
        } catch (UnprintableException refused) {
            throw new AssertionError(refused);
        }
    }

    @Test
    void comparesWithThreeResultsAreADifferenceOfTwo() {
        String text = """
                define i8 @f(i32 %a, i32 %b) {
                  %r = call i8 @llvm.ucmp.i8.i32(i32 %a, i32 %b)
                  ret i8 %r
                }

                declare i8 @llvm.ucmp.i8.i32(i32, i32)
                """;
        assertThat(converted(19, text)).isEqualTo(text);
        assertThat(converted(18, text)).isEqualTo("""
                define i8 @f(i32 %a, i32 %b) {
                  %1 = icmp ugt i32 %a, %b
                  %2 = icmp ult i32 %a, %b
                  %3 = zext i1 %1 to i8
                  %4 = zext i1 %2 to i8
                  %r = sub i8 %3, %4
                  ret i8 %r
                }
                """);
        assertThat(converted(18, text.replace("ucmp", "scmp"))).contains("icmp sgt", "icmp slt");
    }

    @Test
    void exchangesOfPointersAreOfNumbers() {
        String text = """
                define ptr @f(ptr %p, ptr %q) {
                  %r = atomicrmw xchg ptr %p, ptr %q syncscope("one") acquire, align 8
                  ret ptr %r
                }
                """;
        assertThat(converted(15, text)).isEqualTo(text);
        assertThat(converted(14, text)).isEqualTo("""
                define ptr @f(ptr %p, ptr %q) {
                  %1 = ptrtoint ptr %q to i64
                  %2 = atomicrmw xchg ptr %p, i64 %1 syncscope("one") acquire, align 8
                  %r = inttoptr i64 %2 to ptr
                  ret ptr %r
                }
                """);
    }

    private static final String WITH_CONSTRAINT = """
            define i32 @f(i32 %x) {
              %1 = callbr i32 asm "# $0 $1 ${2:l}", "=r,r,!i,~{memory}"(i32 %x)
                      to label %2 [label %3]

            2:
              ret i32 %1

            3:
              ret i32 0
            }
            """;

    private static final String WITH_ARGUMENT =
            WITH_CONSTRAINT.replace("!i", "i").replace("(i32 %x)\n ", "(i32 %x, ptr blockaddress(@f, %3))\n ");

    @Test
    void labelsOfCallbrAreArgumentsUpToLlvm14AndConstraintsLater() {
        assertThat(converted(14, WITH_CONSTRAINT)).isEqualTo(WITH_ARGUMENT);
        assertThat(converted(15, WITH_ARGUMENT)).isEqualTo(WITH_CONSTRAINT);
        assertThat(converted(15, WITH_CONSTRAINT)).isEqualTo(WITH_CONSTRAINT);
        assertThat(converted(14, WITH_ARGUMENT)).isEqualTo(WITH_ARGUMENT);
    }

    @Test
    void manyPhisAreLookedAtOnce() {
        StringBuilder text = new StringBuilder("define void @f(i1 %c) {\n  br label %loop\n\nloop:\n");
        for (int i = 0; i < 200_000; i++) {
            text.append("  %p").append(i).append(" = phi i32 [ 0, %0 ], [ 1, %loop ]\n");
        }
        text.append("  br i1 %c, label %loop, label %end\n\nend:\n  ret void\n}\n");
        assertThat(converted(14, text.toString())).isEqualTo(text.toString());
    }
}
