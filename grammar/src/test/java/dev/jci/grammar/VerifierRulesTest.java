package dev.jci.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.Diagnostic;
import dev.jci.ir.Module;
import dev.jci.ir.verify.Verifier;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule of the verifier: the smallest module that breaks it, and its valid twin. */
class VerifierRulesTest {
    private static List<Diagnostic> verify(String text) {
        Module module = LlvmIrReader.read("test.ll", text).orThrow();
        return Verifier.verify(module);
    }

    private static void accepts(String text) {
        assertThat(verify(text)).isEmpty();
    }

    private static void rejects(String text, String message, String at) {
        List<Diagnostic> found = verify(text);
        assertThat(found).extracting(Diagnostic::message).contains(message);
        Diagnostic first = found.stream()
                .filter(one -> one.message().equals(message))
                .findFirst()
                .orElseThrow();
        assertThat(text.substring(first.position())).startsWith(at);
    }

    @Test
    void addressesMayBeOfBlocksOfOtherFunctions() {
        accepts("""
                define void @f() {
                  ret void
                b:
                  ret void
                }
                define ptr @g() {
                  call void asm sideeffect "", "i"(ptr blockaddress(@f, %b))
                  ret ptr blockaddress(@h, %c)
                }
                define void @h() {
                  ret void
                c:
                  ret void
                }
                """);
    }

    @Test
    void bundlesMayHoldLabels() {
        accepts("""
                declare void @g()
                declare i32 @personality(...)
                define void @f() personality ptr @personality {
                  invoke void @g() [ "tag"(label %bad, i32 1) ] to label %good unwind label %bad
                good:
                  ret void
                bad:
                  %p = landingpad { ptr, i32 } cleanup
                  ret void
                }
                """);
    }

    @Test
    void definitionsDominateUses() {
        accepts("define i32 @f(i32 %a) {\n  %x = add i32 %a, 1\n  %y = add i32 %x, 1\n  ret i32 %y\n}\n");
        rejects(
                "define i32 @f(i32 %a) {\n  %y = add i32 %x, 1\n  %x = add i32 %a, 1\n  ret i32 %y\n}\n",
                "Instruction does not dominate all uses!", "%y = add");
    }

    @Test
    void phisHaveOneEntryForEachPredecessor() {
        String text = """
                define i32 @f(i1 %%c) {
                entry:
                  br i1 %%c, label %%a, label %%b
                a:
                  br label %%b
                b:
                  %%p = phi i32 [ 0, %%entry ]%s
                  ret i32 %%p
                }
                """;
        accepts(text.formatted(", [ 1, %a ]"));
        rejects(
                text.formatted(""),
                "PHINode should have one entry for each predecessor of its parent basic block!",
                "%p = phi");
    }

    @Test
    void entryHasNoPredecessors() {
        accepts("define void @f() {\nentry:\n  br label %next\nnext:\n  br label %next\n}\n");
        assertThat(verify("define void @f() {\nentry:\n  br label %entry\n}\n"))
                .extracting(Diagnostic::message)
                .containsExactly("Entry block to function must not have predecessors!");
    }

    @Test
    void musttailStandsBeforeRet() {
        accepts("declare void @g()\ndefine void @f() {\n  musttail call void @g()\n  ret void\n}\n");
        rejects(
                "declare void @g()\ndefine void @f() {\n  musttail call void @g()\n  unreachable\n}\n",
                "musttail call must precede a ret with an optional bitcast",
                "musttail call");
    }

    @Test
    void landingPadsOfAFunctionHaveOneType() {
        String text = """
                declare void @g()
                define void @f() personality ptr @g {
                entry:
                  invoke void @g() to label %%next unwind label %%one
                next:
                  invoke void @g() to label %%end unwind label %%two
                one:
                  %%x = landingpad { ptr, i32 } cleanup
                  ret void
                two:
                  %%y = landingpad %s cleanup
                  ret void
                end:
                  ret void
                }
                """;
        accepts(text.formatted("{ ptr, i32 }"));
        rejects(
                text.formatted("{ ptr, i64 }"),
                "The landingpad instruction should have a consistent result type inside a function.",
                "%y = landingpad");
    }

    @Test
    void immediatesAreConstants() {
        String text = """
                declare i32 @llvm.cttz.i32(i32, i1)
                define i32 @f(i32 %%a, i1 %%b) {
                  %%r = call i32 @llvm.cttz.i32(i32 %%a, i1 %s)
                  ret i32 %%r
                }
                """;
        accepts(text.formatted("true"));
        rejects(text.formatted("%b"), "immarg operand has non-immediate parameter", "%r = call");
    }

