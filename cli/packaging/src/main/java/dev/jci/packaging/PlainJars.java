package dev.jci.packaging;

import java.io.IOException;
import java.lang.classfile.ClassHierarchyResolver;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The program that the build runs: makes {@link PlainBytecode} of all classes in jci's own jars, in their places. */
public final class PlainJars {
    private PlainJars() {}

    /**
     * Rewrites all jars of jci in some folders.
     *
     * @param folders where the jars are. Those whose names begin with {@code jci} are rewritten; the others are only read, for the
     *     types that are mentioned
     * @throws IOException when a jar cannot be read or written
     */
    public static void main(String[] folders) throws IOException {
        List<Path> jars = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".jar")).sorted().forEach(jars::add);
            }
        }
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        try (URLClassLoader types = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
            PlainBytecode plain = new PlainBytecode(
                    ClassHierarchyResolver.ofResourceParsing(types).cached());
            for (Path jar : jars) {
                if (jar.getFileName().toString().startsWith("jci")) {
                    rewrite(jar, plain);
                }
            }
        }
    }

    /**
     * Leaves order and times of the entries as they are, and the whole jar when no class of it changes. The jar keeps its time, too:
     * Maven copies it again at each build, and an ahead-of-time cache is only good for jars of the time that it was made from.
     */
    private static void rewrite(Path jar, PlainBytecode plain) throws IOException {
        Path rewritten = jar.resolveSibling(jar.getFileName() + ".new");
        boolean changed = false;
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(rewritten))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] before = in.readAllBytes();
                byte[] after = entry.getName().endsWith(".class") ? plain.of(before) : before;
                changed |= after != before;
                ZipEntry same = new ZipEntry(entry.getName());
                same.setTimeLocal(entry.getTimeLocal());
                out.putNextEntry(same);
                out.write(after);
                out.closeEntry();
            }
        }
        if (changed) {
            Files.setLastModifiedTime(rewritten, Files.getLastModifiedTime(jar));
            Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.delete(rewritten);
        }
    }
}
