package dev.jci.bench.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FuzzTest {
    private static final List<Path> SEEDS = List.of(Path.of("..", "examples"));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void generatedModulesAreValidAndTreatedAsDocumented(long seed) {
        byte[] text = GeneratedModule.text(new SplittableRandom(seed));
        assertThat(Oracle.judge(text, new SplittableRandom(seed)))
                .as(new String(text, StandardCharsets.ISO_8859_1))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void theSameSeedGivesTheSameInputs() throws IOException {
        Corpus corpus = Corpus.of(SEEDS);
        assertThat(ByteMutation.mutate(corpus, new SplittableRandom(9)))
                .isEqualTo(ByteMutation.mutate(corpus, new SplittableRandom(9)));
        assertThat(TokenMutation.mutate(corpus, new SplittableRandom(9)))
                .isEqualTo(TokenMutation.mutate(corpus, new SplittableRandom(9)));
        assertThat(GeneratedModule.text(new SplittableRandom(9)))
                .isEqualTo(GeneratedModule.text(new SplittableRandom(9)));
    }

    @Test
    void whatIsNoModuleIsRejectedWithAMessage() {
        Verdict verdict = Oracle.judge("bogus".getBytes(StandardCharsets.UTF_8), new SplittableRandom(1));
        assertThat(verdict).isEqualTo(new Verdict.Rejected("expected top-level entity"));
    }

    @Test
    void aDefectIsKeptOnceWithItsSmallestInput(@TempDir Path folder) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        Findings findings = new Findings(folder, new PrintStream(log, true, StandardCharsets.UTF_8));
        findings.add("a defect", "seen", new byte[20], "first");
        findings.add("a defect", "seen", new byte[10], "second");
        findings.add("a defect", "seen", new byte[30], "third");

        assertThat(findings.size()).isEqualTo(1);
        assertThat(log.toString(StandardCharsets.UTF_8)).containsOnlyOnce("FOUND");
        assertThat(folder.resolve(Integer.toHexString("a defect".hashCode()) + ".ll"))
                .hasSize(10);
    }

    @Test
    void whatTakesTooLongIsAViolation() {
        Worker.Result<String> result = new Worker(1).run(() -> {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return "late";
        });
        assertThat(result.thrown()).isInstanceOf(Violation.class).hasMessageContaining("takes too long");
    }
}
