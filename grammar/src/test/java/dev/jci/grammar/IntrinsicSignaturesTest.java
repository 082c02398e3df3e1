package dev.jci.grammar;

import static dev.jci.grammar.Verdicts.accepts;
import static dev.jci.grammar.Verdicts.rejects;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The types that intrinsics are declared with. */
class IntrinsicSignaturesTest {
    private static String text(String declaration, String result) {
        String parameters = declaration.substring(declaration.indexOf('(') + 1, declaration.lastIndexOf(')'));
        String name = declaration.substring(declaration.indexOf('@'), declaration.indexOf('('));
        StringBuilder arguments = new StringBuilder();
        int number = 0;
        StringBuilder named = new StringBuilder();
        for (String parameter : parameters.isEmpty() ? new String[0] : parameters.split("; ", -1)) {
            String comma = number == 0 ? "" : ", ";
            boolean immediate = parameter.equals("i1") || name.contains("fix") || name.contains("is.fpclass");
            arguments.append(comma).append(parameter).append(immediate && number > 0 ? " 1" : " %a" + number);
            named.append(comma).append(parameter).append(" %a").append(number);
            number++;
        }
        return "declare " + declaration.replace(';', ',') + "\ndefine void @f(" + named + ") {\n  " + result + "call "
                + declaration.substring(0, declaration.indexOf('@')) + name + "(" + arguments + ")\n  ret void\n}\n";
    }

    private static String text(String declaration) {
        return text(declaration, declaration.startsWith("void") ? "" : "%r = ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "float @llvm.sqrt.f32(float)",
                "<2 x double> @llvm.pow.v2f64(<2 x double>; <2 x double>)",
                "i32 @llvm.abs.i32(i32; i1)",
                "i32 @llvm.ctlz.i32(i32)",
                "i32 @llvm.ctlz.i32(i32; i1)",
                "{ <2 x i8>, <2 x i1> } @llvm.sadd.with.overflow.v2i8(<2 x i8>; <2 x i8>)",
                "i8 @llvm.vector.reduce.add.v4i8(<4 x i8>)",
                "float @llvm.vector.reduce.fadd.v4f32(float; <4 x float>)",
                "void @llvm.memcpy.p0.p0.i64(ptr; ptr; i64; i1)",
                "void @llvm.lifetime.start.p0(i64; ptr)",
                "void @llvm.lifetime.start.p0(ptr)",
                "i8 @llvm.scmp.i8.i32(i32; i32)",
                "i7 @llvm.unheard.of(float; ptr)"
            })
    void rightTypes(String declaration) {
        accepts(text(declaration));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    i32 @llvm.sqrt.i32(i32)                   | Intrinsic has incorrect return type!
                    double @llvm.sqrt.f64(float)              | Intrinsic has incorrect argument type!
                    float @llvm.pow.f32(float; double)        | Intrinsic has incorrect argument type!
                    i32 @llvm.umax.i32(i32)                   | Intrinsic has too few arguments!
                    i32 @llvm.ctpop.i32(i32; i1)              | Intrinsic has incorrect argument type!
                    { i8, i8 } @llvm.sadd.with.overflow.i8(i8; i8) | Intrinsic has incorrect return type!
                    i16 @llvm.vector.reduce.add.v4i8(<4 x i8>) | Intrinsic has incorrect return type!
                    i8 @llvm.vector.reduce.add.i8(i8)         | Intrinsic has incorrect argument type!
                    i1 @llvm.trap()                           | Intrinsic has incorrect return type!
                    void @llvm.assume(i8)                     | Intrinsic has incorrect argument type!
                    void @llvm.memset.p0.i64(ptr; i32; i64; i1) | Intrinsic has incorrect argument type!
                    """)
    void wrongTypes(String declaration, String message) {
        rejects(text(declaration), message, declaration.startsWith("void") ? "call" : "%r = call");
    }
}
