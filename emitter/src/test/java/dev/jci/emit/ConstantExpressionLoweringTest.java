package dev.jci.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.Diagnostic;
import dev.jci.ir.Module;
import dev.jci.ir.verify.Verifier;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Constant expressions that newer LLVMs took away, rewritten as instructions or computed. */
class ConstantExpressionLoweringTest {
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

    private static List<Diagnostic> refusals(int version, String text) {
        Module module = Reprint.read(text);
        Lowering.prepare(module, version);
        try {
            return List.of(Diagnostic.error(LlvmIrPrinter.print(module, PrintOptions.forLlvm(version)), -1));
        } catch (UnprintableException refused) {
            return refused.diagnostics();
        }
    }

    @Test
    void instructionTakesThePlaceBeforeItsUser() {
        assertThat(converted(19, """
                @g = global i32 0

                define i1 @f() {
                  %1 = load i32, ptr @g, align 4
                  %2 = xor i1 icmp eq (ptr @f, ptr @g), true
                  ret i1 %2
                }
                """)).isEqualTo("""
                @g = global i32 0

                define i1 @f() {
                  %1 = load i32, ptr @g, align 4
                  %2 = icmp eq ptr @f, @g
                  %3 = xor i1 %2, true
                  ret i1 %3
                }
                """);
    }

    @Test
    void whatIsInsideStaysAConstantAndWhatIsAroundBecomesInstructions() {
        assertThat(converted(19, """
                @g = global i32 0

                define i64 @f() {
                  ret i64 add (i64 shl (i64 ptrtoint (ptr @g to i64), i64 3), i64 5)
                }
                """)).isEqualTo("""
                @g = global i32 0

                define i64 @f() {
                  %1 = shl i64 ptrtoint (ptr @g to i64), 3
                  %2 = add i64 %1, 5
                  ret i64 %2
                }
                """);
    }

    @Test
    void aVersionThatHasTheExpressionKeepsIt() {
        String text = """
                @g = global i32 0

                define i64 @f() {
                  ret i64 shl (i64 ptrtoint (ptr @g to i64), i64 3)
                }
                """;
        assertThat(converted(18, text)).isEqualTo(text);
    }

    @Test
    void elementPointerAroundAndAggregatesAroundBecomeInstructions() {
        assertThat(converted(19, """
                @g = global [9 x i32] zeroinitializer

                define ptr @f() {
                  ret ptr getelementptr inbounds (i32, ptr @g, i64 lshr (i64 ptrtoint (ptr @g to i64), i64 60))
                }

                define { i64, i64 } @s() {
                  ret { i64, i64 } { i64 7, i64 lshr (i64 ptrtoint (ptr @g to i64), i64 60) }
                }

                define <2 x i64> @v() {
                  ret <2 x i64> <i64 lshr (i64 ptrtoint (ptr @g to i64), i64 60), i64 7>
                }
                """)).isEqualTo("""
                @g = global [9 x i32] zeroinitializer

                define ptr @f() {
                  %1 = lshr i64 ptrtoint (ptr @g to i64), 60
                  %2 = getelementptr inbounds i32, ptr @g, i64 %1
                  ret ptr %2
                }

                define { i64, i64 } @s() {
                  %1 = lshr i64 ptrtoint (ptr @g to i64), 60
                  %2 = insertvalue { i64, i64 } { i64 7, i64 poison }, i64 %1, 1
                  ret { i64, i64 } %2
                }

                define <2 x i64> @v() {
                  %1 = lshr i64 ptrtoint (ptr @g to i64), 60
                  %2 = insertelement <2 x i64> <i64 poison, i64 7>, i64 %1, i32 0
                  ret <2 x i64> %2
                }
                """);
    }

    @Test
    void phiTakesItFromTheEndOfTheBlockBeforeOnceForAllEdges() {
        assertThat(converted(19, """
                @g = global i32 0

                define i1 @f(i32 %x) {
                entry:
                  switch i32 %x, label %other [
                    i32 0, label %end
                    i32 1, label %end
                  ]

                other:
                  br label %end

                end:
                  %r = phi i1 [ icmp eq (ptr @g, ptr @f), %entry ], [ icmp eq (ptr @g, ptr @f), %entry ], [ false, %other ]
                  ret i1 %r
                }
                """)).isEqualTo("""
                @g = global i32 0

                define i1 @f(i32 %x) {
                entry:
                  %0 = icmp eq ptr @g, @f
                  switch i32 %x, label %other [
                    i32 0, label %end
                    i32 1, label %end
                  ]

                other:
                  br label %end

                end:
                  %r = phi i1 [ %0, %entry ], [ %0, %entry ], [ false, %other ]
                  ret i1 %r
                }
                """);
    }

    @Test
    void whatMayTrapIsNotExecutedOnOtherEdges() {
        assertThat(converted(15, """
                @g = global i32 0

                define i64 @f(i1 %x) {
                entry:
                  br i1 %x, label %other, label %end

                other:
                  br label %end

                end:
                  %r = phi i64 [ udiv (i64 7, i64 ptrtoint (ptr @g to i64)), %entry ], [ 0, %other ]
                  ret i64 %r
                }
                """))
                .isEqualTo("""
                @g = global i32 0

                define i64 @f(i1 %x) {
                entry:
                  br i1 %x, label %other, label %1

                0:
                  %2 = udiv i64 7, ptrtoint (ptr @g to i64)
                  br label %end

                other:
                  br label %end

                end:
                  %r = phi i64 [ 0, %other ], [ %2, %0 ]
                  ret i64 %r
                }
                """.replace("label %1\n", "label %0\n").replace("%2", "%1"));
    }

