package dev.jci.grammar;

import static dev.jci.grammar.Rejections.assertAccepted;
import static dev.jci.grammar.Rejections.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What LLVM's parser refuses although the grammar fits. */
class InvalidTextTest {
    private static String body(String instructions) {
        return "declare void @g(ptr, ...)\n%rec = type { i32, %rec }\n%opaque = type opaque\n"
                + "define void @f(ptr %p, ptr addrspace(1) %q, i32 %i, i64 %l, double %d, <2 x ptr> %v, <4 x i32> %w) {\n"
                + instructions + "\nret void\n}\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "%x = zext i64 %l to i32 | invalid cast opcode for cast from 'i64' to 'i32'",
                "%x = trunc i32 %i to double | invalid cast opcode for cast from 'i32' to 'double'",
                "%x = fptrunc double %d to double | invalid cast opcode for cast from 'double' to 'double'",
                "%x = fpext double %d to float | invalid cast opcode for cast from 'double' to 'float'",
                "%x = bitcast i64 %l to i32 | invalid cast opcode for cast from 'i64' to 'i32'",
                "%x = bitcast i64 %l to ptr | invalid cast opcode for cast from 'i64' to 'ptr'",
                "%x = bitcast ptr %p to ptr addrspace(1) | invalid cast opcode for cast from 'ptr' to 'ptr addrspace(1)'",
                "%x = bitcast ptr %p to <2 x ptr> | invalid cast opcode for cast from 'ptr' to '<2 x ptr>'",
                "%x = addrspacecast ptr %p to ptr | invalid cast opcode for cast from 'ptr' to 'ptr'",
                "%x = ptrtoint <2 x ptr> %v to i64 | invalid cast opcode for cast from '<2 x ptr>' to 'i64'",
                "%x = sitofp double %d to double | invalid cast opcode for cast from 'double' to 'double'",
                "%x = bitcast { i32 } undef to i32 | invalid cast opcode for cast from '{ i32 }' to 'i32'",
                "%x = alloca %rec | Cannot allocate unsized type",
                "%x = alloca i32, align 8589934592 | huge alignments are not supported yet",
                "%x = alloca token | invalid type for alloca",
                "%x = load %rec, ptr %p | loading unsized types is not allowed",
                "%x = load %opaque, ptr %p | loading unsized types is not allowed",
                "%x = load { i32, <vscale x 1 x i32> }, ptr %p | loading unsized types is not allowed",
                "store %rec undef, ptr %p | storing unsized types is not allowed",
                "%x = atomicrmw fadd ptr %p, i32 %i seq_cst | atomicrmw fadd operand must be a floating point type",
                "%x = atomicrmw add ptr %p, double %d seq_cst | atomicrmw add operand must be an integer",
                "%x = atomicrmw add ptr %p, i7 1 seq_cst | atomicrmw operand must be power-of-two byte-sized integer",
                "%x = atomicrmw xchg ptr %p, <vscale x 2 x i16> undef seq_cst | atomicrmw operand may not be scalable",
                "%x = getelementptr i8, <2 x ptr> %v, <4 x i32> %w | getelementptr vector index has a wrong number of elements",
                "%x = extractvalue [0 x i32] undef, 0 | invalid indices for extractvalue",
                "ret i32 7 | value doesn't match function result type 'void'",
                "call void (ptr, ...) @g(ptr %p, ...) | unexpected ellipsis in argument list for non-musttail call",
                "musttail call void (ptr, ...) @g(ptr %p, ...) | unexpected ellipsis in argument list for musttail call in non-varargs function",
                "call void @llvm.nothing.at.all() | use of undefined value '@llvm.nothing.at.all'",
                "store ptr addrspace(1) @g, ptr %p | '@g' defined with type 'ptr' but expected 'ptr addrspace(1)'",
                "call void @g(metadata !{i32 %i}) | invalid use of function-local name",
                "%x = bitcast ptr %p to ptr* | ptr* is invalid - use ptr instead",
            })
    void anInstructionFitsItsOperands(String instruction, String message) {
        assertThat(rejection(body(instruction))).isEqualTo("5: " + message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%x = bitcast <2 x i32> undef to i64",
                "%x = bitcast ptr %p to <1 x ptr>",
                "%x = addrspacecast ptr %p to ptr addrspace(1)",
                "%x = load { <vscale x 1 x i32>, <vscale x 1 x i32> }, ptr %p",
                "%x = atomicrmw xchg ptr %p, ptr %p seq_cst",
                "%x = atomicrmw fmax ptr %p, <2 x half> undef seq_cst",
                "%x = call i32 @llvm.smax.i32(i32 %i, i32 3)",
                "%x = alloca [0 x i8], align 4294967296",
            })
    void whatFitsIsTaken(String instruction) {
        assertAccepted(body(instruction));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "call void asm \"\", \"r\"() | number of input constraints does not match number of parameters",
                "call void asm \"\", \"=r,=r\"() | number of output constraints does not match number of return struct elements",
                "%x = call i32 asm \"\", \"r\"(i32 1) | inline asm without outputs must return void",
                "call void asm \"\", \"~{memory},r\"(i32 1) | input constraint occurs after clobber constraint",
                "%x = call i32 asm \"\", \"r,=r\"(i32 1) | output constraint occurs after input, clobber or label constraint",
                "call void asm \"\", \"~x{21}\"() | failed to parse constraints",
                "call void asm \"\", \"r,,r\"(i32 1, i32 2) | failed to parse constraints",
                "call void asm \"\", \"0\"(i32 1) | failed to parse constraints",
            })
    void constraintsFitTheCall(String instruction, String message) {
        assertThat(rejection(body(instruction))).isEqualTo("5: " + message);
    }

    @Test
    void usualConstraintsAreTaken() {
        assertAccepted(
                body("%x = call { i32, i32 } asm sideeffect \"\", \"=&{ax},=r,*m,0,^Yzi,@3abc,~{memory},~{dirflag}\"("
                        + "ptr elementtype(i32) %p, i32 1, i32 2, i32 3)"));
        assertAccepted(body("call void asm \"\", \"=*m|r\"(ptr elementtype(i32) %p)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "declare void @f() immarg | this attribute does not apply to functions",
                "declare safestack void @f() | this attribute does not apply to return values",
                "declare void @f(i32 nounwind) | this attribute does not apply to parameters",
                "declare void @f(ptr align 3) | alignment is not a power of two",
                "declare void @f(ptr align ()) | expected integer",
                "declare void @f(ptr byval) | expected '('",
                "declare void @f(ptr byval(void)) | void type only allowed for function results",
                "declare void @f(float nofpclass(0)) | invalid mask value for 'nofpclass'",
                "declare void @f(i32 range(<4 x i32> 0, 1)) | the range must have integer type!",
                "declare void @f(ptr initializes((4, 0))) | Invalid (unordered or overlapping) range list",
                "declare void @f(ptr initializes((0, 4), (2, 8))) | Invalid (unordered or overlapping) range list",
                "declare void @f() ATTR | expected attribute or type",
                "@x = internal hidden global i32 0 | symbol with local linkage must have default visibility",
                "@x = external global token | invalid type for global variable",
                "@x = external global [2 x x86_amx] | invalid array element type",
                "@x = global ptr ptrauth (i32 4, i32 0) | constant ptrauth base pointer must be a pointer",
                "@x = global ptr addrspace(8) addrspacecast (ptr null to ptr addrspace(7)) | constant expression type mismatch: got type 'ptr addrspace(7)' but expected 'ptr addrspace(8)'",
                "@x = global i64 ptrtoint (i32 4 to i64) | invalid cast opcode for cast from 'i32' to 'i64'",
                "@x = global ptr addrspace(1) @x | '@x' defined with type 'ptr' but expected 'ptr addrspace(1)'",
            })
    void aHeaderIsCheckedToo(String text, String message) {
        assertThat(rejection(text)).isEqualTo("1: " + message);
    }

    @Test
    void beforeLlvm19NumbersOfParametersDidNotCountThoseWithoutOne() {
        assertAccepted("define i32 @f(i32, i32 %0) {\n  %r = add i32 %0, %1\n  ret i32 %r\n}");
        assertThat(rejection("define void @f(i32 %2, i32 %1) {\n ret void\n}"))
                .isEqualTo("1: argument expected to be numbered '%3' or greater");
    }

    @Test
    void debugRecordsAndDebugIntrinsicsDoNotMix() {
        String call = "call void @llvm.dbg.value(metadata i32 0, metadata !0, metadata !DIExpression())\n";
        String debugRecord = "#dbg_value(i32 0, !0, !DIExpression(), !0)\n";
        String end = "ret void\n}\n!0 = !{}\n";

        assertThat(rejection("define void @f() {\n" + debugRecord + call + end))
                .startsWith("3: llvm.dbg intrinsic should not appear");
        assertThat(rejection("define void @f() {\n" + call + debugRecord + end))
                .startsWith("3: debug record should not appear");
        assertThat(rejection("define void @f() {\n#dbg_value(i32 0, i32 1, !DIExpression(), !0)\n" + end))
                .isEqualTo("2: expected '!' here");
        assertThat(rejection("define void @f() {\n#dbg_thing(!0)\n" + end))
                .isEqualTo("2: expected debug record type here");
    }

    @Test
    void anAttributeGroupHasAttributes() {
        assertThat(rejection("define void @f() #0 {\n  ret void\n}\nattributes #0 = { }\n"))
                .isEqualTo("4: attribute group has no attributes");
        assertThat(rejection("attributes #0 = { nounwind }\nattributes #0 = { }\n"))
                .isEqualTo("2: attribute group has no attributes");
    }
}
