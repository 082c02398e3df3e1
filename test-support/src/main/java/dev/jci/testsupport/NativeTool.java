package dev.jci.testsupport;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * A native tool that a test runs.
 *
 * @param command the command name as found on the PATH, such as {@code llc-14}
 */
public record NativeTool(String command) {
    /** Set to 1, this environment variable turns a skip for a missing tool into a failure. */
    public static final String REQUIRE_VARIABLE = "JCI_REQUIRE_TOOLS";

    private static final Pattern VERSIONED = Pattern.compile("(?<name>.+)-(?<version>\\d+)");
    private static final Map<String, String> PACKAGES = Map.of(
            "cc", "gcc",
            "ld", "binutils",
            "objdump", "binutils",
            "qemu-aarch64", "qemu-user",
            "aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu",
            "sqlite3", "sqlite3");

    /**
     * Looks the tool up on the PATH.
     *
     * @return its path, or nothing when it is not installed
     */
    public Optional<Path> find() {
        return findIn(System.getenv().getOrDefault("PATH", ""));
    }

    /**
     * The tool's path, for a test that cannot go on without it.
     *
     * @return its path
     * @throws TestAbortedException when it is missing: the test is skipped
     * @throws AssertionFailedError when it is missing and {@value #REQUIRE_VARIABLE} is 1: the test fails
     */
    public Path require() {
        return require(mustBeThere());
    }

    /**
     * The tool's path.
     *
     * @param mustBeThere whether a missing tool fails the test instead of skipping it
     * @return its path
     */
    Path require(boolean mustBeThere) {
        Optional<Path> found = find();
        if (found.isEmpty() && mustBeThere) {
            throw new AssertionFailedError(whyMissing() + " (" + REQUIRE_VARIABLE + "=1)");
        }
        return found.orElseThrow(() -> new TestAbortedException(whyMissing()));
    }

    /**
     * {@return one line that says that the tool is missing and which Debian package brings it}
     */
    public String whyMissing() {
        return command + " not found; Debian package " + debianPackage() + " brings it";
    }

    /**
     * {@return the name of the Debian package that brings the tool}
     */
    public String debianPackage() {
        Matcher versioned = VERSIONED.matcher(command);
        if (!versioned.matches()) {
            return PACKAGES.getOrDefault(command, command);
        }
        String version = versioned.group("version");
        return switch (versioned.group("name")) {
            case "clang", "clang++" -> "clang-" + version;
            case "lld", "ld.lld" -> "lld-" + version;
            case "gcc" -> "gcc-" + version;
            case "g++" -> "g++-" + version;
            default -> "llvm-" + version;
        };
    }

    /** {@return whether this build's environment says that a missing tool fails the test} */
    static boolean mustBeThere() {
        return "1".equals(System.getenv(REQUIRE_VARIABLE));
    }

    /**
     * Looks the tool up in a list of folders.
     *
     * @param searchPath folders, written as in the PATH variable
     * @return its path, or nothing when none of the folders has it
     */
    Optional<Path> findIn(String searchPath) {
        for (String folder : searchPath.split(Pattern.quote(File.pathSeparator), -1)) {
            Path candidate = Path.of(folder, command);
            if (!folder.isEmpty() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
