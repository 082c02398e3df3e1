package dev.jci.cli;

import dev.jci.ci.CostFiles;
import dev.jci.ci.CostModel;
import dev.jci.ci.Mode;
import dev.jci.ci.Options;
import dev.jci.ci.ProbeAbi;
import dev.jci.ir.ThreadLocalMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The options of the pass, for the commands that run it. */
final class PassOptions {
    private final Argument<String> mode;
    private final Argument<Long> commitInterval;
    private final Argument<Long> allowedDeviation;
    private final Argument<@Nullable Long> libraryCallCost;
    private final Argument<Boolean> bracketLibraryCalls;
    private final Argument<Double> libraryRate;
    private final Argument<Long> memoryCost;
    private final Argument<Long> probeCost;
    private final Argument<String> abi;
    private final Argument<@Nullable String> threadLocalModel;
    private final Argument<List<String>> skip;
    private final Argument<List<Path>> importCosts;
    private final Argument<List<Path>> costConfig;

    /** Adds the options to those of a command. */
    PassOptions(Syntax syntax) {
        mode = syntax.option(
                "ci",
                OptionSpec.builder("--mode")
                        .paramLabel("MODE")
                        .description(
                                "Where probes go: ci, ci-cycles, naive, cnb, coredet or exact. Default: ${DEFAULT-VALUE}."));
        commitInterval = syntax.option(
                1000L,
                OptionSpec.builder("--commit-interval")
                        .paramLabel("N")
                        .description("The most IR instructions without a probe; four times as many in a loop that is"
                                + " counted before it runs. Default: ${DEFAULT-VALUE}."));
        allowedDeviation = syntax.option(
                0L,
                OptionSpec.builder("--allowed-deviation")
                        .paramLabel("N")
                        .description(
                                "How far the costs of paths that meet may differ and still be averaged. Default: ${DEFAULT-VALUE}."));
        libraryCallCost = syntax.option(
                Long.class,
                OptionSpec.builder("--library-call-cost")
                        .paramLabel("N")
                        .description(
                                "The cost of a call of any function that the module does not define. Default: what was measured for the C library, and 100 for others."));
        bracketLibraryCalls = syntax.flag(
                OptionSpec.builder("--bracket-library-calls")
                        .description(
                                "Measure the time of calls of functions that the module does not define, instead of counting what they cost, where neither --cost-config nor --import-costs names them. For the modes ci and ci-cycles."));
        libraryRate = syntax.option(
                0.0,
                OptionSpec.builder("--library-rate")
                        .paramLabel("R")
                        .description(
                                "The IR instructions that a cycle of a bracketed library call counts for. Default: 2; on AArch64, where the counter has a speed of its own, it has to be given."));
        memoryCost = syntax.option(
                1L,
                OptionSpec.builder("--memory-cost", "--mem-ops-cost")
                        .paramLabel("N")
                        .description("The cost of a load or store. Default: ${DEFAULT-VALUE}."));
        probeCost = syntax.option(
                0L,
                OptionSpec.builder("--probe-cost")
                        .paramLabel("N")
                        .description(
                                "What each probe adds for itself; the published pass adds 7. Default: ${DEFAULT-VALUE}."));
        abi = syntax.option(
                "jci",
                OptionSpec.builder("--abi")
                        .paramLabel("ABI")
                        .description(
                                "How probes talk to the runtime: jci, or libci for the published way. Default: ${DEFAULT-VALUE}."));
        threadLocalModel = syntax.option(
                String.class,
                OptionSpec.builder("--tls-model")
                        .paramLabel("MODEL")
                        .description(
                                "The thread-local model: initialexec, localexec, localdynamic or generaldynamic. Default: localexec"
                                        + " for code that was compiled for an executable, else initialexec."));
        skip = syntax.options(
                String.class,
                OptionSpec.builder("--skip")
                        .paramLabel("PATTERN")
                        .description("Leave functions of these names alone; * and ? are wildcards. May be repeated."));
        importCosts = syntax.options(
                Path.class,
                OptionSpec.builder("--import-costs")
                        .paramLabel("FILE")
                        .description(
                                "Costs of functions of other modules, as --export-costs wrote them. May be repeated."));
        costConfig = syntax.options(
                Path.class,
                OptionSpec.builder("--cost-config")
                        .paramLabel("FILE")
                        .description(
                                "A table of function classes and their costs; they come before --library-call-cost and what was measured. May be repeated."));
    }