    @Test
    void intrinsicsAreOnlyCalled() {
        accepts("declare void @g(ptr)\ndefine void @f() {\n  call void @g(ptr @g)\n  ret void\n}\n");
        rejects("""
                declare void @llvm.trap()
                declare void @g(ptr)
                define void @f() {
                  call void @g(ptr @llvm.trap)
                  ret void
                }
                """, "Invalid user of intrinsic instruction!", "call void @g");
    }

    @Test
    void localEscapeStandsInTheEntryBlock() {
        String entry = "declare void @llvm.localescape(...)\ndefine void @f() {\n  %a = alloca i8\n";
        String call = "  call void (...) @llvm.localescape(ptr %a)\n";
        accepts(entry + call + "  ret void\n}\n");
        rejects(
                entry + "  br label %next\nnext:\n" + call + "  ret void\n}\n",
                "llvm.localescape used outside of entry block",
                "call void (...)");
        rejects(
                entry + call + call + "  ret void\n}\n",
                "multiple calls to llvm.localescape in one function",
                "call void (...)");
    }

    @Test
    void fencesOrderSomething() {
        accepts("define void @f() {\n  fence seq_cst\n  ret void\n}\n");
        rejects(
                "define void @f() {\n  fence monotonic\n  ret void\n}\n",
                "fence instructions may only have acquire, release, acq_rel, or seq_cst ordering.",
                "fence");
    }

    @Test
    void atomicAccessesAreWholeBytes() {
        accepts("define void @f(ptr %p) {\n  store atomic i8 1, ptr %p seq_cst, align 1\n  ret void\n}\n");
        rejects(
                "define void @f(ptr %p) {\n  store atomic i1 true, ptr %p seq_cst, align 1\n  ret void\n}\n",
                "atomic memory access' size must be byte-sized", "store atomic");
        rejects(
                "define void @f(ptr %p) {\n  store atomic i24 1, ptr %p seq_cst, align 4\n  ret void\n}\n",
                "atomic memory access' operand must have a power-of-two size", "store atomic");
    }

    @Test
    void swiftErrorsAreOnlyLoadedStoredAndPassed() {
        accepts("define ptr @f(ptr swifterror %e) {\n  %v = load ptr, ptr %e\n  ret ptr %v\n}\n");
        rejects(
                "define ptr @f(ptr swifterror %e) {\n  ret ptr %e\n}\n",
                "swifterror value can only be loaded and stored from, or as a swifterror argument!", "ret ptr");
    }

    @Test
    void attributesFitTheirTypes() {
        accepts("declare void @f(ptr noalias, i8 zeroext)\n");
        rejects("declare void @f(i32 noalias)\n", "Attribute 'noalias' applied to incompatible type!", "@f");
        rejects("declare void @f(ptr zeroext)\n", "Attribute 'zeroext' applied to incompatible type!", "@f");
    }

    @Test
    void passingModesExcludeEachOther() {
        accepts("declare void @f(ptr byval(i32))\n");
        rejects(
                "declare void @f(ptr byval(i32) nest)\n",
                "Attributes 'byval', 'inalloca', 'preallocated', 'inreg', 'nest', 'byref', and 'sret' are"
                        + " incompatible!",
                "@f");
    }

    @Test
    void tokensAreForIntrinsics() {
        accepts("declare token @llvm.call.preallocated.setup(i32)\n");
        rejects("declare token @f()\n", "Function returns a token but isn't an intrinsic", "@f");
    }

    @Test
    void kernelsReturnNothing() {
        accepts("declare spir_kernel void @f()\n");
        rejects("declare spir_kernel i32 @f()\n", "Calling convention requires void return type", "@f");
    }

    @Test
    void aliasesPointToDefinitions() {
        accepts("@x = global i32 0\n@a = alias i32, ptr @x\n");
        rejects("@x = external global i32\n@a = alias i32, ptr @x\n", "Alias must point to a definition", "@a");
        rejects("@a = alias i32, ptr @b\n@b = alias i32, ptr @a\n", "Aliases cannot form a cycle", "@a");
    }

    @Test
    void commonVariablesAreZero() {
        accepts("@x = common global i32 0\n");
        rejects("@x = common global i32 1\n", "'common' global must have a zero initializer!", "@x");
    }
}
