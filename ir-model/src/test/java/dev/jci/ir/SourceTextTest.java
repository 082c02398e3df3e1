package dev.jci.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a diagnostic is shown. */
class SourceTextTest {
    private static SourceText text(String text) {
        return new SourceText("f.ll", text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aDiagnosticHasItsPlaceItsLineAndACaret() {
        SourceText source = text("line one\nret i32 %x\n");

        assertThat(source.render(Diagnostic.error("use of undefined value '%x'", 17)))
                .isEqualTo("""
                        f.ll:2:9: error: use of undefined value '%x'
                        ret i32 %x
                                ^""");
    }

    @Test
    void tabsBeforeTheCaretStayTabs() {
        assertThat(text("\tret").render(Diagnostic.warning("m", 1))).endsWith("\n\tret\n\t^");
    }

    @Test
    void withoutAPlaceThereIsOnlyTheMessage() {
        assertThat(text("x").render(Diagnostic.error("m", -1))).isEqualTo("f.ll: error: m");
    }

    @Test
    void atTheEndOfTheTextThereIsNoLine() {
        assertThat(text("x\n").render(Diagnostic.error("expected '}'", 2))).isEqualTo("f.ll:2:1: error: expected '}'");
    }

    @Test
    void anEndlessLineIsCutAroundThePlace() {
        String rendered = text("a".repeat(5000) + "!" + "b".repeat(5000)).render(Diagnostic.error("m", 5000));

        assertThat(rendered.lines()).hasSize(3).allMatch(line -> line.length() < 250);
        List<String> lines = rendered.lines().toList();
        assertThat(lines.get(1).charAt(lines.get(2).indexOf('^'))).isEqualTo('!');
    }

    @Test
    void bytesThatATerminalWouldActOnAreNotShown() {
        assertThat(text("\u001b[2J").render(Diagnostic.error("m", 0))).doesNotContain("\u001b");
    }
}
