package dev.jci.cli;

import dev.jci.toolchain.Tool;
import dev.jci.toolchain.ToolException;
import dev.jci.toolchain.Toolchain;
import java.util.ArrayList;
import java.util.List;

/** {@code jci version}: this program and the native tools that it found. */
final class VersionCommand implements Command {
    private final Syntax syntax =
            new Syntax(this, "version", "Shows the version of jci and the native tools that it found.");

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() {
        for (String line : lines()) {
            syntax.out().println(line);
        }
        return 0;
    }

    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(JciVersion.text() + ", Java " + Runtime.version());
        Toolchain toolchain = Toolchain.ofThisMachine();
        for (Tool llc : toolchain.llcs()) {
            lines.add("llc " + llc.version() + ": " + llc.path());
        }
        try {
            toolchain.llc(0);
        } catch (ToolException exception) {
            lines.add("llc: " + exception.getMessage());
        }
        try {
            lines.add("cc: "
                    + toolchain
                            .linker()
                            .map(linker -> linker.path().toString())
                            .orElse("not found; the Debian package gcc brings one, or name one with CC"));
        } catch (ToolException exception) {
            lines.add("cc: " + exception.getMessage());
        }
        return lines;
    }
}