    /** The options of the pass; those that name a file are read. */
    Options options(ModuleFiles files, boolean exportCosts) throws Failure {
        Map<String, Long> functions = new HashMap<>();
        for (Path file : costConfig.value()) {
            functions.putAll(parse(files, file, CostFiles::readClasses));
        }
        for (Path file : importCosts.value()) {
            functions.putAll(parse(files, file, CostFiles::readCosts));
        }
        try {
            return new Options(
                    word(Mode.class, "--mode", mode.value()),
                    commitInterval.value(),
                    allowedDeviation.value(),
                    costs().withMemory(memoryCost.value()).overriddenBy(functions),
                    abi(abi.value()),
                    threadLocalModel(),
                    probeCost.value(),
                    skip.value(),
                    exportCosts,
                    bracketLibraryCalls.value() ? OptionalDouble.of(libraryRate.value()) : OptionalDouble.empty());
        } catch (IllegalArgumentException exception) {
            throw Failure.usage(String.valueOf(exception.getMessage()));
        }
    }

    private CostModel costs() {
        Long evenCost = libraryCallCost.value();
        if (bracketLibraryCalls.value() && evenCost == null) {
            // What has a cost is not measured.
            return CostModel.evenCalls(CostModel.defaults().libraryCall());
        }
        return evenCost == null ? CostModel.defaults() : CostModel.evenCalls(evenCost);
    }

    private @Nullable ThreadLocalMode threadLocalModel() throws Failure {
        String word = threadLocalModel.value();
        return word == null ? null : word(ThreadLocalMode.class, "--tls-model", word);
    }

    /** These options as arguments, with another commit interval; those that nobody changed are left out. */
    List<String> asArguments(long chosenCommitInterval) {
        List<String> words = new ArrayList<>(
                List.of("--mode", mode.value(), "--commit-interval", Long.toString(chosenCommitInterval)));
        add(words, "--allowed-deviation", allowedDeviation);
        add(words, "--library-call-cost", libraryCallCost);
        if (bracketLibraryCalls.value()) {
            words.add("--bracket-library-calls");
        }
        add(words, "--library-rate", libraryRate);
        add(words, "--memory-cost", memoryCost);
        add(words, "--probe-cost", probeCost);
        add(words, "--tls-model", threadLocalModel);
        skip.value().forEach(pattern -> words.addAll(List.of("--skip", pattern)));
        importCosts.value().forEach(file -> words.addAll(List.of("--import-costs", file.toString())));
        costConfig.value().forEach(file -> words.addAll(List.of("--cost-config", file.toString())));
        return words;
    }

    private static void add(List<String> words, String option, Argument<?> argument) {
        if (argument.isChanged()) {
            words.addAll(List.of(option, String.valueOf(argument.value())));
        }
    }

    /** The probe ABI that a word names. */
    static ProbeAbi abi(String word) throws Failure {
        return word(ProbeAbi.class, "--abi", word);
    }

    private interface Parser {
        Map<String, Long> parse(List<String> lines);
    }

    private static Map<String, Long> parse(ModuleFiles files, Path file, Parser parser) throws Failure {
        try {
            return parser.parse(files.lines(file));
        } catch (IllegalArgumentException exception) {
            throw Failure.usage(file + ": " + exception.getMessage());
        }
    }

    private static <E extends Enum<E>> E word(Class<E> type, String option, String word) throws Failure {
        try {
            return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException exception) {
            throw Failure.usage("unknown value for " + option + ": '" + word + "'; see --help");
        }
    }
}
