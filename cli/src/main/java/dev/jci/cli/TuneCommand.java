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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code jci tune}: finds the intervals that give a wanted interval in time. */
final class TuneCommand implements Command {
    private final Jci jci;
    private final Syntax syntax = new Syntax(
                    this,
                    "tune",
                    "Finds the interval in IR instructions and the commit interval that give a wanted interval in cycles at the least overhead for a program.",
                    "It builds the program plain and with probes, runs both by turns, and prints what each commit interval gives. What the program itself passes to register_ci does not run meanwhile: every thread gets a handler of jci's.")
            .footer("What stands behind -- goes to the program: jci tune a.ll --link=-lm -o a.options -- 1000");
    private final Argument<List<String>> inputs = syntax.parameters(
            String.class,
            PositionalParamSpec.builder()
                    .paramLabel("FILE")
                    .arity("1..*")
                    .required(true)
                    .description(
                            "The .ll files of the program or folders of them; behind --, arguments of the program."));
    private final Argument<@Nullable String> output = syntax.option(
            String.class,
            OptionSpec.builder("-o", "--output")
                    .paramLabel("OUT")
                    .description("Where the options go that were found, for jci instrument @OUT or jci build @OUT."));
    private final Argument<@Nullable Long> cycles = syntax.option(
            Long.class,
            OptionSpec.builder("--cycles")
                    .paramLabel("N")
                    .description("The wanted interval in cycles. Default: 5000."));
    private final Argument<@Nullable Double> microseconds = syntax.option(
            Double.class,
            OptionSpec.builder("--microseconds").paramLabel("N").description("The wanted interval in microseconds."));
    private final Argument<List<Long>> commitIntervals = syntax.options(
            Long.class,
            OptionSpec.builder("--commit-intervals")
                    .paramLabel("N")
                    .splitRegex(",")
                    .defaultValue("250,500,1000,2000,4000")
                    .description(
                            "The commit intervals to try, where the mode has one. Default: ${DEFAULT-VALUE}, or what --commit-interval says."));
    private final Argument<Integer> runs = syntax.option(
            5,
            OptionSpec.builder("--runs")
                    .paramLabel("N")
                    .description(
                            "How often the plain and each instrumented program run to compare their user time. Default: ${DEFAULT-VALUE}."));
    private final Argument<Long> timeout = syntax.option(
            120L,
            OptionSpec.builder("--timeout")
                    .paramLabel("SECONDS")
                    .description("How long one run may take. Default: ${DEFAULT-VALUE}."));
    private final Argument<@Nullable Path> input = syntax.option(
            Path.class,
            OptionSpec.builder("--stdin")
                    .paramLabel("FILE")
                    .description("The standard input of the program. Default: empty."));
    private final Argument<Boolean> anyOutput = syntax.flag(OptionSpec.builder("--any-output")
            .description("Take a program that prints something else each time; else every run has to print the same."));
    private final Argument<List<String>> linkOptions = syntax.options(
            String.class,
            OptionSpec.builder("--link")
                    .paramLabel("OPTION")
                    .description("An option or object file for the linker, as in --link=-lm. May be repeated."));
    private final Argument<Integer> llvm = ProgramBuild.llvmOption(syntax);
    private final Argument<Boolean> quiet = syntax.flag(
            OptionSpec.builder("-q", "--quiet").description("Do not tell on standard error how far it is."));
    private final PassOptions pass = new PassOptions(syntax);

    TuneCommand(Jci jci) {
        this.jci = jci;
    }

    @Override
    public Syntax syntax() {
        return syntax;
    }

    @Override
    public Integer call() throws Failure {
        Options options = pass.options(jci.files(), false);
        check(options);
        try (TunedProgram program = TunedProgram.of(setup())) {
            TuneReport plain = program.runPlain();
            double wanted = wanted(plain);
            TuneCurve curve =
                    new Tuning(program, options, wanted, runs.value(), this::tell).curve(commitIntervals(options));
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
        Long inCycles = cycles.value();
        Double inMicroseconds = microseconds.value();
        if (inCycles != null && inMicroseconds != null) {
            throw Failure.usage("name the wanted interval in cycles or in microseconds, not in both");
        }
        if ((inCycles != null && inCycles < 1) || (inMicroseconds != null && !(inMicroseconds > 0))) {
            throw Failure.usage("the wanted interval must be positive");
        }
        if (runs.value() < 1 || timeout.value() < 1) {
            throw Failure.usage("--runs and --timeout take positive numbers");
        }
    }

    private TunedProgram.Setup setup() throws Failure {
        List<String> arguments = programArguments();
        List<String> files =
                jci.files().expand(inputs.value().subList(0, inputs.value().size() - arguments.size()));
        if (files.isEmpty()) {
            throw Failure.usage("name at least one .ll file");
        }
        Path standardInput = input.value();
        if (standardInput != null && !Files.isReadable(standardInput)) {
            throw Failure.input(standardInput + ": error: cannot read the standard input of the program");
        }
        Program program = new Program(
                Path.of(""), arguments, Optional.ofNullable(standardInput), Duration.ofSeconds(timeout.value()));
        return new TunedProgram.Setup(
                jci.files(), files, linkOptions.value(), llvm.value(), program, anyOutput.value(), syntax.err());
    }

    /** What stands behind the first {@code --}. */
    private List<String> programArguments() {
        List<String> all = syntax.spec().commandLine().getParseResult().expandedArgs();
        int separator = all.indexOf("--");
        return separator < 0 ? List.of() : all.subList(separator + 1, all.size());
    }

    private double wanted(TuneReport plain) throws Failure {
        Long inCycles = cycles.value();
        Double inMicroseconds = microseconds.value();
        double wanted = inMicroseconds == null
                ? inCycles == null ? 5000 : inCycles
                : inMicroseconds * plain.cyclesPerMicrosecond();
        if (!(wanted >= 1 && wanted <= Integer.MAX_VALUE)) {
            throw Failure.usage(
                    String.format(Locale.ROOT, "an interval of %.0f cycles is not possible: 1 to 2147483647", wanted));
        }
        return wanted;
    }

    private List<Long> commitIntervals(Options options) {
        boolean one = !options.mode().isByCost();
        return one || syntax.spec().commandLine().getParseResult().hasMatchedOption("--commit-interval")
                ? List.of(options.commitInterval())
                : commitIntervals.value().stream().distinct().toList();
    }

    private void tell(String message) {
        if (!quiet.value()) {
            syntax.err().println(message);
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
        PrintWriter out = syntax.out();
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
        String file = output.value();
        if (file != null) {
            jci.files().write(file, optionFile(speed, registration, best, options));
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
