package dev.jci.bench.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The files that inputs are made from. */
final class Corpus {
    private static final long LARGEST = 48 << 10;
    private static final int CACHED = 2_000;

    private final List<Path> files;
    private final Map<Path, byte[]> cache = new LinkedHashMap<>();

    private Corpus(List<Path> files) {
        this.files = files;
    }

    /**
     * The {@code .ll} files of up to 48 KiB in folders.
     *
     * @throws IOException when a folder cannot be read
     */
    static Corpus of(List<Path> folders) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path folder : folders) {
            try (Stream<Path> walk = Files.walk(folder)) {
                for (Path file : walk.filter(path -> path.toString().endsWith(".ll"))
                        .sorted()
                        .toList()) {
                    if (Files.isRegularFile(file) && Files.size(file) <= LARGEST) {
                        files.add(file);
                    }
                }
            }
        }
        return new Corpus(List.copyOf(files));
    }

    int size() {
        return files.size();
    }

    /** One of the files, drawn. */
    byte[] draw(SplittableRandom random) {
        Path file = files.get(random.nextInt(files.size()));
        byte[] known = cache.get(file);
        if (known != null) {
            return known;
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (cache.size() < CACHED) {
                cache.put(file, bytes);
            }
            return bytes;
        } catch (IOException exception) {
            throw new java.io.UncheckedIOException(exception);
        }
    }
}
