package dev.jci.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.ConstantFP;
import dev.jci.ir.FloatingPointType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloatingPointTextTest {
    private static String text(ConstantFP constant) {
        TextBuffer out = new TextBuffer();
        FloatingPointText.write(out, constant);
        return new String(TextBuffer.join(List.of(out)), StandardCharsets.ISO_8859_1);
    }

    @Test
    void sixPlacesWhenTheyGiveTheValueAgain() {
        assertThat(text(ConstantFP.of(1.0))).isEqualTo("1.000000e+00");
        assertThat(text(ConstantFP.of(-0.0))).isEqualTo("-0.000000e+00");
        assertThat(text(ConstantFP.of(0.5f))).isEqualTo("5.000000e-01");
        assertThat(text(ConstantFP.of(1e100))).isEqualTo("1.000000e+100");
        assertThat(text(ConstantFP.of(1234567.0))).isEqualTo("1.234567e+06");
        assertThat(text(ConstantFP.of(-1e-7))).isEqualTo("-1.000000e-07");
        assertThat(text(ConstantFP.of(0.1))).isEqualTo("1.000000e-01");
        assertThat(text(ConstantFP.of(Double.MIN_VALUE))).isEqualTo("4.940656e-324");
    }

    @Test
    void bitsOtherwise() {
        assertThat(text(ConstantFP.of(1.0 / 3))).isEqualTo("0x3FD5555555555555");
        assertThat(text(ConstantFP.of(12345678.0))).isEqualTo("0x41678C29C0000000");
        assertThat(text(ConstantFP.of(Double.POSITIVE_INFINITY))).isEqualTo("0x7FF0000000000000");
        assertThat(text(ConstantFP.of(Double.MAX_VALUE))).isEqualTo("0x7FEFFFFFFFFFFFFF");
    }

    @Test
    void floatsArePrintedAsTheDoubleThatTheyAre() {
        assertThat(text(ConstantFP.of(0.1f))).isEqualTo("0x3FB99999A0000000");
        assertThat(text(ConstantFP.of(Float.MIN_VALUE))).isEqualTo("0x36A0000000000000");
    }

    @Test
    void signallingNaNStaysSignalling() {
        assertThat(text(new ConstantFP(FloatingPointType.FLOAT, 0, 0x7fa00000L)))
                .isEqualTo("0x7FF4000000000000");
        assertThat(text(new ConstantFP(FloatingPointType.FLOAT, 0, 0xffc00001L)))
                .isEqualTo("0xFFF8000020000000");
    }

    @Test
    void otherFormatsHaveALetter() {
        assertThat(text(new ConstantFP(FloatingPointType.HALF, 0, 0x3c00))).isEqualTo("0xH3C00");
        assertThat(text(new ConstantFP(FloatingPointType.BFLOAT, 0, 0x3f80))).isEqualTo("0xR3F80");
        assertThat(text(new ConstantFP(FloatingPointType.X86_FP80, 0x3fff, 0x8000000000000000L)))
                .isEqualTo("0xK3FFF8000000000000000");
        assertThat(text(new ConstantFP(FloatingPointType.FP128, 0x3fff000000000000L, 1)))
                .isEqualTo("0xL00000000000000013FFF000000000000");
        assertThat(text(new ConstantFP(FloatingPointType.PPC_FP128, 0, 0x3ff0000000000000L)))
                .isEqualTo("0xM3FF00000000000000000000000000000");
    }
}
