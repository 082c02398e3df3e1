package dev.jci.ci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the pass does on large functions grows like the functions, and is the same each time. */
class PassScaleTest {
    /** Conditions of two tests one behind the other, which all leave to one block: the published pass needs quadratic time for them. */
    private static String chain(int conditions) {
        StringBuilder text = new StringBuilder("@cell = global i64 0\ndefine i64 @f0(i64 %x) {\n  br label %k0\n");
        for (int i = 0; i < conditions; i++) {
            text.append("k" + i + ":\n  %p" + i + " = icmp eq i64 %x, " + (i + 100) + "\n  br i1 %p" + i
                    + ", label %exit, label %b" + i);
            text.append("\nb" + i + ":\n  %q" + i + " = icmp eq i64 %x, " + (i % 37) + "\n  br i1 %q" + i + ", label %c"
                    + i);
            text.append(", label %k" + (i + 1) + "\nc" + i + ":\n  store i64 " + i + ", ptr @cell\n  br label %k"
                    + (i + 1) + "\n");
        }
        return text.append("k" + conditions + ":\n  br label %exit\nexit:\n  ret i64 %x\n}\n")
                .toString();
    }

    /** Loops one in the other. */
    private static String nest(int depth) {
        StringBuilder text = new StringBuilder("define void @f0(i1 %c) {\n  br label %l0\n");
        for (int i = 0; i < depth; i++) {
            text.append("l" + i + ":\n  br label %" + (i + 1 < depth ? "l" + (i + 1) : "e" + i) + "\n");
        }
        for (int i = depth - 1; i >= 0; i--) {
            text.append("e" + i + ":\n  br i1 %c, label %l" + i + ", label %" + (i > 0 ? "e" + (i - 1) : "out") + "\n");
        }
        return text.append("out:\n  ret void\n}\n").toString();
    }

    /** One switch to many blocks. */
    private static String fan(int cases) {
        StringBuilder table = new StringBuilder();
        StringBuilder blocks = new StringBuilder();
        for (int i = 0; i < cases; i++) {
            table.append(" i64 " + i + ", label %b" + i);
            blocks.append("b" + i + ":\n  store i64 " + i + ", ptr @cell\n  br label %"
                    + (i % 3 == 0 ? "b" + (i + 1) : "exit") + "\n");
        }
        return "@cell = global i64 0\ndefine i64 @f0(i64 %x) {\n  switch i64 %x, label %exit [" + table + " ]\n"
                + blocks + "b" + cases + ":\n  br label %exit\nexit:\n  ret i64 %x\n}\n";
    }

    /** One switch to many blocks, which leave for one with a value of their own or go on to the next. */
    private static String fanWithValues(int cases) {
        StringBuilder table = new StringBuilder();
        StringBuilder blocks = new StringBuilder();
        StringBuilder values = new StringBuilder("[ -1, %k0 ]");
        for (int i = 0; i < cases; i++) {
            table.append(" i64 " + i + ", label %b" + i);
            blocks.append("b" + i + ":\n  %p" + i + " = icmp eq i64 %x, " + (i * 7 % cases) + "\n  br i1 %p" + i
                    + ", label %exit, label %b" + (i + 1) + "\n");
            values.append(", [ " + i + ", %b" + i + " ]");
        }
        return "define i64 @f0(i64 %x) {\nk0:\n  switch i64 %x, label %exit [" + table + " ]\n" + blocks + "b"
                + cases
                + ":\n  br label %exit\nexit:\n  %r = phi i64 " + values + ", [ -2, %b" + cases
                + " ]\n  ret i64 %r\n}\n";
    }

    private static long linesOf(String source, Options options) {
        return Instrumented.of(source, options).text().lines().count();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void twiceTheProgramIsAboutTwiceTheOutput(Mode mode) {
        Options options = Options.defaults().withMode(mode);

        assertThat(linesOf(chain(400), options)).isLessThan(linesOf(chain(200), options) * 21 / 10);
        assertThat(linesOf(fan(400), options)).isLessThan(linesOf(fan(200), options) * 21 / 10);
        assertThat(linesOf(nest(60), options)).isLessThan(linesOf(nest(30), options) * 21 / 10);
    }

    @Test
    void aProbeAtEveryOtherInstructionOfALongBlockTakesNoSquareOfTime() {
        StringBuilder text = new StringBuilder(8_000_000).append("define i64 @f0(i64 %x0) {\n");
        for (int i = 0; i < 200_000; i++) {
            text.append("  %x").append(i + 1).append(" = add i64 %x").append(i).append(", 1\n");
        }
        text.append("  ret i64 %x200000\n}\n");

        Options options = Options.defaults().withCommitInterval(2);
        assertThat(linesOf(text.toString(), options)).isBetween(800_000L, 2_500_000L);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void functionsMayBeAsDeepAsTheyLike(Mode mode) {
        Options options = Options.defaults().withMode(mode);

        Instrumented chain = Instrumented.of(chain(3000), options);
        Instrumented fan = Instrumented.of(fan(3000), options);
        Instrumented nest = Instrumented.of(nest(300), options);

        assertThat(chain.reportOf("f0").blocks()).isEqualTo(9003);
        assertThat(chain.report().diagnostics()).isEmpty();
        assertThat(fan.report().diagnostics()).isEmpty();
        assertThat(nest.reportOf("f0").loops()).isEqualTo(300);
        assertThat(nest.reportOf("f0").probes()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void theSameComesOutEachTime(Mode mode) {
        Options options = Options.defaults().withMode(mode);

        assertThat(Instrumented.of(chain(50), options).text())
                .isEqualTo(Instrumented.of(chain(50), options).text());
        assertThat(Instrumented.of(nest(20), options).text())
                .isEqualTo(Instrumented.of(nest(20), options).text());
    }

    @Test
    void edgesOfALargeSwitchAndToALargePhiAreSplit() {
        Instrumented result = Instrumented.of(fanWithValues(300));

        result.countsExactly();
        assertThat(result.text()).contains("ci.edge");
    }

    @Test
    void longChainsAreCountedExactly() {
        Instrumented result = Instrumented.of(chain(2000));

        result.countsExactly();
        assertThat(result.after().longest()).isLessThanOrEqualTo(1001);
    }
}
