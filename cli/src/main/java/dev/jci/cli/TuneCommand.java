package dev.jci.cli;

import dev.jci.ci.Mode;
import dev.jci.ci.Options;
import dev.jci.ci.ProbeAbi;
import dev.jci.toolchain.Program;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code jci tune}: finds the intervals that give a wanted interval in time. */
@Command(
        name = "tune",
        description = {
            "Finds the interval in IR instructions and the commit interval that give a wanted interval in cycles at the least overhead for a program.",
            "It builds the program plain and with probes, runs both by turns, and prints what each commit interval gives. What the program itself passes to register_ci does not run meanwhile: every thread gets a handler of jci's."
        },
        footer = "What stands behind -- goes to the program: jci tune a.ll --link=-lm -o a.options -- 1000",
        mixinStandardHelpOptions = true)
final class TuneCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private Jci jci = new Jci();

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "The .ll files of the program or folders of them; behind --, arguments of the program.")
    private List<String> inputs = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description = "Where the options go that were found, for jci instrument @OUT or jci build @OUT.")
    private @Nullable String output;

    @Option(names = "--cycles", paramLabel = "N", description = "The wanted interval in cycles. Default: 5000.")
    private @Nullable Long cycles;

    @Option(names = "--microseconds", paramLabel = "N", description = "The wanted interval in microseconds.")
    private @Nullable Double microseconds;

    @Option(
            names = "--commit-intervals",
            paramLabel = "N",
            split = ",",
            defaultValue = "250,500,1000,2000,4000",
            description =
                    "The commit intervals to try, where the mode has one. Default: ${DEFAULT-VALUE}, or what --commit-interval says.")
    private List<Long> commitIntervals = List.of();

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "5",
            description =
                    "How often the plain and each instrumented program run to compare their user time. Default: ${DEFAULT-VALUE}.")
    private int runs = 5;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "120",
            description = "How long one run may take. Default: ${DEFAULT-VALUE}.")
    private long timeout = 120;

    @Option(names = "--stdin", paramLabel = "FILE", description = "The standard input of the program. Default: empty.")
    private @Nullable Path input;

    @Option(
            names = "--any-output",
            description = "Take a program that prints something else each time; else every run has to print the same.")
    private boolean anyOutput;

    @Option(
            names = "--link",
            paramLabel = "OPTION",
            description = "An option or object file for the linker, as in --link=-lm. May be repeated.")
    private List<String> linkOptions = new ArrayList<>();

    @Option(names = "--llvm", paramLabel = "N", description = "The llc to use, 14 to 22. Default: the first one found.")
    private int llvm;

    @Option(
            names = {"-q", "--quiet"},
            description = "Do not tell on standard error how far it is.")
    private boolean quiet;

    @Mixin
    private PassOptions pass = new PassOptions();

    @Override
    public Integer call() throws Failure {
        Options options = pass.options(jci.files(), false);
        check(options);
        try (TunedProgram program = TunedProgram.of(setup())) {
            TuneReport plain = program.runPlain();
            double wanted = wanted(plain);
            TuneCurve curve = new Tuning(program, options, wanted, runs, this::tell).curve(commitIntervals(options));
            report(curve, options.mode(), plain);
        }
        return 0;
    }

    private void check(Options options) throws Failure {
        if (options.mode() == Mode.EXACT) {
            throw Failure.usage("in mode exact nothing fires, so that there is nothing to tune");
        }
        if (options.abi() != ProbeAbi.JCI) {
            throw Failure.usage("jci tune measures the default probes, not --abi libci");
        }
        if (cycles != null && microseconds != null) {
            throw Failure.usage("name the wanted interval in cycles or in microseconds, not in both");
        }
        if ((cycles != null && cycles < 1) || (microseconds != null && !(microseconds > 0))) {
            throw Failure.usage("the wanted interval must be positive");
        }
        if (runs < 1 || timeout < 1) {
            throw Failure.usage("--runs and --timeout take positive numbers");
        }
    }

    private TunedProgram.Setup setup() throws Failure {
        List<String> arguments = programArguments();
        List<String> files = jci.files().expand(inputs.subList(0, inputs.size() - arguments.size()));
        if (files.isEmpty()) {
            throw Failure.usage("name at least one .ll file");
        }
        if (input != null && !Files.isReadable(input)) {
            throw Failure.input(input + ": error: cannot read the standard input of the program");
        }
        Program program = new Program(Path.of(""), arguments, Optional.ofNullable(input), Duration.ofSeconds(timeout));
        return new TunedProgram.Setup(
                jci.files(),
                files,
                linkOptions,
                llvm,
                program,
                anyOutput,
                spec.commandLine().getErr());
    }

    /** What stands behind the first {@code --}. */
    private List<String> programArguments() {
        List<String> all = spec.commandLine().getParseResult().expandedArgs();
        int separator = all.indexOf("--");
        return separator < 0 ? List.of() : all.subList(separator + 1, all.size());
    }

    private double wanted(TuneReport plain) throws Failure {
        double wanted =
                microseconds == null ? cycles == null ? 5000 : cycles : microseconds * plain.cyclesPerMicrosecond();
        if (!(wanted >= 1 && wanted <= Integer.MAX_VALUE)) {
            throw Failure.usage(
                    String.format(Locale.ROOT, "an interval of %.0f cycles is not possible: 1 to 2147483647", wanted));
        }
        return wanted;
    }

    private List<Long> commitIntervals(Options options) {
        boolean one = !options.mode().isByCost();
        return one || spec.commandLine().getParseResult().hasMatchedOption("--commit-interval")
                ? List.of(options.commitInterval())
                : commitIntervals.stream().distinct().toList();
    }

    private void tell(String message) {
        if (!quiet) {
            spec.commandLine().getErr().println(message);
        }
    }

    private void report(TuneCurve curve, Mode mode, TuneReport plain) throws Failure {
        TuneCurve.Point best = curve.best();
        String speed = String.format(
                Locale.ROOT,
                "wanted: %.0f cycles, %.3f microseconds",
                curve.wanted(),
                curve.wanted() / plain.cyclesPerMicrosecond());
        List<String> options = pass.asArguments(best.commitInterval());
        String registration = String.format(
                Locale.ROOT, "register_ci(%d, %d, handler)", best.found().interval(), Math.round(curve.wanted()));
        PrintWriter out = spec.commandLine().getOut();
        out.println(speed);
        out.print(curve.table());
        out.println("instrument with: " + String.join(" ", options));
        out.println("in the program:  " + registration);
        out.flush();
        if (curve.error(best) > TuneCurve.ACCEPTABLE) {
            tell(String.format(
                    Locale.ROOT,
                    "jci: warning: no interval gives a median of %.0f cycles; the nearest is %d%s",
                    curve.wanted(),
                    best.found().measured().median(),
                    mode == Mode.CI ? "" : "; mode ci has more probes to choose from"));
        }
        if (output != null) {
            jci.files().write(output, optionFile(speed, registration, best, options));
        }
    }

    private static byte[] optionFile(String speed, String registration, TuneCurve.Point best, List<String> options) {
        Intervals measured = best.found().measured();
        List<String> lines = List.of(
                "# Found by jci tune; for jci instrument @FILE and jci build @FILE.",
                "# " + speed,
                String.format(
                        Locale.ROOT,
                        "# measured: median %d cycles, p10 %d, p90 %d, user time %+.1f %%",
                        measured.median(),
                        measured.low(),
                        measured.high(),
                        100 * best.overhead()),
                "# in the program: " + registration,
                String.join(" ", options.stream().map(TuneCommand::quoted).toList()),
                "");
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    /** An argument as it stands in a file of arguments. */
    private static String quoted(String argument) {
        boolean plain = argument.matches("[\\w./=,:+@%*?-]+");
        return plain ? argument : '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
