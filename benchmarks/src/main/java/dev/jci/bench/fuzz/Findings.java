package dev.jci.bench.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The defects found so far, each once, with the smallest input that shows it. */
final class Findings {
    private final Path folder;
    private final PrintStream log;
    private final Map<String, Integer> sizes = new LinkedHashMap<>();
    private final Map<String, Long> counts = new LinkedHashMap<>();

    /**
     * @param folder where the inputs go
     * @param log where a line for each new defect goes
     */
    Findings(Path folder, PrintStream log) {
        this.folder = folder;
        this.log = log;
    }

    /**
     * Notes a defect.
     *
     * @param signature what tells it from others
     * @param detail what was seen
     * @param input the input that shows it
     * @param origin how to make the input again
     */
    void add(String signature, String detail, byte[] input, String origin) {
        long count = counts.merge(signature, 1L, Long::sum);
        int smallest = sizes.getOrDefault(signature, Integer.MAX_VALUE);
        if (input.length >= smallest) {
            return;
        }
        sizes.put(signature, input.length);
        if (count == 1) {
            log.println("FOUND " + signature + " (" + origin + ")");
        }
        String name = Integer.toHexString(signature.hashCode());
        try {
            Files.createDirectories(folder);
            Files.write(folder.resolve(name + ".ll"), input);
            Files.writeString(folder.resolve(name + ".txt"), signature + "\n" + origin + "\n\n" + detail + "\n");
        } catch (IOException exception) {
            throw new UncheckedIOException(exception);
        }
    }

    /** How many defects. */
    int size() {
        return counts.size();
    }

    /** Writes the list of all defects, with how often each was met. */
    void summarise() {
        counts.forEach((signature, count) ->
                log.println(count + "\t" + Integer.toHexString(signature.hashCode()) + "\t" + signature));
    }

    /** What tells an exception from others: its class and the first two places of jci in it. */
    static String signature(Throwable thrown) {
        if (thrown instanceof Violation violation) {
            return violation.rule();
        }
        StringBuilder signature = new StringBuilder(thrown.getClass().getSimpleName());
        int places = 0;
        for (StackTraceElement place : thrown.getStackTrace()) {
            if (place.getClassName().startsWith("dev.jci.")
                    && !place.getClassName().startsWith("dev.jci.bench.")) {
                signature.append(' ').append(simple(place));
                if (++places == 2 || thrown instanceof StackOverflowError || thrown instanceof OutOfMemoryError) {
                    break;
                }
            }
        }
        return signature.toString();
    }

    private static String simple(StackTraceElement place) {
        String name = place.getClassName();
        return name.substring(name.lastIndexOf('.') + 1) + "." + place.getMethodName() + ":" + place.getLineNumber();
    }

    /** A message without what differs from input to input: names, numbers and types. */
    static String withoutNames(String message) {
        return message.lines()
                .findFirst()
                .orElse("")
                .replaceAll("'[^']*'", "'...'")
                .replaceAll("[@%$!#^](\"[^\"]*\"|[-\\w.$]+)", "NAME")
                .replaceAll("\\b\\d+\\b", "N");
    }

    /** The text of a stack trace. */
    static String trace(Throwable thrown) {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
            out.println(thrown);
            StackTraceElement[] places = thrown.getStackTrace();
            for (int i = 0; i < Math.min(40, places.length); i++) {
                out.println("  at " + places[i]);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
