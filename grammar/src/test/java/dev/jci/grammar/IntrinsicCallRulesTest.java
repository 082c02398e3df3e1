package dev.jci.grammar;

import static dev.jci.grammar.Verdicts.accepts;
import static dev.jci.grammar.Verdicts.rejects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of intrinsics whose arguments must fit more than their types. */
class IntrinsicCallRulesTest {
    private static String call(String callee, String arguments) {
        int at = callee.indexOf('@');
        return """
                define void @f(<4 x i32> %%a, <4 x i32> %%b, <4 x float> %%x, <8 x i32> %%w, <4 x i1> %%m, ptr %%p, float %%s, i32 %%n) {
                  %%r = call %s@%s(%s)
                  ret void
                }
                """.formatted(callee.substring(0, at), callee.substring(at + 1), arguments);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    <4 x i32> @llvm.matrix.transpose.v4i32; <4 x i32> %a, i32 3, i32 2; Result of a matrix operation does not fit in the returned vector!
                    <4 x i32> @llvm.matrix.transpose.v4i32.v4f32; <4 x float> %x, i32 2, i32 2; Vector element type mismatch of the result and first operand vector!
                    <4 x i32> @llvm.matrix.multiply.v4i32.v4i32.v4i32; <4 x i32> %a, <4 x i32> %b, i32 2, i32 1, i32 2; First argument of a matrix operation does not match specified shape!
                    <4 x i32> @llvm.matrix.multiply.v4i32.v4i32.v4f32; <4 x i32> %a, <4 x float> %x, i32 2, i32 2, i32 2; Vector element type mismatch of the result and second operand vector!
                    <4 x i32> @llvm.matrix.column.major.load.v4i32.i64; ptr %p, i64 1, i1 true, i32 2, i32 2; Stride must be greater or equal than the number of rows!
                    <4 x i32> @llvm.vector.splice.v4i32; <4 x i32> %a, <4 x i32> %b, i32 4; The splice index exceeds the range [-VL, VL-1] where VL is the known minimum number of elements in the vector. For scalable vectors the minimum number of elements is determined from vscale_range.
                    <4 x i1> @llvm.experimental.stepvector.v4i1; ; experimental_stepvector only supported for vectors of integers with a bitwidth of at least 8.
                    <8 x i32> @llvm.vector.insert.v8i32.v4f32; <8 x i32> %w, <4 x float> %x, i64 0; vector_insert parameters must have the same element type.
                    <8 x i32> @llvm.vector.insert.v8i32.v4i32; <8 x i32> %w, <4 x i32> %a, i64 2; vector_insert index must be a constant multiple of the subvector's known minimum vector length.
                    <8 x i32> @llvm.vector.insert.v8i32.v4i32; <8 x i32> %w, <4 x i32> %a, i64 8; subvector operand of vector_insert would overrun the vector being inserted into.
                    <4 x float> @llvm.vector.extract.v4f32.v8i32; <8 x i32> %w, i64 0; vector_extract result must have the same element type as the input vector.
                    <4 x i32> @llvm.vector.extract.v4i32.v8i32; <8 x i32> %w, i64 8; vector_extract would overrun.
                    <4 x i32> @llvm.get.active.lane.mask.v4i32.i32; i32 0, i32 %n; get_active_lane_mask: element type is not i1
                    <4 x i1> @llvm.vp.icmp.v4i32; <4 x i32> %a, <4 x i32> %b, metadata !"oeq", <4 x i1> %m, i32 %n; invalid predicate for VP integer comparison intrinsic
                    <4 x i1> @llvm.vp.fcmp.v4f32; <4 x float> %x, <4 x float> %x, metadata !"eq", <4 x i1> %m, i32 %n; invalid predicate for VP FP comparison intrinsic
                    <4 x i32> @llvm.vp.trunc.v4i32.v8i32; <8 x i32> %w, <4 x i1> %m, i32 %n; VP cast intrinsic first argument and result vector lengths must be equal
                    <4 x i32> @llvm.vp.sitofp.v4i32.v4i32; <4 x i32> %a, <4 x i1> %m, i32 %n; llvm.vp.sitofp intrinsic first argument and result element types do not fit
                    half @llvm.fptrunc.round.f16.f32; float %s, metadata !"round.dynamic"; unsupported rounding mode argument
                    half @llvm.fptrunc.round.f16.f32; float %s, metadata i32 5; invalid value for llvm.fptrunc.round metadata operand (the operand should be a string)
                    float @llvm.experimental.constrained.fadd.f32; float %s, float %s, metadata !"round.x", metadata !"fpexcept.strict"; invalid rounding mode argument
                    float @llvm.experimental.constrained.ceil.f32; float %s, metadata !"fpexcept.x"; invalid exception behavior argument
                    i1 @llvm.experimental.constrained.fcmp.f32; float %s, float %s, metadata !"eq", metadata !"fpexcept.strict"; invalid predicate for constrained FP comparison intrinsic
                    i32 @llvm.experimental.constrained.fptosi.i32.v4f32; <4 x float> %x, metadata !"fpexcept.strict"; Intrinsic first argument and result disagree on vector use
                    i32 @llvm.experimental.constrained.fptosi.i32.i32; i32 %n, metadata !"fpexcept.strict"; Intrinsic first argument must be floating point
                    float @llvm.experimental.constrained.sitofp.f32.f32; float %s, metadata !"round.dynamic", metadata !"fpexcept.strict"; Intrinsic first argument must be integer
                    """)
    void invalidCalls(String callee, String arguments, String message) {
        rejects(call(callee, arguments == null ? "" : arguments), message, "%r = call");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    <8 x i32> @llvm.matrix.multiply.v8i32.v4i32.v8i32; <4 x i32> %a, <8 x i32> %w, i32 2, i32 2, i32 4
                    <4 x i32> @llvm.vector.splice.v4i32; <4 x i32> %a, <4 x i32> %b, i32 -4
                    <4 x i32> @llvm.vector.splice.left.v4i32; <4 x i32> %a, <4 x i32> %b, i32 4
                    <8 x i32> @llvm.vector.insert.v8i32.v4i32; <8 x i32> %w, <4 x i32> %a, i64 4
                    <4 x i1> @llvm.vp.icmp.v4i32; <4 x i32> %a, <4 x i32> %b, metadata !"slt", <4 x i1> %m, i32 %n
                    <4 x float> @llvm.vp.sitofp.v4f32.v4i32; <4 x i32> %a, <4 x i1> %m, i32 %n
                    half @llvm.fptrunc.round.f16.f32; float %s, metadata !"round.upward"
                    float @llvm.experimental.constrained.fadd.f32; float %s, float %s, metadata !"round.dynamic", metadata !"fpexcept.strict"
                    i32 @llvm.experimental.constrained.fptosi.i32.f32; float %s, metadata !"fpexcept.ignore"
                    """)
    void validCalls(String callee, String arguments) {
        accepts(call(callee, arguments));
    }

