package dev.jci.grammar;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jci.ir.BasicBlock;
import dev.jci.ir.Br;
import dev.jci.ir.Call;
import dev.jci.ir.Function;
import dev.jci.ir.Instruction;
import dev.jci.ir.MDInteger;
import dev.jci.ir.MDNode;
import dev.jci.ir.Module;
import dev.jci.ir.Phi;
import dev.jci.ir.TailCallKind;
import dev.jci.ir.UseIndex;
import dev.jci.ir.transform.InlineBody;
import dev.jci.ir.verify.Verifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /** A call marked {@code tail} may not touch variables on its caller's stack; what is one changes with the caller. */
    @ParameterizedTest
    @CsvSource({"'', NONE", "notail, NONE", "tail, TAIL"})
    void callsInTheBodyAreInATailOnlyWhereTheReplacedCallWas(String kind, TailCallKind expected) {
        Module module = module("""
                declare void @use(ptr)
                define void @callee(ptr %p) {
                  tail call void @use(ptr %p)
                  ret void
                }
                define void @caller(ptr %q) {
                  KIND call void @callee(ptr %q)
                  ret void
                }
                """.replace("KIND", kind));
        Function caller = function(module, "caller");
        InlineBody.of(function(module, "callee")).replace(onlyCall(caller));

        assertThat(Verifier.verify(module)).isEmpty();
        assertThat(onlyCall(caller).tailCallKind()).isEqualTo(expected);
    }

    private static final String IN_SOURCES = """
            declare void @use(i32)
            define void @callee(i32 %x) CALLEE {
              #dbg_value(i32 %x, !9, !DIExpression(), !6)
              call void @use(i32 %x), !dbg !6
              call void @use(i32 1), !dbg !7
              call void @use(i32 2), !dbg !11
              ret void, !dbg !6
            }
            define void @caller() !dbg !4 {
              call void @callee(i32 7), !dbg !5
              ret void, !dbg !5
            }
            !llvm.dbg.cu = !{!0}
            !llvm.module.flags = !{!2}
            !0 = distinct !DICompileUnit(language: DW_LANG_C99, file: !1, emissionKind: FullDebug)
            !1 = !DIFile(filename: "t.c", directory: "/")
            !2 = !{i32 2, !"Debug Info Version", i32 3}
            !3 = distinct !DISubprogram(name: "callee", scope: !1, file: !1, line: 1, unit: !0, spFlags: DISPFlagDefinition)
            !4 = distinct !DISubprogram(name: "caller", scope: !1, file: !1, line: 20, unit: !0, spFlags: DISPFlagDefinition)
            !5 = !DILocation(line: 21, column: 3, scope: !4)
            !6 = !DILocation(line: 2, column: 5, scope: !3)
            !7 = !DILocation(line: 11, column: 5, scope: !8, inlinedAt: !10)
            !8 = distinct !DISubprogram(name: "inner", scope: !1, file: !1, line: 10, unit: !0, spFlags: DISPFlagDefinition)
            !9 = !DILocalVariable(name: "x", arg: 1, scope: !3, file: !1, line: 1, type: !12)
            !10 = distinct !DILocation(line: 3, column: 5, scope: !3)
            !11 = !DILocation(line: 12, column: 5, scope: !8, inlinedAt: !10)
            !12 = !DIBasicType(name: "int", size: 32, encoding: DW_ATE_signed)
            """;

    /** The way of an instruction out of the functions that it was inlined into, as lines in the source. */
    private static String places(Instruction instruction) {
        StringBuilder places = new StringBuilder();
        for (MDNode at = instruction.debugLocation(); at != null; at = at.nodeField("inlinedAt")) {
            places.append(at.field("line") instanceof MDInteger line ? line.value() : -1)
                    .append(' ');
        }
        return places.toString().strip();
    }

    private static List<Instruction> calls(Function function) {
        List<Instruction> calls = new ArrayList<>();
        for (BasicBlock block : function.blocks()) {
            for (Instruction instruction : block.instructions()) {
                if (instruction instanceof Call) {
                    calls.add(instruction);
                }
            }
        }
        return calls;
    }

    @Test
    void copiesHaveThePlacesOfTheBodyInlinedAtTheCall() {
        Module module = module(IN_SOURCES.replace("CALLEE", "!dbg !3"));
        Function caller = function(module, "caller");
        InlineBody.of(function(module, "callee")).replace(onlyCall(caller));

        assertThat(Verifier.verify(module)).isEmpty();
        List<Instruction> calls = calls(caller);
        assertThat(calls).extracting(InlineBodyTest::places).containsExactly("2 21", "11 3 21", "12 3 21");
        MDNode record =
                (MDNode) calls.getFirst().debugRecords().getFirst().operands().getLast();
        assertThat(record).isSameAs(calls.getFirst().debugLocation());
        assertThat(calls(function(module, "callee")))
                .extracting(InlineBodyTest::places)
                .containsExactly("2", "11 3", "12 3");
    }

    /** As though one execution of the body were not another. */
    @Test
    void eachCopyIsInlinedByItself() {
        Module module =
                module(IN_SOURCES.replace("CALLEE", "!dbg !3").replace("call void @callee(i32 7), !dbg !5", """
                        call void @callee(i32 7), !dbg !5
                          call void @callee(i32 8), !dbg !5"""));
        Function caller = function(module, "caller");
        InlineBody body = InlineBody.of(function(module, "callee"));
        UseIndex uses = UseIndex.of(caller);
        calls(caller).forEach(call -> body.replace((Call) call, uses));

        List<MDNode> around = calls(caller).stream()
                .map(call -> requireNonNull(requireNonNull(call.debugLocation()).nodeField("inlinedAt")))
                .toList();
        assertThat(around).hasSize(6);
        assertThat(around.subList(0, 3)).doesNotContainAnyElementsOf(around.subList(3, 6));
    }

    /** Without it calls of functions that have debug information would have no place. */
    @Test
    void copiesOfABodyWithoutDebugInformationAreWhereTheCallIs() {
        Module module = module(IN_SOURCES
                .replace("CALLEE", "")
                .replaceAll("(?m)^  #dbg.*\n", "")
                .replaceAll("(@use\\(.*\\)|  ret void), !dbg !(6|7|11)", "$1"));
        Function caller = function(module, "caller");
        InlineBody.of(function(module, "callee")).replace(onlyCall(caller));

        assertThat(calls(caller)).extracting(InlineBodyTest::places).containsOnly("21");
    }

    @Test
    void assignmentsInEachCopyAreTheirOwn() {
        Module module = module(IN_SOURCES.replace("CALLEE", "!dbg !3").replaceAll("  #dbg_value.*", """
                          store i32 %x, ptr @global, !dbg !6, !DIAssignID !20
                            #dbg_assign(i32 %x, !9, !DIExpression(), !20, ptr @global, !DIExpression(), !6)
                        """)
                + "!20 = distinct !DIAssignID()\n@global = global i32 0\n");
        Function caller = function(module, "caller");
        InlineBody.of(function(module, "callee")).replace(onlyCall(caller));

        assertThat(Verifier.verify(module)).isEmpty();
        Instruction store = requireNonNull(requireNonNull(caller.entry().next()).first());
        MDNode identity = store.attachment("DIAssignID");
        assertThat(identity)
                .isNotNull()
                .isNotSameAs(function(module, "callee").entry().first().attachment("DIAssignID"));
        assertThat(calls(caller).getFirst().debugRecords().getFirst().operands().get(3))
                .isSameAs(identity);
    }

    @Test
    void aCallWithoutAPlaceDoesNotFitABodyThatHasPlaces() {
        Module module = module(IN_SOURCES
                .replace("CALLEE", "!dbg !3")
                .replace("define void @caller() !dbg !4", "define void @caller()")
                .replace(", !dbg !5", ""));
        InlineBody body = InlineBody.of(function(module, "callee"));
        Call call = onlyCall(function(module, "caller"));

        assertThat(body.fits(call)).isFalse();
        assertThatThrownBy(() -> body.replace(call)).isInstanceOf(IllegalArgumentException.class);
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
