package dev.jci.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Br;
import dev.jci.ir.Call;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.Module;
import dev.jci.ir.Phi;
import dev.jci.ir.transform.InlineBody;
import dev.jci.ir.verify.Verifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InlineBodyTest {
    private static Module module(String text) {
        return LlvmIrReader.read("t.ll", text).orThrow();
    }

    private static Function function(Module module, String name) {
        Function function = module.function(name);
        if (function == null) {
            throw new AssertionError("no function " + name);
        }
        return function;
    }

    private static Call onlyCall(Function function) {
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                if (instruction instanceof Call call) {
                    return call;
                }
            }
        }
        throw new AssertionError("no call");
    }

    private static Module absolute() {
        return module("""
                define i32 @abs(i32 %x) {
                entry:
                  %less = icmp slt i32 %x, 0
                  br i1 %less, label %negative, label %positive
                negative:
                  %y = sub i32 0, %x
                  ret i32 %y
                positive:
                  ret i32 %x
                }
                define i32 @user(i32 %a) {
                entry:
                  %r = call i32 @abs(i32 %a)
                  %s = add i32 %r, 1
                  ret i32 %s
                }
                """);
    }

    @Test
    void eachReturnBringsItsValueBehindTheCall() {
        Module module = absolute();
        Function user = function(module, "user");
        InlineBody.of(function(module, "abs")).replace(onlyCall(user));

        assertThat(Verifier.verify(module)).isEmpty();
        BasicBlock last = user.lastBlock();
        assertThat(user.blockCount()).isEqualTo(5);
        assertThat(last).isNotNull();
        assertThat(last.first()).isInstanceOf(Phi.class);
        assertThat(((Phi) last.first()).incomingCount()).isEqualTo(2);
        assertThat(user.entry().last()).isInstanceOf(Br.class);
    }

    @Test
    void theBodyIsThatOfTheTimeWhenItWasTakenDown() {
        Module module = absolute();
        Function abs = function(module, "abs");
        InlineBody body = InlineBody.of(abs);
        abs.entry().splitBefore(abs.entry().terminator().asInstruction(), "later");

        assertThat(body.replace(onlyCall(function(module, "user")))).hasSize(3);
        assertThat(Verifier.verify(module)).isEmpty();
    }

    @Test
    void aCallOfSomethingElseIsRefused() {
        Module module = absolute();
        InlineBody body = InlineBody.of(function(module, "user"));

        assertThatThrownBy(() -> body.replace(onlyCall(function(module, "user"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a call of");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "define void @f() {\n  %a = alloca i32\n  ret void\n}",
                "define void @f(...) {\n  ret void\n}",
                "define void @f(ptr byval(i32) %p) {\n  ret void\n}",
                "define void @f() {\nentry:\n  br label %entry2\nentry2:\n  br label %entry2\n}",
                "define void @f() {\n  call void asm sideeffect \"1:\", \"\"()\n  ret void\n}",
                "declare i32 @setjmp(ptr) returns_twice\ndefine void @f(ptr %p) {\n  %r = call i32 @setjmp(ptr %p)\n  ret void\n}",
                "define void @f() {\n  musttail call void @f()\n  ret void\n}",
                "declare void @f()",
            })
    void bodiesThatAPlainCopyIsNotRightForAreLeftAlone(String text) {
        Function function = function(module(text), "f");

        assertThat(InlineBody.isSimple(function)).isFalse();
        assertThatThrownBy(() -> InlineBody.of(function)).isInstanceOf(IllegalArgumentException.class);
    }
}
