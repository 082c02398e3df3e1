package dev.jci.cli;

import dev.jci.ci.Options;
import dev.jci.ci.Report;
import dev.jci.ir.ByteString;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code jci stats}: counts. */
final class StatsCommand implements Command {
    private final Jci jci;
    private final Syntax syntax = new Syntax(
            this,
            "stats",
            "Shows how many instructions, blocks and loops the functions have, and how many probes they would get.");
    private final Argument<String> input = syntax.parameter(
            String.class,
            0,
            PositionalParamSpec.builder().paramLabel("FILE").description("The .ll file, or - for standard input."));
    private final Argument<Boolean> asJson =
            syntax.flag(OptionSpec.builder("--json").description("As JSON instead of a table."));
    private final PassOptions pass = new PassOptions(syntax);

    StatsCommand(Jci jci) {
        this.jci = jci;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws Failure {
        ModuleFiles.Read read = jci.files().read(input.value());
        Options options = pass.options(jci.files(), false);
        Report report = InstrumentCommand.instrument(read, options, syntax.err());
        PrintWriter out = syntax.out();
        if (asJson.value()) {
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
