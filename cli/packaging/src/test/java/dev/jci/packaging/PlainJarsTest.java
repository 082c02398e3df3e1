package dev.jci.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainJarsTest {
    private static final String SAMPLE = "dev/jci/packaging/Sample$Pair.class";
    private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0, 0);

    @TempDir
    Path folder;

    @Test
    void onlyClassesOfJciAreRewritten() throws IOException {
        Path own = jar("jci-own.jar");
        Path other = jar("other.jar");
        byte[] before = Files.readAllBytes(other);

        PlainJars.main(new String[] {folder.toString()});

        assertThat(Files.readAllBytes(other)).isEqualTo(before);
        assertThat(entries(own).keySet()).isEqualTo(entries(other).keySet());
        assertThat(entries(own).get("note.txt")).isEqualTo(entries(other).get("note.txt"));
        assertThat(entries(own).get(SAMPLE)).isNotEqualTo(entries(other).get(SAMPLE));
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void timesStayAndASecondRunChangesNothing() throws IOException {
        Path own = jar("jci-own.jar");
        FileTime longAgo = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(own, longAgo);

        PlainJars.main(new String[] {folder.toString()});
        byte[] once = Files.readAllBytes(own);
        PlainJars.main(new String[] {folder.toString()});

        assertThat(Files.readAllBytes(own)).isEqualTo(once);
        assertThat(Files.getLastModifiedTime(own)).isEqualTo(longAgo);
    }

    private Path jar(String name) throws IOException {
        Path jar = folder.resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
                InputStream sample = PlainJarsTest.class.getClassLoader().getResourceAsStream(SAMPLE)) {
            assertThat(sample).isNotNull();
            put(out, "note.txt", "text".getBytes(StandardCharsets.UTF_8));
            put(out, SAMPLE, sample.readAllBytes());
        }
        return jar;
    }

    private static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }

    /** The entries by their names; each has the time that it was made with. */
    private static Map<String, byte[]> entries(Path jar) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                assertThat(entry.getTimeLocal()).isEqualTo(TIME);
                entries.put(entry.getName(), in.readAllBytes());
            }
        }
        return entries;
    }
}
