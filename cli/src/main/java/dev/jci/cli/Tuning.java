package dev.jci.cli;

import dev.jci.ci.Mode;
import dev.jci.ci.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Measures what each commit interval gives: first the interval in IR instructions whose median is the wanted one, then the user time with
 * it, all builds of the program by turns, so that a change of the machine's speed hits all of them alike.
 *
 * @param program the program
 * @param options how it is instrumented, but for the commit interval
 * @param wanted the wanted interval in cycles
 * @param runs how often user times are measured
 * @param progress is told how far it is
 */
record Tuning(TunedProgram program, Options options, double wanted, int runs, Consumer<String> progress) {
    private record Build(long commitInterval, Path executable, IntervalSearch.Step found) {}

    /** The curve over commit intervals. */
    TuneCurve curve(List<Long> commitIntervals) throws Failure {
        List<Build> builds = new ArrayList<>();
        long first = Math.round(wanted);
        for (long commitInterval : commitIntervals) {
            Path executable = program.instrument(changed(commitInterval));
            IntervalSearch.Step found = find(executable, first);
            program.requireEnough(found.measured());
            progress.accept(String.format(
                    Locale.ROOT,
                    "commit interval %d: IR interval %d, median %d cycles",
                    commitInterval,
                    found.interval(),
                    found.measured().median()));
            builds.add(new Build(commitInterval, executable, found));
            first = found.interval();
        }
        return new TuneCurve(wanted, points(builds));
    }

    private Options changed(long commitInterval) throws Failure {
        try {
            return options.withCommitInterval(commitInterval);
        } catch (IllegalArgumentException exception) {
            throw Failure.usage(String.valueOf(exception.getMessage()));
        }
    }

    private IntervalSearch.Step find(Path executable, long first) throws Failure {
        long cycles = Math.round(wanted);
        if (options.mode() != Mode.CI_CYCLES) {
            return IntervalSearch.find(wanted, first, interval -> program.intervals(executable, interval, cycles));
        }
        // The runtime finds the interval by itself; the one in IR instructions is where it begins.
        Intervals measured = program.intervals(executable, first, cycles);
        long work =
                measured.count() == 0 ? first : Math.clamp(measured.work() / measured.count(), 1, Integer.MAX_VALUE);
        return new IntervalSearch.Step(work, program.intervals(executable, work, cycles));
    }

    private List<TuneCurve.Point> points(List<Build> builds) throws Failure {
        double[] plain = new double[runs];
        double[][] times = new double[builds.size()][runs];
        for (int run = 0; run < runs; run++) {
            progress.accept("user times: run " + (run + 1) + " of " + runs);
            plain[run] = program.runPlain().userSeconds();
            for (int build : turn(builds.size(), run)) {
                times[build][run] = userTime(builds.get(build));
            }
        }
        List<TuneCurve.Point> points = new ArrayList<>();
        for (int i = 0; i < builds.size(); i++) {
            Build build = builds.get(i);
            points.add(new TuneCurve.Point(build.commitInterval, build.found, median(times[i]) / median(plain) - 1));
        }
        return points;
    }

    private double userTime(Build build) throws Failure {
        return program.run(build.executable, TunedProgram.Handler.EMPTY, build.found.interval(), Math.round(wanted))
                .userSeconds();
    }

    /** Forwards and backwards by turns, so that none always follows the same one. */
    private static List<Integer> turn(int count, int run) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            order.add(i);
        }
        if (run % 2 == 1) {
            Collections.reverse(order);
        }
        return order;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
