package dev.jci.bench.fuzz;

import dev.jci.ir.Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The command: makes inputs, judges them, and tells what was found. {@code docs/fuzzing.md} lists its options. */
public final class Fuzz {
    /** How inputs are made. */
    enum Level {
        /** Bytes and lines of files are changed. */
        BYTES,
        /** Tokens of files are changed. */
        TOKENS,
        /** Modules read from files are changed. */
        TREES,
        /** Modules are generated. */
        GENERATED,
        /** Inputs that are extreme in one respect, each once. */
        EXTREMES
    }

    private final FuzzOptions options;
    private final Corpus corpus;
    private final Findings defects;
    private final Findings differences;
    private final Worker worker;
    private final Map<Level, int[]> tried = new EnumMap<>(Level.class);

    private Fuzz(FuzzOptions options) throws IOException {
        this.options = options;
        this.corpus = Corpus.of(options.seeds());
        this.defects = new Findings(options.findings(), System.out);
        this.differences = new Findings(options.findings().resolve("differences"), System.out);
        this.worker = new Worker(options.timeLimitSeconds());
    }

    /**
     * Runs the command. The exit code is 0 when nothing was found, 1 when something was, 2 for wrong usage.
     *
     * @throws IOException when a seed cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        FuzzOptions options;
        try {
            options = FuzzOptions.parse(arguments);
        } catch (IllegalArgumentException exception) {
            System.err.println("fuzz: error: " + exception.getMessage() + "\n" + FuzzOptions.USAGE);
            System.exit(2);
            return;
        }
        System.exit(new Fuzz(options).run());
    }

    private int run() throws IOException {
        for (Path file : options.files()) {
            judge(Level.BYTES, new Candidate.Text(Files.readAllBytes(file)), file.toString(), new SplittableRandom(1));
        }
        if (options.files().isEmpty()) {
            loop();
        }
        tried.forEach((level, counts) -> System.out.printf(
                "%-9s %8d inputs, %8d accepted, %8d rejected%n", level, counts[0], counts[1], counts[0] - counts[1]));
        defects.summarise();
        System.out.println(defects.size() + " defects");
        if (options.llvmAs() != null) {
            differences.summarise();
            System.out.println(differences.size() + " kinds of differences from LLVM");
        }
        System.out.flush();
        return defects.size() == 0 ? 0 : 1;
    }

    private void loop() {
        List<Level> levels = new ArrayList<>(options.levels());
        if (levels.remove(Level.EXTREMES)) {
            Extremes.all()
                    .forEach((name, text) ->
                            judge(Level.EXTREMES, new Candidate.Text(text.get()), name, new SplittableRandom(1)));
        }
        long deadline = System.nanoTime() + options.seconds() * 1_000_000_000L;
        long index = options.first();
        while (!levels.isEmpty() && index - options.first() < options.inputs() && System.nanoTime() < deadline) {
            Level level = levels.get((int) (index % levels.size()));
            SplittableRandom random = new SplittableRandom(options.seed() * 0x9e3779b97f4a7c15L + index);
            String origin = "--seed " + options.seed() + " --first " + index + " --inputs 1 --levels "
                    + String.join(",", options.levels().stream().map(Enum::name).toList());
            Candidate candidate = switch (level) {
                case BYTES -> new Candidate.Text(ByteMutation.mutate(corpus, random));
                case TOKENS -> new Candidate.Text(TokenMutation.mutate(corpus, random));
                case TREES -> tree(random, origin);
                case GENERATED -> new Candidate.Text(GeneratedModule.text(random));
                case EXTREMES -> throw new IllegalStateException("extremes are not drawn");
            };
            if (candidate != null) {
                judge(level, candidate, origin, random);
            }
            index++;
        }
    }

    private @Nullable Candidate tree(SplittableRandom random, String origin) {
        Worker.Result<@Nullable Module> made = worker.run(() -> TreeMutation.mutate(corpus, random));
        if (made.thrown() != null) {
            defects.add(Findings.signature(made.thrown()), Findings.trace(made.thrown()), new byte[0], origin);
            return null;
        }
        return made.value() == null ? null : new Candidate.Tree(made.value());
    }

    private void judge(Level level, Candidate candidate, String origin, SplittableRandom random) {
        int[] counts = tried.computeIfAbsent(level, any -> new int[2]);
        counts[0]++;
        long start = System.nanoTime();
        Worker.Result<@Nullable Verdict> result = worker.run(() -> switch (candidate) {
            case Candidate.Text text -> Oracle.judge(text.bytes(), random);
            case Candidate.Tree tree -> Oracle.judge(tree.module(), random);
        });
        if (options.verbose()) {
            System.out.printf(
                    "%6d ms %5d MiB %s %s%n",
                    (System.nanoTime() - start) / 1_000_000,
                    worker.peakMebibytes(),
                    origin,
                    result.thrown() != null
                            ? Findings.signature(result.thrown())
                            : result.value() instanceof Verdict.Rejected rejected
                                    ? shortened(rejected.message())
                                    : "accepted");
        }
        byte[] input = candidate.bytes();
        if (result.thrown() != null) {
            defects.add(Findings.signature(result.thrown()), Findings.trace(result.thrown()), input, origin);
            return;
        }
        Verdict verdict = result.value();
        if (verdict instanceof Verdict.Accepted) {
            counts[1]++;
        } else if (level == Level.GENERATED && verdict instanceof Verdict.Rejected rejected) {
            defects.add(
                    "a generated module is rejected: " + Findings.withoutNames(rejected.message()), "", input, origin);
        }
        if (options.llvmAs() != null && verdict != null) {
            compare(options.llvmAs(), candidate, verdict, origin);
        }
    }

    private static String shortened(String message) {
        return message.length() > 120 ? message.substring(0, 120) + "..." : message;
    }

    private void compare(LlvmJudge llvm, Candidate candidate, Verdict verdict, String origin) {
        byte[] input = candidate instanceof Candidate.Text text
                ? text.bytes()
                : verdict instanceof Verdict.Accepted accepted ? accepted.text() : null;
        if (input == null) {
            return;
        }
        String said = llvm.messageAbout(input);
        if (said == null) {
            return;
        }
        switch (verdict) {
            case Verdict.Accepted accepted
            when !said.isEmpty() ->
                differences.add("accepted, but LLVM says: " + Findings.withoutNames(said), said, input, origin);
            case Verdict.Rejected rejected
            when said.isEmpty() ->
                differences.add(
                        "LLVM accepts, but jci says: " + Findings.withoutNames(rejected.message()),
                        rejected.message(),
                        input,
                        origin);
            default -> {}
        }
    }
}
