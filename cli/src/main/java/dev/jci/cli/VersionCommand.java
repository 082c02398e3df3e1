package dev.jci.cli;

import dev.jci.toolchain.Tool;
import dev.jci.toolchain.ToolException;
import dev.jci.toolchain.Toolchain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code jci version}: this program and the native tools that it found. */
@Command(
        name = "version",
        description = "Shows the version of jci and the native tools that it found.",
        mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer>, IVersionProvider {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        for (String line : lines()) {
            spec.commandLine().getOut().println(line);
        }
        return 0;
    }

    @Override
    public String[] getVersion() {
        return new String[] {ownVersion()};
    }

    private static String ownVersion() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return "jci " + (version == null ? "(not packaged)" : version);
    }

    private static List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(ownVersion() + ", Java " + Runtime.version());
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
