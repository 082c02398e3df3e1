package dev.jci.grammar;

import static dev.jci.grammar.Rejections.rejection;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Bodies are read after all headers; the error named is nevertheless the one that stands first. */
class OrderOfErrorsTest {
    @Test
    void anErrorInABodyComesBeforeOneInALaterHeader() {
        assertThat(rejection("define void @f() {\n  ret nothing\n}\ndefine void @f() {\n  ret void\n}\n"))
                .startsWith("2: ");
    }

    @Test
    void anErrorInAHeaderComesBeforeOneInALaterBody() {
        assertThat(rejection("@x = global i0 1\ndefine void @f() {\n  ret nothing\n}\n"))
                .isEqualTo("1: bitwidth for integer type out of range");
    }

    @Test
    void typesAreMissedLast() {
        assertThat(rejection("define void @f(ptr %p) {\n  call void %p(ptr sret(%t) %p)\n  ret void\n}\n"))
                .isEqualTo("2: use of undefined type named 't'");
    }

    @Test
    void theTargetStandsBeforeEverythingElse() {
        assertThat(rejection("@x = global i32 1\ntarget triple = \"x86_64\"\n"))
                .isEqualTo("2: expected top-level entity");
    }
}
