package dev.jci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command writes depends on its input and its options alone, so that builds can keep it and make it elsewhere. */
class SameBytesTest {
    private static final Path PRIMES = Path.of("..", "examples", "primes.ll");

    @TempDir
    private Path folder;

    private Path instrument(String out, Object input, Object... options) throws IOException {
        Path file = folder.resolve(out);
        List<Object> words = new java.util.ArrayList<>(List.of("instrument", input, "-o", file));
        words.addAll(List.of(options));
        assertThat(Outcome.ofJci(new ByteArrayInputStream(Files.readAllBytes(PRIMES)), words.toArray()))
                .isEqualTo(new Outcome(0, "", ""));
        return file;
    }

    @Test
    void whereTheFileIsDoesNotMatter() throws IOException {
        Path elsewhere = Files.copy(
                PRIMES, Files.createDirectories(folder.resolve("some/folder")).resolve("other.ll"));
        Path expected = instrument("expected.ll", PRIMES);

        assertThat(instrument("absolute.ll", PRIMES.toAbsolutePath())).hasSameBinaryContentAs(expected);
        assertThat(instrument("elsewhere.ll", elsewhere)).hasSameBinaryContentAs(expected);
        assertThat(instrument("input.ll", "-")).hasSameBinaryContentAs(expected);
    }

    @Test
    void whereTheResultGoesDoesNotMatter() throws IOException {
        Path expected = instrument("expected.ll", PRIMES);

        assertThat(Outcome.ofJci("instrument", PRIMES, "-o", "-").out()).isEqualTo(Files.readString(expected));
        assertThat(expected).content().doesNotContain(folder.toString(), PRIMES.toString());
    }

    @Test
    void neitherDoTheNumberOfThreadsAndTheOtherFiles() throws IOException {
        Path expected = instrument("expected.ll", PRIMES);
        Path sources = Files.createDirectory(folder.resolve("sources"));
        for (int i = 0; i < 20; i++) {
            Files.copy(PRIMES, sources.resolve(i + ".ll"));
        }
        for (int jobs : List.of(1, 2, 7)) {
            Path out = Files.createDirectory(folder.resolve("jobs" + jobs));
            assertThat(Outcome.ofJci("instrument", sources, "-o", out, "-j", jobs)
                            .exitCode())
                    .isZero();
            for (int i = 0; i < 20; i++) {
                assertThat(out.resolve(i + ".ll")).hasSameBinaryContentAs(expected);
            }
        }
    }

    @Test
    void neitherDoLanguageAndTimeZone() throws IOException {
        Path expected = instrument("expected.ll", PRIMES, "--report", folder.resolve("expected.json"));
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            for (String tag : List.of("ar-EG-u-nu-arab", "tr-TR")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
                assertThat(instrument(tag + ".ll", PRIMES, "--report", folder.resolve("report.json")))
                        .hasSameBinaryContentAs(expected);
                assertThat(folder.resolve("report.json")).hasSameBinaryContentAs(folder.resolve("expected.json"));
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }
}
