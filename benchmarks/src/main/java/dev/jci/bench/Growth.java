package dev.jci.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.jci.ci.CompilerInterrupts;
import dev.jci.ci.Options;
import dev.jci.emit.LlvmIrPrinter;
import dev.jci.emit.PrintOptions;
import dev.jci.emit.UnprintableException;
import dev.jci.ir.DeepStack;
import dev.jci.ir.Module;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures how the time of {@code jci instrument} grows with the module: the time for a line of modules of 1,000 to 1,000,000 lines, and of
 * one function that is made larger, of several kinds. All in one virtual machine, on a thread as {@code jci} uses; each module is worked on
 * until that is compiled, and then many times: a third of a second is a sample. The modules of a table take turns, so that what slows the
 * machine for a while slows all; of nine turns the median counts for the pass, the mean for all.
 */
public final class Growth {
    private static final List<Series> ALL = List.of(
            new Series("lines", List.of(1_000, 10_000, 100_000, 1_000_000)),
            new Series("chain", List.of(100, 316, 1_000, 3_162, 10_000)),
            new Series("switch", List.of(100, 316, 1_000, 3_162, 10_000)),
            new Series("loops", List.of(100, 316, 1_000, 3_162, 10_000)),
            new Series("irreducible", List.of(100, 316, 1_000, 3_162, 10_000)),
            new Series("nest", List.of(100, 316, 1_000, 3_162)));
    private static final double ALLOWED = 1.5;
    private static final long LONG_ENOUGH = 300_000_000L;
    private static final int WARM_UP = 9;
    private static final int SAMPLES = 9;
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** Modules of one kind. */
    private record Series(String kind, List<Integer> sizes) {
        List<String> files() {
            return sizes.stream().map(size -> kind + "-" + size).toList();
        }
    }

    /**
     * What some runs took one after the other, in nanoseconds of processor time for one of them.
     *
     * @param instrument the pass alone, without the collector
     * @param all reading, the pass and printing, with the collector
     */
    private record Sample(double instrument, double all) {}

    private final PrintStream out;

    private Growth(PrintStream out) {
        this.out = out;
    }

    /**
     * Prints a table for each kind of module.
     *
     * @param arguments other modules to measure instead, as the benchmarks take them, in one table
     */
    public static void main(String[] arguments) {
        DeepStack.run("growth", List.of(() -> System.exit(measure(arguments) ? 0 : 1)));
    }

    private static boolean measure(String[] arguments) {
        Growth growth = new Growth(System.out);
        List<List<String>> tables = arguments.length > 0
                ? List.of(List.of(arguments))
                : ALL.stream().map(Series::files).toList();
        // The machine sees all modules before one is measured: it compiles for what it has seen.
        for (List<String> files : tables) {
            for (String file : files) {
                Subject subject = Subject.of(file);
                for (int i = 0; i < WARM_UP; i++) {
                    sample(subject);
                }
            }
        }
        boolean even = true;
        for (List<String> files : tables) {
            even &= growth.table(files);
        }
        return even;
    }

    /** Time of the processor, so that others that use the machine do not count. Reading and printing have threads of their own. */
    private static Sample sample(Subject subject) {
        long runs = 0;
        long instrument = 0;
        long start = PROCESS.getProcessCpuTime();
        long all = 0;
        while (all < LONG_ENOUGH) {
            Module module = subject.read();
            long before = THREADS.getCurrentThreadCpuTime();
            CompilerInterrupts.instrument(module, Options.defaults());
            instrument += THREADS.getCurrentThreadCpuTime() - before;
            print(module, subject);
            runs++;
            all = PROCESS.getProcessCpuTime() - start;
        }
        return new Sample((double) instrument / runs, (double) all / runs);
    }

    private static void print(Module module, Subject subject) {
        try {
            byte[] printed = LlvmIrPrinter.bytes(module, PrintOptions.AS_WRITTEN);
            if (printed.length < subject.source().bytes().length) {
                throw new IllegalStateException("less came out than went in");
            }
        } catch (UnprintableException exception) {
            throw new IllegalStateException("of a module that was read", exception);
        }
    }

    /** Prints a table; whether no time for a line is more than the allowed multiple of another one. */
    private boolean table(List<String> files) {
        List<Subject> subjects = files.stream().map(Subject::of).toList();
        List<List<Sample>> samples =
                files.stream().<List<Sample>>map(file -> new ArrayList<>()).toList();
        for (int turn = 0; turn < SAMPLES; turn++) {
            for (int i = 0; i < subjects.size(); i++) {
                samples.get(i).add(sample(subjects.get(i)));
            }
        }
        out.println("| module | lines | the pass, ns a line | all |");
        out.println("| :-- | --: | --: | --: |");
        double[] instrument = new double[files.size()];
        double[] all = new double[files.size()];
        for (int i = 0; i < instrument.length; i++) {
            long lines = subjects.get(i).lines();
            instrument[i] = median(samples.get(i)) / lines;
            // Few samples of a small module meet the collector: a median would leave it out.
            all[i] = samples.get(i).stream().mapToDouble(Sample::all).average().orElse(0) / lines;
            out.printf(Locale.ROOT, "| %s | %,d | %.0f | %.0f |%n", files.get(i), lines, instrument[i], all[i]);
        }
        out.printf(Locale.ROOT, "%nThe largest is %.2f of the smallest", ratio(instrument));
        out.printf(Locale.ROOT, " for the pass, %.2f for all.%n%n", ratio(all));
        return ratio(instrument) <= ALLOWED && ratio(all) <= ALLOWED;
    }

    private static double median(List<Sample> samples) {
        double[] sorted =
                samples.stream().mapToDouble(Sample::instrument).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double ratio(double[] values) {
        return Arrays.stream(values).max().orElse(1)
                / Arrays.stream(values).min().orElse(1);
    }
}
