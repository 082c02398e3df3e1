package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Calls in tail position stay there, also where ways meet in one return. */
class ReturnCopiesTest {
    /** A function with a probe of its own. */
    private static final String CALLEE = """
            define i32 @callee(ptr %p) {
              br label %loop
            loop:
              %v = load volatile i32, ptr %p
              %on = icmp eq i32 %v, 0
              br i1 %on, label %loop, label %out
            out:
              ret i32 %v
            }
            """;

    @Test
    void theProbeComesBeforeACallWhoseResultIsReturnedElsewhere() {
        String text = Instrumented.of(CALLEE + """
                define i32 @f(i1 %c, ptr %p) {
                  br i1 %c, label %call, label %load
                call:
                  %x = tail call i32 @callee(ptr %p)
                  br label %out
                load:
                  %y = load i32, ptr %p
                  br label %out
                out:
                  %r = phi i32 [ %x, %call ], [ %y, %load ]
                  ret i32 %r
                }
                """).text();

        assertThat(text).contains("""
                  %x = tail call i32 @callee(ptr %p)
                  br label %ci.return

                ci.return:
                  ret i32 %x
                """).contains("phi i32 [ %y, ");
    }

    @Test
    void aReturnWithoutAValueIsCopiedAsWell() {
        String text = Instrumented.of(CALLEE + """
                define void @f(i1 %c, ptr %p) {
                  br i1 %c, label %call, label %out
                call:
                  %x = tail call i32 @callee(ptr %p)
                  br label %out
                out:
                  ret void
                }
                """).text();

        assertThat(text).contains("""
                  %x = tail call i32 @callee(ptr %p)
                  br label %ci.return

                ci.return:
                  ret void
                """);
    }

    @Test
    void theLastWayKeepsTheReturn() {
        String text = Instrumented.of(CALLEE + """
                define i32 @f(i1 %c, ptr %p) {
                  br i1 %c, label %one, label %other
                one:
                  %x = tail call i32 @callee(ptr %p)
                  br label %out
                other:
                  %y = tail call i32 @callee(ptr %p)
                  br label %out
                out:
                  %r = phi i32 [ %x, %one ], [ %y, %other ]
                  ret i32 %r
                }

                define void @g(ptr %p) {
                  %x = tail call i32 @callee(ptr %p)
                  br label %out
                out:
                  ret void
                }
                """).text();

        assertThat(text)
                .containsOnlyOnce("ci.return:")
                .contains("%r = phi i32 [ %y, %other ]", "%x = tail call i32 @callee(ptr %p)\n  br label %out\n");
    }

    @Test
    void whatIsNoTailCallStaysAsItIs() {
        String text = Instrumented.of(CALLEE + """
                define i32 @f(i1 %c, ptr %p) {
                  br i1 %c, label %call, label %load
                call:
                  %x = tail call i32 @callee(ptr %p)
                  %z = add i32 %x, 1
                  br label %out
                load:
                  %y = call i32 @callee(ptr %p)
                  br label %out
                out:
                  %r = phi i32 [ %z, %call ], [ %y, %load ]
                  ret i32 %r
                }
                """).text();

        assertThat(text).doesNotContain("ci.return");
    }
}