    @Test
    void intrinsicsAreCalledAsDeclared() {
        rejects("""
                declare i32 @llvm.umax.i32(i32, i32)
                define void @f() {
                  call i32 @llvm.umax.i32(i32 0)
                  ret void
                }
                """, "Intrinsic called with incompatible signature", "call i32");
    }

    @Test
    void splicesReachAsFarAsTheVectorIsKnownToBe() {
        String text = """
                define void @f(<vscale x 2 x i8> %a) #0 {
                  %r = call <vscale x 2 x i8> @llvm.vector.splice.nxv2i8(<vscale x 2 x i8> %a, <vscale x 2 x i8> %a, i32 -4)
                  ret void
                }
                attributes #0 = { vscale_range(2,16) }
                """;
        accepts(text);
        assertRejected(text.replace("(2,16)", "(1,16)"));
    }

    private static void assertRejected(String text) {
        rejects(
                text,
                "The splice index exceeds the range [-VL, VL-1] where VL is the known minimum number of elements in the"
                        + " vector. For scalable vectors the minimum number of elements is determined from"
                        + " vscale_range.",
                "%r = call");
    }

    @Test
    void masksOfPointersAreAsWideAsTheirIndices() {
        String text = call("ptr @llvm.ptrmask.p0.i32", "ptr %p, i32 -8");
        accepts(text);
        accepts(19, "target datalayout = \"p:64:64:64:32\"\n" + text);
        rejects(
                19,
                text,
                "llvm.ptrmask intrinsic second argument bitwidth must match pointer index type size of first"
                        + " argument",
                "%r = call");
    }

    @Test
    void registersAreTakenInEights() {
        String text = """
                declare void @llvm.nvvm.setmaxnreg.inc.sync.aligned.u32(i32)
                define void @f() {
                  call void @llvm.nvvm.setmaxnreg.inc.sync.aligned.u32(i32 %s)
                  ret void
                }
                """;
        accepts(text.replace("%s", "96"));
        rejects(
                text.replace("%s", "95"),
                "reg_count argument to nvvm.setmaxnreg must be in multiples of 8",
                "call void");
        rejects(
                text.replace("%s", "16"),
                "reg_count argument to nvvm.setmaxnreg must be within [24, 256]",
                "call void");
    }

    @Test
    void argumentListsBeginInFunctionsThatHaveOne() {
        String text = """
                declare void @llvm.va_start(ptr)
                define void @f(ptr %p) {
                  call void @llvm.va_start(ptr %p)
                  ret void
                }
                """;
        accepts(text);
        accepts(19, text.replace("@f(ptr %p)", "@f(ptr %p, ...)"));
        rejects(19, text, "va_start called in a non-varargs function", "call void");
    }
}
