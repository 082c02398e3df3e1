package dev.jci.cli;

import dev.jci.ci.CompilerInterrupts;
import dev.jci.ci.CostFiles;
import dev.jci.ci.Options;
import dev.jci.ci.Report;
import dev.jci.ci.RunAudit;
import dev.jci.ir.Diagnostic;
import dev.jci.ir.Module;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code jci instrument}: adds probes. */
final class InstrumentCommand implements Command {
    private static final String WORKER = "--worker";
    private static final String PERSISTENT_WORKER = "--persistent_worker";

    private final Jci jci;
    private final Syntax syntax = new Syntax(
            this, "instrument", "Adds probes to modules, so that the program calls its handler at even intervals.");
    private final Argument<List<String>> inputs = syntax.parameters(
            String.class,
            PositionalParamSpec.builder()
                    .paramLabel("FILE")
                    .arity("0..*")
                    .description("The .ll files, folders of them, or - for standard input."));
    private final Argument<@Nullable String> output = syntax.option(
            String.class,
            OptionSpec.builder("-o", "--output")
                    .paramLabel("OUT")
                    .description(
                            "Where the result goes: a file, - for standard output, or a folder when there are several inputs. Default: FILE with -ci before its ending."));
    private final Argument<Integer> llvm = syntax.option(
            0,
            OptionSpec.builder("--llvm").paramLabel("N").description("The LLVM that is to read the result, 14 to 22."));
    private final FromOption from = new FromOption(syntax);
    private final Argument<@Nullable String> report = syntax.option(
            String.class,
            OptionSpec.builder("--report")
                    .paramLabel("FILE")
                    .description("Writes what was done to each function, as JSON."));
    private final Argument<@Nullable String> exportCosts = syntax.option(
            String.class,
            OptionSpec.builder("--export-costs")
                    .paramLabel("FILE")
                    .description("Writes the costs of functions that leave their work to callers in other modules."));
    private final Argument<Boolean> program = syntax.flag(
            OptionSpec.builder("--program")
                    .description(
                            "The files are the modules of one program: functions may leave their work to callers in another of them."));
    private final Argument<Integer> jobs = syntax.option(
            Processors.count(),
            OptionSpec.builder("-j", "--jobs")
                    .paramLabel("N")
                    .description("How many files at once. Default: the number of processors."));
    private final Argument<Boolean> quiet =
            syntax.flag(OptionSpec.builder("-q", "--quiet").description("No progress line."));
    private final Argument<Boolean> worker = syntax.flag(
            OptionSpec.builder(WORKER)
                    .description(
                            "When no FILE is named, take requests on standard input as jci serve does, each with more arguments of this command. So does --persistent_worker, which Bazel adds."));
    private final Argument<Boolean> persistentWorker = syntax.flag(
            OptionSpec.builder(PERSISTENT_WORKER).hidden(true).description("What Bazel adds where it wants a worker."));
    private final Argument<Boolean> auditRuns = syntax.flag(OptionSpec.builder("--audit-runs")
            .hidden(true)
            .description(
                    "Also adds code that measures the longest run of work without a probe, in @jci_audit_longest."));
    private final PointerOption pointers = new PointerOption(syntax);
    private final PassOptions pass = new PassOptions(syntax);

