package dev.jci.toolchain;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The native tools of the machine: {@code llc} of any version, and a C compiler that links. They are looked for on the {@code PATH}, with
 * and without a version behind the name, and in the folders where distributions put LLVM; the variables {@code JCI_LLC} and {@code CC}
 * come first.
 */
public final class Toolchain {
    private static final int NEWEST = 24;
    private static final int OLDEST = 14;
    private static final Pattern LLVM_VERSION = Pattern.compile("LLVM version (\\d+)");

    private final Map<String, String> environment;

    private Toolchain(Map<String, String> environment) {
        this.environment = environment;
    }

    /** The tools that a process with these environment variables finds. */
    public static Toolchain of(Map<String, String> environment) {
        return new Toolchain(Map.copyOf(environment));
    }

    /** The tools that this process finds. */
    public static Toolchain ofThisMachine() {
        return of(System.getenv());
    }

    /** Every {@code llc} found, the newest first, one of each version. */
    public List<Tool> llcs() {
        Map<Integer, Tool> byVersion = new LinkedHashMap<>();
        for (Path candidate : candidates("llc")) {
            int version = llvmVersion(candidate);
            if (version > 0) {
                byVersion.putIfAbsent(version, new Tool("llc", candidate, version));
            }
        }
        List<Tool> found = new ArrayList<>(byVersion.values());
        found.sort((one, two) -> Integer.compare(two.version(), one.version()));
        return found;
    }

    /**
     * The {@code llc} to use.
     *
     * @param version the version wanted, 0 for the one that {@code JCI_LLC} or the {@code PATH} gives first
     * @throws ToolException when there is none
     */
    public Tool llc(int version) throws ToolException {
        for (Path candidate : candidates("llc")) {
            int found = llvmVersion(candidate);
            if (found > 0 && (version == 0 || found == version)) {
                return new Tool("llc", candidate, found);
            }
        }
        String wanted = version == 0 ? "llc" : "llc of LLVM " + version;
        throw ToolException.missing(
                wanted,
                "the Debian package llvm-" + (version == 0 ? 19 : version) + " brings it, or name one with JCI_LLC");
    }

    /** The C compiler that links, when there is one. */
    public Optional<Tool> linker() {
        String named = environment.get("CC");
        List<String> names = new ArrayList<>();
        if (named != null && !named.isBlank()) {
            names.add(named.strip());
        }
        names.addAll(List.of("cc", "gcc", "clang"));
        return names.stream().flatMap(name -> onPath(name).stream()).findFirst().map(path -> new Tool("cc", path, 0));
    }

    /**
     * Compiles LLVM IR to an object file.
     *
     * @param llc the compiler
     * @param source the {@code .ll} file
     * @param object the object file
     * @param options more options of {@code llc}
     * @throws ToolException when it fails
     */
    public void compile(Tool llc, Path source, Path object, List<String> options) throws ToolException {
        List<String> command = new ArrayList<>();
        command.add(llc.path().toString());
        command.addAll(List.of("-O2", "-relocation-model=pic", "-filetype=obj"));
        command.addAll(options);
        command.addAll(List.of(source.toString(), "-o", object.toString()));
        Runner.run(command);
    }

    /**
     * Links object files to a program.
     *
     * @param objects the object files
     * @param program the program
     * @param options more options of the linker, such as {@code -lm}
     * @throws ToolException when there is no linker or it fails
     */
    public void link(List<Path> objects, Path program, List<String> options) throws ToolException {
        Tool linker = linker().orElseThrow(() -> ToolException.missing(
                "a C compiler to link with", "the Debian package gcc brings one, or name one with CC"));
        List<String> command = new ArrayList<>();
        command.add(linker.path().toString());
        objects.forEach(object -> command.add(object.toString()));
        command.addAll(List.of("-o", program.toString()));
        command.addAll(options);
        Runner.run(command);
    }

    private List<Path> candidates(String name) {
        List<Path> found = new ArrayList<>();
        String named = environment.get("JCI_" + name.toUpperCase(java.util.Locale.ROOT));
        if (named != null && !named.isBlank()) {
            onPath(named.strip()).ifPresent(found::add);
        }
        onPath(name).ifPresent(found::add);
        for (int version = NEWEST; version >= OLDEST; version--) {
            onPath(name + "-" + version).ifPresent(found::add);
            for (String folder : List.of(
                    "/usr/lib/llvm-" + version + "/bin",
                    "/opt/homebrew/opt/llvm@" + version + "/bin",
                    "/usr/local/opt/llvm@" + version + "/bin")) {
                Path path = Path.of(folder, name);
                if (Files.isExecutable(path)) {
                    found.add(path);
                }
            }
        }
        return found;
    }

    private Optional<Path> onPath(String name) {
        if (name.contains(File.separator)) {
            Path path = Path.of(name);
            return Files.isExecutable(path) ? Optional.of(path) : Optional.empty();
        }
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty()) {
                Path path = Path.of(folder, name);
                if (Files.isExecutable(path) && !Files.isDirectory(path)) {
                    return Optional.of(path);
                }
            }
        }
        return Optional.empty();
    }

    private static int llvmVersion(Path tool) {
        try {
            Matcher matcher = LLVM_VERSION.matcher(Runner.run(List.of(tool.toString(), "--version")));
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        } catch (ToolException exception) {
            return 0;
        }
    }
}