    @Test
    void invokeComputesWhatItsEdgesBringBeforeItself() {
        assertThat(converted(19, """
                @g = global i32 0

                define i1 @f() personality ptr @p {
                entry:
                  invoke void @h()
                          to label %end unwind label %pad

                pad:
                  %r = phi i1 [ icmp eq (ptr @g, ptr @f), %entry ]
                  %l = landingpad { ptr, i32 }
                          cleanup
                  ret i1 %r

                end:
                  ret i1 false
                }

                declare i32 @p(...)

                declare void @h()
                """))
                .contains("entry:\n  %0 = icmp eq ptr @g, @f\n  invoke void @h()", "phi i1 [ %0, %entry ]");
    }

    @Test
    void operandsOfPadsAreComputedAtTheBeginningOfTheFunction() {
        assertThat(converted(19, """
                @g = global i32 0

                define void @f() personality ptr @p {
                entry:
                  invoke void @h()
                          to label %end unwind label %pad

                pad:
                  %c = cleanuppad within none [i1 icmp eq (ptr @g, ptr @f)]
                  cleanupret from %c unwind to caller

                end:
                  ret void
                }

                declare i32 @p(...)

                declare void @h()
                """))
                .contains("entry:\n  %0 = icmp eq ptr @g, @f\n  invoke", "cleanuppad within none [i1 %0]");
    }

    @Test
    void initializersAreComputedExactly() {
        assertThat(converted(22, """
                @shift = global i32 lshr (i32 -1, i32 28)
                @quotient = global i8 udiv (i8 -1, i8 2)
                @rest = global i8 srem (i8 -7, i8 4)
                @product = global i128 mul (i128 170141183460469231731687303715884105727, i128 3)
                @wide = global i64 sext (i8 -1 to i64)
                @both = global i32 select (i1 icmp ult (i32 -1, i32 1), i32 1, i32 2)
                @sum = global float fadd (float 0x3FB99999A0000000, float 0x3FC99999A0000000)
                @number = global double uitofp (i64 -1 to double)
                @whole = global i32 fptosi (double -2.5 to i32)
                @minus = global double fneg (double 0.0)
                @less = global i1 fcmp olt (float 1.0, float 2.0)
                @vector = global <2 x i8> and (<2 x i8> <i8 12, i8 10>, <2 x i8> <i8 10, i8 6>)
                @inner = global [2 x i16] [i16 or (i16 1, i16 2), i16 5]
                @element = global i8 extractvalue ({ i8, i16 } { i8 3, i16 4 }, 0)
                """)).isEqualTo("""
                @shift = global i32 15
                @quotient = global i8 127
                @rest = global i8 -3
                @product = global i128 170141183460469231731687303715884105725
                @wide = global i64 -1
                @both = global i32 2
                @sum = global float 0x3FD3333340000000
                @number = global double 0x43F0000000000000
                @whole = global i32 -2
                @minus = global double -0.000000e+00
                @less = global i1 true
                @vector = global <2 x i8> <i8 8, i8 2>
                @inner = global [2 x i16] [i16 3, i16 5]
                @element = global i8 3
                """);
    }

    @Test
    void halvesAreRoundedOnce() {
        // 2049.0000001 lies above the middle between the halves 2048 and 2050; rounded to a float first it would lie on
        // it.
        assertThat(converted(19, "@h = global half fptrunc (double 0x40A0020000000D6C to half)\n"))
                .isEqualTo("@h = global half 0xH6801\n");
    }

    @Test
    void whatAnInitializerCannotBeComputedFromIsRefusedWithItsPlace() {
        assertThat(refusals(19, """
                @a = global i32 0
                @g = global i64 shl (i64 ptrtoint (ptr @a to i64), i64 3)
                """)).singleElement().satisfies(refusal -> {
            assertThat(refusal.message())
                    .isEqualTo(
                            "the constant expression shl cannot be printed for LLVM 19; LLVM 18 is the last that has it");
            assertThat(refusal.position()).isEqualTo(18);
        });
        assertThat(refusals(19, "@g = global i32 udiv (i32 1, i32 0)\n"))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.message()).contains("udiv"));
    }

    @Test
    void clausesOfLandingPadsTakeOnlyConstants() {
        assertThat(refusals(19, """
                @g = global i32 0

                define void @f() personality ptr @p {
                  invoke void @f()
                          to label %end unwind label %pad

                pad:
                  %l = landingpad { ptr, i32 }
                          catch ptr inttoptr (i64 shl (i64 ptrtoint (ptr @g to i64), i64 1) to ptr)
                  ret void

                end:
                  ret void
                }

                declare i32 @p(...)
                """))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.message()).contains("shl"));
    }

    @Test
    void debuggersAreToldNothing() {
        assertThat(converted(19, """
                @g = global i32 0

                define void @f() {
                    #dbg_value(i64 shl (i64 ptrtoint (ptr @g to i64), i64 3), !0, !DIExpression(), !1)
                  ret void
                }

                !0 = !{}
                !1 = !{}
                """)).contains("#dbg_value(i64 poison, !0");
    }
}
