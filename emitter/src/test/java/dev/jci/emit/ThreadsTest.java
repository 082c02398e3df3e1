package dev.jci.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.grammar.LlvmIrReader;
import dev.jci.grammar.ReadOptions;
import dev.jci.grammar.ReadResult;
import dev.jci.ir.SourceText;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A large module is the same whether one thread or several read and print it, and the same thing is wrong with a wrong one. */
class ThreadsTest {
    /** Enough bodies that several threads share them. */
    private static final String MANY = many();

    private static String many() {
        StringBuilder text = new StringBuilder("%pair = type { i32, ptr }\n@g = global i32 7\n");
        for (int i = 0; i < 4000; i++) {
            text.append("""
                    define i32 @f%1$d(i32 %%x, ptr %%p) #0 {
                      %%1 = load i32, ptr @g, align 4, !tbaa !0
                      %%2 = icmp slt i32 %%x, %1$d
                      br i1 %%2, label %%small, label %%3

                    small:
                      %%field = getelementptr inbounds %%pair, ptr %%p, i64 %1$d, i32 1
                      br label %%3

                    3:
                      %%4 = phi i32 [ %%1, %%small ], [ %%x, %%0 ]
                      ret i32 %%4
                    }
                    """.formatted(i));
        }
        return text + """
                attributes #0 = { nounwind }
                !0 = !{!1, !1, i64 0}
                !1 = !{!"int", !2, i64 0}
                !2 = !{!"tbaa"}
                """;
    }

    private static String outcome(String text, int threads) {
        SourceText source = new SourceText("a.ll", text.getBytes(StandardCharsets.UTF_8));
        return switch (LlvmIrReader.read(source, ReadOptions.DEFAULT.withThreads(threads))) {
            case ReadResult.Success success -> print(success, threads);
            case ReadResult.Failure failure ->
                source.render(failure.diagnostics().getFirst());
        };
    }

    private static String print(ReadResult.Success success, int threads) {
        try {
            return LlvmIrPrinter.print(success.module(), PrintOptions.AS_WRITTEN.withThreads(threads));
        } catch (UnprintableException exception) {
            throw new AssertionError(exception);
        }
    }

    @Test
    void severalThreadsMakeTheSameText() {
        assertThat(outcome(MANY, 3)).isEqualTo(outcome(MANY, 1)).contains("define i32 @f3999(");
    }

    /** What one body says about the module, others may say too, and the order tells. */
    @ParameterizedTest
    @ValueSource(strings = {"""
                define i32 @last(i32 %a) {
                  %b = call i32 @llvm.umax.i32(i32 %a, i32 1)
                  ret i32 %b
                }
                """, """
                define ptr @last() {
                  ret ptr blockaddress(@f0, %small)
                }
                """, """
                define void @last() {
                  call void @last() #7
                  ret void
                }
                """, """
                define i32 @last() {
                  %a = load i32, ptr @g, !note !{!"unlisted", !{i32 1}}
                  ret i32 %a
                }
                """, """
                !3 = !{!"on two
                lines", ; and a comment
                  i32 7}
                !4 = distinct !{!4, !3, !"@last("}
                """, """
                !3 = !{!"one", !4} !4 = !{!"behind the other @last("}
                """})
    void whatIsSaidOfTheModuleIsTheSame(String more) {
        assertThat(outcome(MANY + more, 3)).isEqualTo(outcome(MANY + more, 1)).contains("@last(");
    }

    @ParameterizedTest
    @ValueSource(strings = {"""
                define void @wrong() {
                  br label %nowhere
                }
                """, """
                define void @wrong() {
                  %a = alloca %nothing
                  ret void
                }
                """, """
                define void @wrong() {
                  ret void, !dbg !99
                }
                """, """
                !1 = !{!"again"}
                """, """
                !3 = !{!99}
                """, """
                !3 = !{i32 1} nothing
                """, """
                declare void @llvm.dbg.value(metadata, metadata, metadata)
                define void @records(i32 %x) {
                    #dbg_value(i32 %x, !0, !DIExpression(), !0)
                  ret void
                }
                define void @wrong(i32 %x) {
                  call void @llvm.dbg.value(metadata i32 %x, metadata !0, metadata !DIExpression())
                  ret void
                }
                """})
    void theFirstErrorIsNamed(String wrong) {
        String more = "define void @last() { nothing }";
        assertThat(outcome(wrong + MANY + more, 3))
                .isEqualTo(outcome(wrong + MANY + more, 1))
                .contains("error: ");
    }
}