    InstrumentCommand(Jci jci) {
        this.jci = jci;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    /** What became of a file; the most that is done in one piece is there when runs are audited. */
    private record Outcome(String input, Report report, OptionalLong largestCost) {}

    @Override
    public Integer call() throws Failure {
        if (inputs.value().isEmpty()) {
            if (worker.value() || persistentWorker.value()) {
                return ServeCommand.serve(jci.files(), firstArguments(), jobs.value(), syntax.err());
            }
            throw Failure.usage("name a file to instrument");
        }
        List<String> files = jci.files().expand(inputs.value());
        if (files.isEmpty()) {
            throw Failure.usage("no .ll files in " + String.join(", ", inputs.value()));
        }
        String folder = output.value();
        if (files.size() > 1 && folder != null) {
            if (!jci.files().isFolder(folder)) {
                throw Failure.usage("with several inputs -o names a folder that exists: " + folder);
            }
            ModuleFiles.requireDistinctNames(files, Path.of(folder));
        }
        String costFile = exportCosts.value();
        Options options = pass.options(jci.files(), costFile != null);
        List<Outcome> outcomes =
                program.value() ? together(files, options) : batch().run(files, file -> instrument(file, options));
        String reportFile = report.value();
        if (reportFile != null) {
            jci.files().write(reportFile, json(outcomes).getBytes(StandardCharsets.UTF_8));
        }
        if (costFile != null) {
            StringBuilder lines = new StringBuilder("Cost File\n");
            outcomes.forEach(outcome -> CostFiles.writeCosts(outcome.report).stream()
                    .skip(1)
                    .forEach(line -> lines.append(line).append('\n')));
            jci.files().write(costFile, lines.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
        return 0;
    }

    /** The arguments of this command without those that make it a worker. */
    private List<String> firstArguments() {
        return syntax.spec().root().commandLine().getParseResult().expandedArgs().stream()
                .filter(argument -> !argument.equals(WORKER) && !argument.equals(PERSISTENT_WORKER))
                .toList();
    }

    private Outcome instrument(String file, Options options) throws Failure {
        ModuleFiles.Read read = jci.files().read(file, from.options());
        RunAudit audit = auditRuns.value() ? RunAudit.of(read.module(), options) : null;
        return finish(file, read, instrument(read, options, syntax.err()), audit);
    }

    private List<Outcome> together(List<String> files, Options options) throws Failure {
        List<ModuleFiles.Read> reads = batch().run(files, file -> jci.files().read(file, from.options()));
        List<RunAudit> audits = new ArrayList<>();
        if (auditRuns.value()) {
            List<Module> modules = reads.stream().map(ModuleFiles.Read::module).toList();
            Options known = CompilerInterrupts.programOptions(modules, options);
            modules.forEach(module -> audits.add(RunAudit.of(module, known)));
        }
        List<Report> reports = instrumentProgram(reads, options, syntax.err());
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            outcomes.add(finish(files.get(i), reads.get(i), reports.get(i), auditRuns.value() ? audits.get(i) : null));
        }
        return outcomes;
    }

    private Outcome finish(String file, ModuleFiles.Read read, Report done, @Nullable RunAudit audit) throws Failure {
        if (audit != null) {
            audit.add(done);
        }
        pointers.apply(read.module(), llvm.value());
        jci.files().write(target(file), ModuleFiles.text(read.source(), read.module(), llvm.value()));
        return new Outcome(file, done, audit == null ? OptionalLong.empty() : OptionalLong.of(audit.largestCost()));
    }

    /** Runs the pass and shows what it has to say. */
    static Report instrument(ModuleFiles.Read read, Options options, PrintWriter err) throws Failure {
        try {
            Report done = CompilerInterrupts.instrument(read.module(), options, Processors.count());
            show(read, done, err);
            return done;
        } catch (IllegalArgumentException exception) {
            throw refused(read, exception);
        }
    }

    /** Runs the pass on all modules of a program and shows what it has to say. */
    static List<Report> instrumentProgram(List<ModuleFiles.Read> reads, Options options, PrintWriter err)
            throws Failure {
        try {
            List<Report> done = CompilerInterrupts.instrumentProgram(
                    reads.stream().map(ModuleFiles.Read::module).toList(), options, Processors.count());
            for (int i = 0; i < reads.size(); i++) {
                show(reads.get(i), done.get(i), err);
            }
            return done;
        } catch (IllegalArgumentException exception) {
            throw refused(reads.getFirst(), exception);
        }
    }

    private static void show(ModuleFiles.Read read, Report done, PrintWriter err) {
        for (Diagnostic diagnostic : done.diagnostics()) {
            err.println(read.source().render(diagnostic));
        }
    }

    private static Failure refused(ModuleFiles.Read read, IllegalArgumentException exception) {
        return Failure.input(read.source().render(Diagnostic.error(String.valueOf(exception.getMessage()), -1)));
    }

    private Batch batch() {
        boolean silent = quiet.value() || jci.files().isServed();
        return new Batch(jobs.value(), silent ? Progress::none : () -> Progress.on(syntax.err()));
    }

    private String target(String file) throws Failure {
        String named = output.value();
        if (named != null) {
            return jci.files().isFolder(named) ? ModuleFiles.inFolder(file, Path.of(named)) : named;
        }
        if (file.equals("-")) {
            return "-";
        }
        return file.endsWith(".ll") ? file.substring(0, file.length() - 3) + "-ci.ll" : file + "-ci.ll";
    }

    private static String json(List<Outcome> outcomes) {
        Json json = new Json();
        json.beginObject().key("modules").beginArray();
        for (Outcome outcome : outcomes) {
            json.beginObject().key("file").value(outcome.input).key("probes").value(outcome.report.probes());
            outcome.largestCost.ifPresent(cost -> json.key("largestCost").value(cost));
            json.key("functions").beginArray();
            for (Report.FunctionReport function : outcome.report.functions()) {
                StatsCommand.describe(json, function);
            }
            json.endArray().endObject();
        }
        return json.endArray().endObject().text();
    }
}
