package dev.jci.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GeneratedParserTest {
    @Test
    void everyDecisionIsMadeOnOneToken() throws IOException {
        String parser = Files.readString(Path.of("target/generated-sources/antlr4/dev/jci/grammar/LlvmIrParser.java"));

        // A decision that needs more than one token would be made by ANTLR's prediction, which is a hundred times
        // slower.
        assertThat(parser).contains("class LlvmIrParser").doesNotContain("adaptivePredict");
    }

    @Test
    void whatPredictionWorksOnIsNotMade() {
        assertThat(LlvmIrParser._ATN.states).isEmpty();
    }
}
