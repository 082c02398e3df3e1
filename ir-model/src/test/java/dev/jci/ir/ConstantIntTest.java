package dev.jci.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class ConstantIntTest {
    @Test
    void valuesAreTheSignedNumbersOfTheirWidth() {
        IntegerType i8 = IntegerType.of(8);

        assertThat(ConstantInt.of(i8, 255)).isEqualTo(ConstantInt.of(i8, -1));
        assertThat(ConstantInt.of(i8, 255).longValue()).isEqualTo(-1);
        assertThat(ConstantInt.of(i8, 128).value()).isEqualTo(BigInteger.valueOf(-128));
        assertThat(ConstantInt.of(IntegerType.I1, 1)).isEqualTo(ConstantInt.TRUE);
    }

    @Test
    void widthsMakeADifference() {
        assertThat(ConstantInt.of(IntegerType.of(8), 1)).isNotEqualTo(ConstantInt.of(IntegerType.of(16), 1));
    }

    @Test
    void numbersBeyondALongAreKept() {
        BigInteger wide = BigInteger.ONE.shiftLeft(100);

        ConstantInt constant = ConstantInt.of(IntegerType.of(128), wide);

        assertThat(constant.fitsLong()).isFalse();
        assertThat(constant.value()).isEqualTo(wide);
        assertThat(ConstantInt.of(IntegerType.of(128), BigInteger.TEN))
                .isEqualTo(ConstantInt.of(IntegerType.of(128), 10));
    }
}
