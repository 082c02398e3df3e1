package dev.jci.toolchain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jci.testsupport.NativeTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tools are found, with shell scripts for tools. */
class ToolchainTest {
    @TempDir
    private Path folder;

    private Path script(String name, String text) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.writeString(path, "#!/bin/sh\n" + text + "\n");
        assertThat(path.toFile().setExecutable(true)).isTrue();
        return path;
    }

    private Path llc(String name, int version) throws IOException {
        return script(name, "echo 'LLVM (http://llvm.org/):'\necho '  LLVM version " + version + ".1.2'");
    }

    private Toolchain toolchain(Map<String, String> more) {
        java.util.HashMap<String, String> environment = new java.util.HashMap<>(more);
        environment.put("PATH", folder.resolve("bin") + ":" + folder.resolve("other"));
        return Toolchain.of(environment, List.of(folder + "/llvm-*/bin"));
    }

    @Test
    void anyLlcIsTheOneWithoutAVersionInItsName() throws IOException, ToolException {
        Path plain = llc("bin/llc", 16);
        llc("bin/llc-22", 22);

        assertThat(toolchain(Map.of()).llc(0)).isEqualTo(new Tool("llc", plain, 16));
    }

    @Test
    void anyLlcIsElseTheNewest() throws IOException, ToolException {
        llc("bin/llc-14", 14);
        Path newest = llc("other/llc-19", 19);

        assertThat(toolchain(Map.of()).llc(0)).isEqualTo(new Tool("llc", newest, 19));
    }

    @Test
    void anLlcOfAVersionIsFoundByWhatItSays() throws IOException, ToolException {
        llc("bin/llc", 19);
        llc("bin/llc-14", 15);
        Path wanted = llc("other/llc-16", 14);

        assertThat(toolchain(Map.of()).llc(14)).isEqualTo(new Tool("llc", wanted, 14));
    }

    @Test
    void anLlcIsFoundInTheFolderOfItsVersion() throws IOException, ToolException {
        llc("bin/llc", 19);
        Path wanted = llc("llvm-17/bin/llc", 17);

        assertThat(toolchain(Map.of()).llc(17)).isEqualTo(new Tool("llc", wanted, 17));
    }

    @Test
    void whatDoesNotSayItsVersionIsNoLlc() throws IOException, ToolException {
        script("bin/llc", "exit 1");
        script("bin/llc-22", "echo something else");
        Path works = llc("bin/llc-19", 19);

        assertThat(toolchain(Map.of()).llc(0).path()).isEqualTo(works);
    }

    @Test
    void allVersionsAreListedNewestFirst() throws IOException {
        llc("bin/llc", 16);
        llc("bin/llc-16", 16);
        llc("bin/llc-14", 14);
        llc("llvm-22/bin/llc", 22);

        assertThat(toolchain(Map.of()).llcs()).extracting(Tool::version).containsExactly(22, 16, 14);
        assertThat(toolchain(Map.of()).llcs().get(1).path()).isEqualTo(folder.resolve("bin/llc"));
    }

    @Test
    void aMissingLlcIsNamedWithItsPackage() {
        assertThatThrownBy(() -> toolchain(Map.of()).llc(0))
                .isInstanceOf(ToolException.class)
                .hasMessage("llc not found; the Debian package llvm-19 brings it, or name one with JCI_LLC");
        assertThatThrownBy(() -> toolchain(Map.of()).llc(16))
                .hasMessage("llc of LLVM 16 not found; the Debian package llvm-16 brings it, or name one with JCI_LLC");
        assertThat(toolchain(Map.of()).llcs()).isEmpty();
    }

    @Test
    void theNamedLlcComesFirst() throws IOException, ToolException {
        llc("bin/llc", 19);
        Path named = llc("mine/my-llc", 19);

        Toolchain toolchain = toolchain(Map.of("JCI_LLC", " " + named + " "));

        assertThat(toolchain.llc(0).path()).isEqualTo(named);
        assertThat(toolchain.llc(19).path()).isEqualTo(named);
        assertThat(toolchain.llcs()).containsExactly(new Tool("llc", named, 19));
    }

    @Test
    void theNamedLlcMayBeOneOfThePath() throws IOException, ToolException {
        llc("bin/llc", 19);
        Path named = llc("other/my-llc", 14);

        assertThat(toolchain(Map.of("JCI_LLC", "my-llc")).llc(0)).isEqualTo(new Tool("llc", named, 14));
    }

    @Test
    void anotherVersionThanTheNamedOneIsLookedFor() throws IOException, ToolException {
        Path other = llc("bin/llc-14", 14);
        Path named = llc("mine/my-llc", 19);

        assertThat(toolchain(Map.of("JCI_LLC", named.toString())).llc(14).path())
                .isEqualTo(other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-llc", "/no/such/llc", "/", "/dev/null"})
    void aNamedLlcThatIsNoProgramIsAnError(String name) throws IOException {
        llc("bin/llc", 19);

        assertThatThrownBy(() -> toolchain(Map.of("JCI_LLC", name)).llc(0))
                .isInstanceOf(ToolException.class)
                .hasMessage("the environment variable JCI_LLC names '" + name
                        + "', which is no program; correct or unset it");
        assertThat(toolchain(Map.of("JCI_LLC", name)).llcs())
                .extracting(Tool::version)
                .containsExactly(19);
    }

    @Test
    void aNamedLlcThatIsSomethingElseIsAnError() throws IOException {
        llc("bin/llc", 19);
        Path named = script("mine/clang", "echo 'clang version 19.1.7'");

        assertThatThrownBy(() -> toolchain(Map.of("JCI_LLC", named.toString())).llc(19))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("JCI_LLC")
                .hasMessageContaining("'" + named + "'")
                .hasMessageContaining("not an llc");
    }

    @Test
    void anEmptyVariableNamesNothing() throws IOException, ToolException {
        llc("bin/llc", 19);
        script("bin/gcc", "exit 0");

        Toolchain toolchain = toolchain(Map.of("JCI_LLC", " ", "CC", ""));

        assertThat(toolchain.llc(0).version()).isEqualTo(19);
        assertThat(toolchain.linker()).map(Tool::path).contains(folder.resolve("bin/gcc"));
    }

    @Test
    void ccLinksElseGccElseClang() throws IOException, ToolException {
        assertThat(toolchain(Map.of()).linker()).isEmpty();
        Path clang = script("bin/clang", "exit 0");
        assertThat(toolchain(Map.of()).linker()).map(Tool::path).contains(clang);
        Path gcc = script("other/gcc", "exit 0");
        assertThat(toolchain(Map.of()).linker()).map(Tool::path).contains(gcc);
        Path cc = script("other/cc", "exit 0");
        assertThat(toolchain(Map.of()).linker()).map(Tool::path).contains(cc);
    }

    @Test
    void aNamedLinkerThatIsNoProgramIsAnError() throws IOException {
        script("bin/cc", "exit 0");

        assertThatThrownBy(() -> toolchain(Map.of("CC", "no-such-cc")).linker())
                .isInstanceOf(ToolException.class)
                .hasMessage("the environment variable CC names 'no-such-cc', which is no program; correct or unset it");
    }

    @Test
    void theNamedLinkerKeepsItsOptions() throws IOException, ToolException {
        script("bin/cache", "for word; do echo \"$word\"; done > " + folder.resolve("words"));

        toolchain(Map.of("CC", "cache gcc -m64"))
                .link(List.of(Path.of("a.o"), Path.of("b.o")), Path.of("program"), List.of("-lm"));

        assertThat(Files.readAllLines(folder.resolve("words")))
                .containsExactly("gcc", "-m64", "a.o", "b.o", "-o", "program", "-lm");
    }

    @Test
    void aMissingLinkerIsNamedWithItsPackage() {
        assertThatThrownBy(() -> toolchain(Map.of()).link(List.of(), Path.of("program"), List.of()))
                .isInstanceOf(ToolException.class)
                .hasMessage(
                        "a C compiler to link with not found; the Debian package gcc brings one, or name one with CC");
    }

    @Test
    void whatACompilerSaysIsPassedOn() throws IOException {
        Path failing = script("bin/llc", "echo \"$3 $4: error: bad\" >&2\nexit 7");

        assertThatThrownBy(() -> toolchain(Map.of())
                        .compile(new Tool("llc", failing, 19), Path.of("a.ll"), Path.of("a.o"), List.of("-mattr=+avx")))
                .isInstanceOf(ToolException.class)
                .hasMessage("exit code 7 of: " + failing
                        + " -O2 -relocation-model=pic -filetype=obj -mattr=+avx a.ll -o a.o\n"
                        + "-filetype=obj -mattr=+avx: error: bad");
    }

    @Test
    void theRealLlcCompiles() throws IOException, ToolException {
        new NativeTool("llc-19").require();
        Path source = Files.writeString(folder.resolve("f.ll"), "define i32 @f() {\n  ret i32 7\n}\n");
        Path object = folder.resolve("f.o");
        Toolchain toolchain = Toolchain.ofThisMachine();

        Tool llc = toolchain.llc(19);
        toolchain.compile(llc, source, object, List.of());

        assertThat(llc.version()).isEqualTo(19);
        assertThat(object).isNotEmptyFile();
        assertThat(toolchain.llcs()).extracting(Tool::version).contains(19).isSortedAccordingTo((a, b) -> b - a);
    }
}
