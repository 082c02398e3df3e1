package dev.jci.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jci.ir.verify.Verifier;
import org.junit.jupiter.api.Test;

class SyntheticModuleTest {
    @Test
    void isValid() {
        assertThat(Verifier.verify(SyntheticModule.ofLines(2_000))).isEmpty();
    }

    @Test
    void mediumHasTwentyThousandLines() {
        assertThat(Subject.of("medium").lines()).isBetween(19_000L, 21_000L);
    }

    @Test
    void isReadAsItWasPrinted() {
        assertThat(Verifier.verify(Subject.of("medium").read())).isEmpty();
    }

    @Test
    void smallHasAboutAHundredLines() {
        assertThat(Subject.of("small").lines()).isBetween(80L, 150L);
    }
}
