package dev.jci.cli;

import dev.jci.ci.Options;
import dev.jci.ci.Report;
import dev.jci.ir.ByteString;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code jci stats}: counts. */
@Command(
        name = "stats",
        description =
                "Shows how many instructions, blocks and loops the functions have, and how many probes they would get.",
        mixinStandardHelpOptions = true)
final class StatsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private Jci jci = new Jci();

    @Parameters(paramLabel = "FILE", description = "The .ll file, or - for standard input.")
    private String input = "-";

    @Option(names = "--json", description = "As JSON instead of a table.")
    private boolean asJson;

    @Mixin
    private PassOptions pass = new PassOptions();

    @Override
    public Integer call() throws Failure {
        ModuleFiles.Read read = jci.files().read(input);
        Options options = pass.options(jci.files(), false);
        Report report =
                InstrumentCommand.instrument(read, options, spec.commandLine().getErr());
        PrintWriter out = spec.commandLine().getOut();
        if (asJson) {
            Json json = new Json();
            json.beginArray();
            report.functions().forEach(function -> describe(json, function));
            out.print(json.endArray().text());
        } else {
            table(out, report.functions());
        }
        out.flush();
        return 0;
    }

    /** One function as JSON. */
    static void describe(Json json, Report.FunctionReport function) {
        json.beginObject()
                .key("name")
                .name(function.name())
                .key("instructions")
                .value(function.instructions())
                .key("blocks")
                .value(function.blocks())
                .key("loops")
                .value(function.loops())
                .key("probes")
                .value(function.probes())
                .key("counters")
                .value(function.counters());
        if (function.exportedCost() >= 0) {
            json.key("exportedCost").value(function.exportedCost());
        }
        String skipped = function.skipped();
        if (skipped != null) {
            json.key("skipped").value(skipped);
        }
        json.endObject();
    }

    private static void table(PrintWriter out, List<Report.FunctionReport> functions) {
        out.printf("%12s %8s %6s %7s %9s  %s%n", "instructions", "blocks", "loops", "probes", "counters", "function");
        long instructions = 0;
        long blocks = 0;
        long loops = 0;
        long probes = 0;
        long counters = 0;
        for (Report.FunctionReport function : functions) {
            String note = function.skipped() != null ? "  (" + function.skipped() + ")" : "";
            out.printf(
                    "%12d %8d %6d %7d %9d  %s%s%n",
                    function.instructions(),
                    function.blocks(),
                    function.loops(),
                    function.probes(),
                    function.counters(),
                    ByteString.toText(function.name()),
                    note);
            instructions += function.instructions();
            blocks += function.blocks();
            loops += function.loops();
            probes += function.probes();
            counters += function.counters();
        }
        out.printf("%12d %8d %6d %7d %9d  %s%n", instructions, blocks, loops, probes, counters, "in all");
    }
}
