package dev.jci.bench.fuzz;

import dev.jci.bench.fuzz.Fuzz.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command was told.
 *
 * @param seeds folders of files to change
 * @param levels how inputs are made
 * @param seed what everything is drawn from
 * @param first the number of the first input
 * @param inputs how many inputs at most
 * @param seconds how long at most
 * @param timeLimitSeconds how long one input may take
 * @param findings where the inputs that show defects go
 * @param llvmAs LLVM's own assembler to compare with, null for none
 * @param verbose whether to write a line for each input
 * @param files inputs to judge as they are, instead of making any
 */
record FuzzOptions(
        List<Path> seeds,
        Set<Level> levels,
        long seed,
        long first,
        long inputs,
        long seconds,
        int timeLimitSeconds,
        Path findings,
        @Nullable LlvmJudge llvmAs,
        boolean verbose,
        List<Path> files) {

    static final String USAGE = """
            usage: Fuzz [--seeds DIR]... [--levels bytes,tokens,trees,generated,extremes] [--seed N] [--first N]
                        [--inputs N] [--minutes N] [--time-limit SECONDS] [--findings DIR] [--llvm-as CMD] [--verbose]
                        [FILE]...""";

    /**
     * Reads the arguments of the command.
     *
     * @throws IllegalArgumentException when they make no sense
     */
    static FuzzOptions parse(String[] arguments) {
        List<Path> seeds = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        Set<Level> levels = EnumSet.noneOf(Level.class);
        long seed = 1;
        long first = 0;
        long inputs = Long.MAX_VALUE;
        long seconds = 60;
        int timeLimit = 60;
        Path findings = Path.of("fuzz-findings");
        LlvmJudge llvmAs = null;
        boolean verbose = false;
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            switch (argument) {
                case "--verbose" -> verbose = true;
                case "--seeds" -> seeds.add(Path.of(value(arguments, ++i)));
                case "--levels" -> {
                    for (String level : value(arguments, ++i).split(",", -1)) {
                        levels.add(Level.valueOf(level.toUpperCase(Locale.ROOT)));
                    }
                }
                case "--seed" -> seed = Long.parseLong(value(arguments, ++i));
                case "--first" -> first = Long.parseLong(value(arguments, ++i));
                case "--inputs" -> inputs = Long.parseLong(value(arguments, ++i));
                case "--minutes" -> seconds = (long) (Double.parseDouble(value(arguments, ++i)) * 60);
                case "--time-limit" -> timeLimit = Integer.parseInt(value(arguments, ++i));
                case "--findings" -> findings = Path.of(value(arguments, ++i));
                case "--llvm-as" -> llvmAs = new LlvmJudge(value(arguments, ++i));
                default -> {
                    if (argument.startsWith("-")) {
                        throw new IllegalArgumentException("unknown option " + argument);
                    }
                    files.add(Path.of(argument));
                }
            }
        }
        if (levels.isEmpty()) {
            levels.addAll(EnumSet.allOf(Level.class));
        }
        boolean needsSeeds = files.isEmpty()
                && (levels.contains(Level.BYTES) || levels.contains(Level.TOKENS) || levels.contains(Level.TREES));
        if (needsSeeds && seeds.isEmpty()) {
            throw new IllegalArgumentException("name a folder of files to change with --seeds");
        }
        return new FuzzOptions(
                seeds, levels, seed, first, inputs, seconds, timeLimit, findings, llvmAs, verbose, files);
    }

    private static String value(String[] arguments, int at) {
        if (at >= arguments.length) {
            throw new IllegalArgumentException(arguments[at - 1] + " needs a value");
        }
        return arguments[at];
    }
}
