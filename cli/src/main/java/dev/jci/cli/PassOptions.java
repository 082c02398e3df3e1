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
import picocli.CommandLine.Option;

/** The options of the pass, for the commands that run it. */
final class PassOptions {
    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "ci",
            description = "Where probes go: ci, ci-cycles, naive, cnb, coredet or exact. Default: ${DEFAULT-VALUE}.")
    private String mode = "ci";

    @Option(
            names = "--commit-interval",
            paramLabel = "N",
            defaultValue = "1000",
            description = "The most IR instructions without a probe. Default: ${DEFAULT-VALUE}.")
    private long commitInterval = 1000;

    @Option(
            names = "--allowed-deviation",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "How far the costs of paths that meet may differ and still be averaged. Default: ${DEFAULT-VALUE}.")
    private long allowedDeviation;

    @Option(
            names = "--library-call-cost",
            paramLabel = "N",
            description =
                    "The cost of a call of any function that the module does not define. Default: what was measured for the C library, and 100 for others.")
    private @Nullable Long libraryCallCost;

    @Option(
            names = "--bracket-library-calls",
            description =
                    "Measure the time of calls of functions that the module does not define, instead of counting what they cost, where neither --cost-config nor --import-costs names them. For the modes ci and ci-cycles.")
    private boolean bracketLibraryCalls;

    @Option(
            names = "--library-rate",
            paramLabel = "R",
            description =
                    "The IR instructions that a cycle of a bracketed library call counts for. Default: 2; on AArch64, where the counter has a speed of its own, it has to be given.")
    private double libraryRate;

    @Option(
            names = {"--memory-cost", "--mem-ops-cost"},
            paramLabel = "N",
            defaultValue = "1",
            description = "The cost of a load or store. Default: ${DEFAULT-VALUE}.")
    private long memoryCost = 1;

    @Option(
            names = "--probe-cost",
            paramLabel = "N",
            defaultValue = "0",
            description = "What each probe adds for itself; the published pass adds 7. Default: ${DEFAULT-VALUE}.")
    private long probeCost;

    @Option(
            names = "--abi",
            paramLabel = "ABI",
            defaultValue = "jci",
            description =
                    "How probes talk to the runtime: jci, or libci for the published way. Default: ${DEFAULT-VALUE}.")
    private String abi = "jci";

    @Option(
            names = "--tls-model",
            paramLabel = "MODEL",
            description =
                    "The thread-local model: initialexec, localexec, localdynamic or generaldynamic. Default: localexec"
                            + " for code that was compiled for an executable, else initialexec.")
    private @Nullable String threadLocalModel;

    @Option(
            names = "--skip",
            paramLabel = "PATTERN",
            description = "Leave functions of these names alone; * and ? are wildcards. May be repeated.")
    private List<String> skip = new ArrayList<>();

    @Option(
            names = {"--import-costs"},
            paramLabel = "FILE",
            description = "Costs of functions of other modules, as --export-costs wrote them. May be repeated.")
    private List<Path> importCosts = new ArrayList<>();

    @Option(
            names = {"--cost-config"},
            paramLabel = "FILE",
            description =
                    "A table of function classes and their costs; they come before --library-call-cost and what was measured. May be repeated.")
    private List<Path> costConfig = new ArrayList<>();

    /** The options of the pass; those that name a file are read. */
    Options options(ModuleFiles files, boolean exportCosts) throws Failure {
        Map<String, Long> functions = new HashMap<>();
        for (Path file : costConfig) {
            functions.putAll(parse(files, file, CostFiles::readClasses));
        }
        for (Path file : importCosts) {
            functions.putAll(parse(files, file, CostFiles::readCosts));
        }
        try {
            return new Options(
                    word(Mode.class, "--mode", mode),
                    commitInterval,
                    allowedDeviation,
                    costs().withMemory(memoryCost).overriddenBy(functions),
                    abi(abi),
                    threadLocalModel == null ? null : word(ThreadLocalMode.class, "--tls-model", threadLocalModel),
                    probeCost,
                    skip,
                    exportCosts,
                    bracketLibraryCalls ? OptionalDouble.of(libraryRate) : OptionalDouble.empty());
        } catch (IllegalArgumentException exception) {
            throw Failure.usage(String.valueOf(exception.getMessage()));
        }
    }

    private CostModel costs() {
        if (bracketLibraryCalls && libraryCallCost == null) {
            // What has a cost is not measured.
            return CostModel.evenCalls(CostModel.defaults().libraryCall());
        }
        return libraryCallCost == null ? CostModel.defaults() : CostModel.evenCalls(libraryCallCost);
    }

    /** These options as arguments, with another commit interval; those that nobody changed are left out. */
    List<String> asArguments(long chosenCommitInterval) {
        List<String> words =
                new ArrayList<>(List.of("--mode", mode, "--commit-interval", Long.toString(chosenCommitInterval)));
        PassOptions unchanged = new PassOptions();
        add(words, "--allowed-deviation", allowedDeviation, unchanged.allowedDeviation);
        if (libraryCallCost != null) {
            words.addAll(List.of("--library-call-cost", libraryCallCost.toString()));
        }
        if (bracketLibraryCalls) {
            words.add("--bracket-library-calls");
        }
        add(words, "--library-rate", libraryRate, unchanged.libraryRate);
        add(words, "--memory-cost", memoryCost, unchanged.memoryCost);
        add(words, "--probe-cost", probeCost, unchanged.probeCost);
        add(words, "--tls-model", threadLocalModel, unchanged.threadLocalModel);
        skip.forEach(pattern -> words.addAll(List.of("--skip", pattern)));
        importCosts.forEach(file -> words.addAll(List.of("--import-costs", file.toString())));
        costConfig.forEach(file -> words.addAll(List.of("--cost-config", file.toString())));
        return words;
    }

    private static void add(List<String> words, String option, @Nullable Object value, @Nullable Object unchanged) {
        if (value != null && !value.equals(unchanged)) {
            words.addAll(List.of(option, value.toString()));
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
