package dev.jci.ci;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What calls of the C library cost, as it was measured ({@code benchmarks/costs/make-table}): the table {@code library-costs.txt} beside this
 * class, in the format of {@link CostFiles#readClasses}.
 */
final class LibraryCosts {
    private static final String TABLE = "library-costs.txt";
    /** Read once; options are made often. */
    private static final Map<String, Long> COSTS = read();

    private LibraryCosts() {}

    /** The costs by function name; the call itself is not included. */
    static Map<String, Long> table() {
        return COSTS;
    }

    private static Map<String, Long> read() {
        try (InputStream stream = LibraryCosts.class.getResourceAsStream(TABLE)) {
            if (stream == null) {
                throw new IllegalStateException("the jar lacks " + TABLE);
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.US_ASCII);
            return Map.copyOf(CostFiles.readClasses(text.lines().toList()));
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }
}
