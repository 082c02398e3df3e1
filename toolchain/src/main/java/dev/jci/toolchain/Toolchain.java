package dev.jci.toolchain;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
 * come first, and what they name has to be usable.
 */
public final class Toolchain {
    private static final int NEWEST = 24;
    private static final int OLDEST = 14;
    private static final int SUGGESTED = 19;
    private static final Duration TO_SAY_ITS_VERSION = Duration.ofMinutes(1);
    private static final Pattern LLVM_VERSION = Pattern.compile("LLVM version (\\d+)");
    /** Where distributions put the tools of a version, which stands for the {@code *}. */
    private static final List<String> USUAL_FOLDERS =
            List.of("/usr/lib/llvm-*/bin", "/opt/homebrew/opt/llvm@*/bin", "/usr/local/opt/llvm@*/bin");

    private static final String LLC_VARIABLE = "JCI_LLC";

    private final Map<String, String> environment;
    private final List<String> folders;

    private Toolchain(Map<String, String> environment, List<String> folders) {
        this.environment = environment;
        this.folders = folders;
    }

    /**
     * The tools that a process with these environment variables finds.
     *
     * @param environment {@code PATH}, {@code JCI_LLC} and {@code CC} are looked at
     */
    public static Toolchain of(Map<String, String> environment) {
        return of(environment, USUAL_FOLDERS);
    }

    /** The same with other folders to look in for a version, which stands for the {@code *} in them. */
    static Toolchain of(Map<String, String> environment, List<String> folders) {
        return new Toolchain(Map.copyOf(environment), List.copyOf(folders));
    }

    /** The tools that this process finds. */
    public static Toolchain ofThisMachine() {
        return of(System.getenv());
    }

    /** Every {@code llc} found, the newest first, one of each version. One that {@code JCI_LLC} names is the one of its version. */
    public List<Tool> llcs() {
        Map<Integer, Tool> byVersion = new LinkedHashMap<>();
        onPath(environment.getOrDefault(LLC_VARIABLE, "").strip()).ifPresent(named -> add(byVersion, named));
        candidates("llc").forEach(candidate -> add(byVersion, candidate));
        List<Tool> found = new ArrayList<>(byVersion.values());
        found.sort((one, two) -> Integer.compare(two.version(), one.version()));
        return found;
    }

    private static void add(Map<Integer, Tool> byVersion, Path candidate) {
        int version = llvmVersion(candidate);
        if (version > 0) {
            byVersion.putIfAbsent(version, new Tool("llc", candidate, version));
        }
    }

    /**
     * The {@code llc} to use.
     *
     * @param version the version wanted, 0 for the one that {@code JCI_LLC} or the {@code PATH} gives first
     * @throws ToolException when there is none, or {@code JCI_LLC} names something else
     */
    public Tool llc(int version) throws ToolException {
        Optional<Tool> named = namedLlc();
        if (named.isPresent() && (version == 0 || named.get().version() == version)) {
            return named.get();
        }
        for (Path candidate : candidates("llc")) {
            int found = llvmVersion(candidate);
            if (found > 0 && (version == 0 || found == version)) {
                return new Tool("llc", candidate, found);
            }
        }
        String wanted = version == 0 ? "llc" : "llc of LLVM " + version;
        throw ToolException.missing(
                wanted,
                "the Debian package llvm-" + (version == 0 ? SUGGESTED : version) + " brings it, or name one with "
                        + LLC_VARIABLE);
    }

    private Optional<Tool> namedLlc() throws ToolException {
        String name = environment.getOrDefault(LLC_VARIABLE, "").strip();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Path path = onPath(name).orElseThrow(() -> ToolException.misnamed(LLC_VARIABLE, name, "no program"));
        int version = llvmVersion(path);
        if (version == 0) {
            throw ToolException.misnamed(LLC_VARIABLE, name, "not an llc: it does not say \"LLVM version\"");
        }
        return Optional.of(new Tool("llc", path, version));
    }

    /**
     * The C compiler that links, when there is one.
     *
     * @throws ToolException when {@code CC} names something that is not a program
     */
    public Optional<Tool> linker() throws ToolException {
        List<String> named = wordsOfCc();
        if (!named.isEmpty()) {
            String name = named.get(0);
            Path path = onPath(name).orElseThrow(() -> ToolException.misnamed("CC", name, "no program"));
            return Optional.of(new Tool("cc", path, 0));
        }
        return List.of("cc", "gcc", "clang").stream()
                .flatMap(name -> onPath(name).stream())
                .findFirst()
                .map(path -> new Tool("cc", path, 0));
    }

    /** The program and options that {@code CC} names, as in {@code ccache gcc -m64}. */
    private List<String> wordsOfCc() {
        String named = environment.getOrDefault("CC", "").strip();
        return named.isEmpty() ? List.of() : List.of(named.split("\\s+"));
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
        command.addAll(wordsOfCc().stream().skip(1).toList());
        objects.forEach(object -> command.add(object.toString()));
        command.addAll(List.of("-o", program.toString()));
        command.addAll(options);
        Runner.run(command);
    }

    private List<Path> candidates(String name) {
        List<Path> found = new ArrayList<>();
        onPath(name).ifPresent(found::add);
        for (int version = NEWEST; version >= OLDEST; version--) {
            onPath(name + "-" + version).ifPresent(found::add);
            for (String folder : folders) {
                Path path = Path.of(folder.replace("*", Integer.toString(version)), name);
                if (isProgram(path)) {
                    found.add(path);
                }
            }
        }
        return found;
    }

    private Optional<Path> onPath(String name) {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (name.contains(File.separator)) {
            return Optional.of(Path.of(name)).filter(Toolchain::isProgram);
        }
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && isProgram(Path.of(folder, name))) {
                return Optional.of(Path.of(folder, name));
            }
        }
        return Optional.empty();
    }

    private static boolean isProgram(Path path) {
        return Files.isExecutable(path) && !Files.isDirectory(path);
    }

    private static int llvmVersion(Path tool) {
        try {
            Matcher matcher =
                    LLVM_VERSION.matcher(Runner.run(List.of(tool.toString(), "--version"), TO_SAY_ITS_VERSION));
            return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
        } catch (ToolException exception) {
            return 0;
        }
    }
}
