package dev.jci.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.jci.ci.CompilerInterrupts;
import dev.jci.ci.Options;
import dev.jci.emit.LlvmIrPrinter;
import dev.jci.emit.PrintOptions;
import dev.jci.emit.UnprintableException;
import dev.jci.ir.Module;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Measures how the time of {@code jci instrument} grows with the module: the time for a line of modules of 1,000 to 1,000,000 lines, and of
 * one function with 100 to 10,000 conditions in a row. All in one virtual machine that is warm, so that what grows is the work.
 */
public final class Growth {
    private static final List<String> LINES = List.of("lines-1000", "lines-10000", "lines-100000", "lines-1000000");
    private static final List<String> CHAINS =
            List.of("chain-100", "chain-316", "chain-1000", "chain-3162", "chain-10000");
    private static final double ALLOWED = 1.5;
    private static final long WARM_UP = 20_000_000_000L;
    private static final long MEASURED = 5_000_000_000L;
    private static final int FEWEST_RUNS = 3;
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /**
     * The time of some runs, in nanoseconds.
     *
     * @param instrument the pass alone
     */
    private record Time(long read, long instrument, long print) {
        Time plus(Time other) {
            return new Time(read + other.read, instrument + other.instrument, print + other.print);
        }

        long all() {
            return read + instrument + print;
        }
    }

    private final PrintStream out;

    private Growth(PrintStream out) {
        this.out = out;
    }

    /**
     * Prints two tables.
     *
     * @param arguments other files to measure instead, as the benchmarks take them
     * @throws UnprintableException never
     */
    public static void main(String[] arguments) throws UnprintableException {
        Growth growth = new Growth(System.out);
        warmUp();
        boolean even = true;
        if (arguments.length > 0) {
            even = growth.table(List.of(arguments));
        } else {
            even &= growth.table(LINES);
            even &= growth.table(CHAINS);
        }
        System.exit(even ? 0 : 1);
    }

    private static void warmUp() throws UnprintableException {
        List<Subject> subjects = List.of(Subject.of("medium"), Subject.of("chain-1000"), Subject.of("small"));
        for (long end = now() + WARM_UP; now() < end; ) {
            for (Subject subject : subjects) {
                run(subject);
            }
        }
    }

    /** What the process has computed so far, collecting garbage too: others that use the machine do not count. */
    private static long now() {
        return PROCESS.getProcessCpuTime();
    }

    private static Time run(Subject subject) throws UnprintableException {
        long start = now();
        Module module = subject.read();
        long read = now();
        CompilerInterrupts.instrument(module, Options.defaults());
        long instrumented = now();
        byte[] printed = LlvmIrPrinter.bytes(module, PrintOptions.AS_WRITTEN);
        long end = now();
        if (printed.length < subject.source().bytes().length) {
            throw new IllegalStateException("less came out than went in");
        }
        return new Time(read - start, instrumented - read, end - instrumented);
    }

    /** Prints a table; whether no time for a line is more than the allowed multiple of another one. */
    private boolean table(List<String> files) throws UnprintableException {
        out.println("| module | lines | read, ns a line | instrument | print | all |");
        out.println("| :-- | --: | --: | --: | --: | --: |");
        double[] instrument = new double[files.size()];
        double[] all = new double[files.size()];
        for (int i = 0; i < instrument.length; i++) {
            Subject subject = Subject.of(files.get(i));
            Time time = new Time(0, 0, 0);
            int runs = 0;
            while (runs < FEWEST_RUNS || time.all() < MEASURED) {
                time = time.plus(run(subject));
                runs++;
            }
            double lines = (double) subject.lines() * runs;
            instrument[i] = time.instrument() / lines;
            all[i] = time.all() / lines;
            out.printf(
                    Locale.ROOT,
                    "| %s | %,d | %.0f | %.0f | %.0f | %.0f |%n",
                    files.get(i),
                    subject.lines(),
                    time.read() / lines,
                    instrument[i],
                    time.print() / lines,
                    all[i]);
        }
        out.printf(Locale.ROOT, "%nThe largest is %.2f of the smallest", ratio(instrument));
        out.printf(Locale.ROOT, " for the pass, %.2f for all.%n%n", ratio(all));
        return ratio(instrument) <= ALLOWED && ratio(all) <= ALLOWED;
    }

    private static double ratio(double[] values) {
        return Arrays.stream(values).max().orElse(1)
                / Arrays.stream(values).min().orElse(1);
    }
}
