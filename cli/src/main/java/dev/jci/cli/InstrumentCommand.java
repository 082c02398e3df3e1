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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code jci instrument}: adds probes. */
@Command(
        name = "instrument",
        description = "Adds probes to modules, so that the program calls its handler at even intervals.",
        mixinStandardHelpOptions = true)
final class InstrumentCommand implements Callable<Integer> {
    private static final String PERSISTENT_WORKER = "--persistent_worker";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private Jci jci = new Jci();

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "The .ll files, folders of them, or - for standard input.")
    private List<String> inputs = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description =
                    "Where the result goes: a file, - for standard output, or a folder when there are several inputs. Default: FILE with -ci before its ending.")
    private @Nullable String output;

    @Option(names = "--llvm", paramLabel = "N", description = "The LLVM that is to read the result, 14 to 22.")
    private int llvm;

    @Mixin
    private FromOption from = new FromOption();

    @Option(names = "--report", paramLabel = "FILE", description = "Writes what was done to each function, as JSON.")
    private @Nullable String report;

    @Option(
            names = {"--export-costs"},
            paramLabel = "FILE",
            description = "Writes the costs of functions that leave their work to callers in other modules.")
    private @Nullable String exportCosts;

    @Option(
            names = "--program",
            description =
                    "The files are the modules of one program: functions may leave their work to callers in another of them.")
    private boolean program;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "How many files at once. Default: the number of processors.")
    private int jobs = Runtime.getRuntime().availableProcessors();

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress line.")
    private boolean quiet;

    @Option(
            names = "--worker",
            description =
                    "When no FILE is named, take requests on standard input as jci serve does, each with more arguments of this command. So does --persistent_worker, which Bazel adds.")
    private boolean worker;

    @Option(names = PERSISTENT_WORKER, hidden = true, description = "What Bazel adds where it wants a worker.")
    private boolean persistentWorker;

    @Option(
            names = "--audit-runs",
            hidden = true,
            description =
                    "Also adds code that measures the longest run of work without a probe, in @jci_audit_longest.")
    private boolean auditRuns;

    @Mixin
    private PointerOption pointers = new PointerOption();

    @Mixin
    private PassOptions pass = new PassOptions();

    /** What became of a file; the largest cost of an instruction is there when runs are audited. */
    private record Outcome(String input, Report report, OptionalLong largestCost) {}

    @Override
    public Integer call() throws Failure {
        if (inputs.isEmpty()) {
            if (worker || persistentWorker) {
                return ServeCommand.serve(jci.files(), firstArguments(), jobs, spec);
            }
            throw Failure.usage("name a file to instrument");
        }
        List<String> files = jci.files().expand(inputs);
        if (files.isEmpty()) {
            throw Failure.usage("no .ll files in " + String.join(", ", inputs));
        }
        if (files.size() > 1 && output != null) {
            if (!jci.files().isFolder(output)) {
                throw Failure.usage("with several inputs -o names a folder that exists: " + output);
            }
            ModuleFiles.requireDistinctNames(files, Path.of(output));
        }
        Options options = pass.options(jci.files(), exportCosts != null);
        List<Outcome> outcomes =
                program ? together(files, options) : batch().run(files, file -> instrument(file, options));
        if (report != null) {
            jci.files().write(report, json(outcomes).getBytes(StandardCharsets.UTF_8));
        }
        if (exportCosts != null) {
            StringBuilder lines = new StringBuilder("Cost File\n");
            outcomes.forEach(outcome -> CostFiles.writeCosts(outcome.report).stream()
                    .skip(1)
                    .forEach(line -> lines.append(line).append('\n')));
            jci.files().write(exportCosts, lines.toString().getBytes(StandardCharsets.ISO_8859_1));
        }
        return 0;
    }

    /** The arguments of this command without those that make it a worker. */
    private List<String> firstArguments() {
        return spec.root().commandLine().getParseResult().expandedArgs().stream()
                .filter(argument -> !argument.equals("--worker") && !argument.equals(PERSISTENT_WORKER))
                .toList();
    }

    private Outcome instrument(String file, Options options) throws Failure {
        ModuleFiles.Read read = jci.files().read(file, from.options());
        RunAudit audit = auditRuns ? RunAudit.of(read.module(), options) : null;
        return finish(file, read, instrument(read, options, spec.commandLine().getErr()), audit);
    }

    private List<Outcome> together(List<String> files, Options options) throws Failure {
        List<ModuleFiles.Read> reads = batch().run(files, file -> jci.files().read(file, from.options()));
        List<RunAudit> audits = new ArrayList<>();
        if (auditRuns) {
            List<Module> modules = reads.stream().map(ModuleFiles.Read::module).toList();
            Options known = CompilerInterrupts.programOptions(modules, options);
            modules.forEach(module -> audits.add(RunAudit.of(module, known)));
        }
        List<Report> reports =
                instrumentProgram(reads, options, spec.commandLine().getErr());
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            outcomes.add(finish(files.get(i), reads.get(i), reports.get(i), auditRuns ? audits.get(i) : null));
        }
        return outcomes;
    }

    private Outcome finish(String file, ModuleFiles.Read read, Report done, @Nullable RunAudit audit) throws Failure {
        if (audit != null) {
            audit.add(done);
        }
        pointers.apply(read.module(), llvm);
        jci.files().write(target(file), ModuleFiles.text(read.source(), read.module(), llvm));
        return new Outcome(file, done, audit == null ? OptionalLong.empty() : OptionalLong.of(audit.largestCost()));
    }

    /** Runs the pass and shows what it has to say. */
    static Report instrument(ModuleFiles.Read read, Options options, PrintWriter err) throws Failure {
        try {
            Report done = CompilerInterrupts.instrument(
                    read.module(), options, Runtime.getRuntime().availableProcessors());
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
                    reads.stream().map(ModuleFiles.Read::module).toList(),
                    options,
                    Runtime.getRuntime().availableProcessors());
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
        boolean silent = quiet || jci.files().isServed();
        return new Batch(
                jobs, silent ? Progress.none() : Progress.on(spec.commandLine().getErr()));
    }

    private String target(String file) throws Failure {
        if (output != null) {
            return jci.files().isFolder(output) ? ModuleFiles.inFolder(file, Path.of(output)) : output;
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
