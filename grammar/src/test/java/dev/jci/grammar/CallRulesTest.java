package dev.jci.grammar;

import static dev.jci.grammar.Verdicts.accepts;
import static dev.jci.grammar.Verdicts.rejects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Inline assembly, calls that must be tail calls, operand bundles, and attributes of calls. */
class CallRulesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    call void asm "", "=*m,r"(ptr %p, i32 0)                   | Operand for indirect constraint must have elementtype attribute
                    call void asm "", "=*m,r"(i32 0, i32 0)                    | Operand for indirect constraint must have pointer type
                    call void asm "", "r"(ptr elementtype(i32) %p)             | Elementtype attribute can only be applied for indirect constraints
                    call void asm "", "!i"()                                   | Label constraints can only be used with callbr
                    """)
    void argumentsOfAssemblyFitItsConstraints(String call, String message) {
        String text = "define void @f(ptr %p) {\n  " + call + "\n  ret void\n}\n";
        accepts("""
                define void @f(ptr %p) {
                  call void asm "", "=*m,r,~{memory}"(ptr elementtype(i32) %p, i32 0)
                  ret void
                }
                """);
        rejects(text, message, "call void asm");
    }

    private static String jump(String constraints, String arguments, String labels) {
        return """
                define void @f() {
                  callbr void asm "", "%s"(%s) to label %%next [%s]
                next:
                  ret void
                a:
                  ret void
                b:
                  ret void
                }
                """.formatted(constraints, arguments, labels);
    }

    @Test
    void assemblyJumpsToWhatItsConstraintsName() {
        accepts(jump("!i,!i", "", "label %a, label %b"));
        rejects(
                jump("!i", "", "label %a, label %b"),
                "Number of label constraints does not match number of callbr dests",
                "callbr");
    }

    @Test
    void assemblyOfVersionFourteenGetsAddressesOfItsLabels() {
        String text = jump("i", "ptr blockaddress(@f, %a)", "label %a");
        accepts(text);
        accepts(14, text);
        rejects(19, text, "Number of label constraints does not match number of callbr dests", "callbr");
        rejects(jump("i", "ptr blockaddress(@f, %b)", "label %a"), "Indirect label missing from arglist.", "callbr");
        rejects(jump("i", "ptr blockaddress(@f, %next)", "label %next"), "Duplicate callbr destination!", "callbr");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    void @f()    | void (...) @g() | void | cannot guarantee tail call due to mismatched varargs
                    void @f()    | i32 @g()    | void   | cannot guarantee tail call due to mismatched return types
                    void @f()    | fastcc void @g()  | void | cannot guarantee tail call due to mismatched calling conv
                    i32 @f()     | i32 @g()    | i32 0  | musttail call result must be returned
                    void @f()    | void @g(i8 0) | void | cannot guarantee tail call due to mismatched parameter counts
                    void @f(i16 %x) | void @g(i8 0) | void | cannot guarantee tail call due to mismatched parameter types
                    void @f(ptr byval(i8) %x) | void @g(ptr %x) | void | cannot guarantee tail call due to mismatched ABI impacting function attributes
                    swifttailcc void @f(ptr inreg %x) | swifttailcc void @g() | void | inreg attribute not allowed in swifttailcc musttail caller
                    tailcc void @f() | tailcc void @g(ptr byref(i8) null) | void | byref attribute not allowed in tailcc musttail callee
                    """)
    void tailCallsPassWhatTheirFunctionGot(String caller, String callee, String result, String message) {
        boolean named = !callee.contains("void");
        String call = (named ? "%r = " : "") + "musttail call " + callee;
        rejects(
                "declare void @g(...)\ndefine " + caller + " {\n  " + call + "\n  ret " + result + "\n}\n",
                message,
                message.endsWith("returned") ? "ret" : call);
    }

    @Test
    void validTailCalls() {
        accepts("declare i32 @g(i8)\ndefine i32 @f(i8 %x) {\n  %r = musttail call i32 @g(i8 0)\n  ret i32 %r\n}\n");
        accepts("""
                declare tailcc void @g(i8)
                define tailcc void @f() {
                  musttail call tailcc void @g(i8 0)
                  ret void
                }
                """);
    }

    @Test
    void attachedCallsNameAFunction() {
        String text = """
                declare ptr @g()
                declare ptr @objc_retainAutoreleasedReturnValue(ptr)
                define void @f() {
                  %p = call ptr @g() [ "clang.arc.attachedcall"(%s) ]
                  ret void
                }
                """;
        accepts(text.replace("%s", "ptr @objc_retainAutoreleasedReturnValue"));
        rejects(
                text.replace("%s", ""),
                "operand bundle \"clang.arc.attachedcall\" requires one function as an argument",
                "%p = call");
        rejects(text.replace("%s", "ptr @g"), "invalid function argument", "%p = call");
    }

    @Test
    void pointersAreAuthenticatedWithAKeyAndADiscriminator() {
        String text = "define void @f(ptr %p) {\n  call void %p() [ \"ptrauth\"(%s) ]\n  ret void\n}\n";
        accepts(text.replace("%s", "i32 1, i64 2"));
        rejects(text.replace("%s", "i32 1"), "Expected exactly two ptrauth bundle operands", "call");
        rejects(text.replace("%s", "i64 1, i64 2"), "Ptrauth bundle key operand must be an i32 constant", "call");
        rejects(text.replace("%s", "i32 1, i32 2"), "Ptrauth bundle discriminator operand must be an i64", "call");
    }

    @Test
    void hugeArgumentsAreNotPassedInMemory() {
        String text = "declare void @f(ptr byval([4294967296 x i8]))\n";
        accepts(text);
        accepts(16, text);
        rejects(19, text, "huge 'byval' arguments are unsupported", "@f");
    }

    @Test
    void typedPointersPointToWhatIsPassed() {
        String text = "declare void @f(i32* byval(i8))\n";
        accepts(text);
        rejects(14, text, "Attribute 'byval' type does not match parameter!", "@f");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    _ZGV_LLVM_N4v_f(vector_f)  | true
                    _ZGVnM2vl8_f(vector_f)     | false
                    _ZGVnN2v_f                 | true
                    _ZGV_LLVM_N4v_f            | false
                    _ZGVnN2v_                  | false
                    _ZGVbN4va16_f(a),_ZGVcN8v_f(b) | true
                    ZGVbN4v_f                  | false
                    """)
    void vectorVariantsHaveTheParametersOfTheirFunction(String name, boolean valid) {
        String text =
                "declare float @f(float) #0\nattributes #0 = { \"vector-function-abi-variant\"=\"" + name + "\" }\n";
        accepts(16, text);
        if (valid) {
            accepts(19, text);
        } else {
            rejects(19, text, "invalid name for a VFABI variant: " + name, "@f");
        }
    }

    @Test
    void structorsAreFunctionsOfTheProgramAddressSpace() {
        String text = "@llvm.global_ctors = appending global [1 x { i32, ptr addrspace(1), ptr }] zeroinitializer\n";
        accepts("target datalayout = \"P1\"\n" + text);
        rejects(text, "wrong type for intrinsic global variable", "@llvm.global_ctors");
    }

    @Test
    void globalsAreAssociatedWithOthers() {
        accepts(19, "@a = global i8 0\n@b = global i8 0, !associated !{ptr @a}\n");
        rejects(19, "@a = global i8 0, !associated !{}\n", "associated metadata must have one operand", "@a");
        rejects(
                19,
                "@a = global i8 0, !associated !{ptr @a}\n",
                "global values should not associate to themselves",
                "@a");
    }
}
