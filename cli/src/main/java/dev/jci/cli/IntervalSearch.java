package dev.jci.cli;

import org.jspecify.annotations.Nullable;

/**
 * Finds the interval in IR instructions at which the median of the measured intervals is a wanted number of cycles. The first run tells
 * how much work the program does in a cycle; what follows is a search between the nearest interval below and above, since probes come only
 * where they stand: the answer of a program has steps.
 */
final class IntervalSearch {
    /** How near is near enough, as a share of what is wanted. */
    static final double TOLERANCE = 0.01;

    private static final int MOST_RUNS = 12;
    private static final long LARGEST = Integer.MAX_VALUE;
    private static final double FURTHEST_STEP = 8;
    /** The part of the gap next to an end that is not tried, so that every run narrows the gap. */
    private static final double MARGIN = 0.1;

    private final double wanted;
    private @Nullable Step below;
    private @Nullable Step above;

    private IntervalSearch(double wanted) {
        this.wanted = wanted;
    }

    /** A program with probes. */
    interface Subject {
        /** Runs it with an interval in IR instructions. */
        Intervals run(long interval) throws Failure;
    }

    /**
     * One run.
     *
     * @param interval the interval that was asked for, in IR instructions
     * @param measured what came of it
     */
    record Step(long interval, Intervals measured) {
        private double error(double wanted) {
            return measured.count() == 0 ? Double.MAX_VALUE : Math.abs(Math.log(measured.median() / wanted));
        }
    }

    /**
     * The interval that comes nearest.
     *
     * @param wanted the median wanted, in cycles
     * @param first the interval to begin with
     */
    static Step find(double wanted, long first, Subject subject) throws Failure {
        IntervalSearch search = new IntervalSearch(wanted);
        Step best = new Step(first, subject.run(first));
        Step last = best;
        for (int run = 1; run < MOST_RUNS && Math.abs(best.measured.median() - wanted) > TOLERANCE * wanted; run++) {
            search.note(last);
            long next = run == 1 ? search.byRate(last) : search.next(last);
            if (search.isKnown(next)) {
                next = search.next(last);
            }
            if (search.isKnown(next)) {
                break;
            }
            last = new Step(next, subject.run(next));
            best = last.error(wanted) < best.error(wanted) ? last : best;
        }
        return best;
    }

    private void note(Step step) {
        boolean tooShort = step.measured.count() > 0 && step.measured.median() < wanted;
        if (tooShort) {
            below = step;
            above = above != null && above.interval <= step.interval ? null : above;
        } else {
            above = step;
            below = below != null && below.interval >= step.interval ? null : below;
        }
    }

    private boolean isKnown(long interval) {
        return (below != null && below.interval == interval) || (above != null && above.interval == interval);
    }

    /** What the rate of the first run lets expect. */
    private long byRate(Step first) {
        Intervals measured = first.measured;
        return measured.count() == 0 ? next(first) : bounded(wanted * measured.workPerCycle());
    }

    private long next(Step last) {
        if (below != null && above != null && above.measured.count() > 0) {
            double gap = above.interval - below.interval;
            double rise = above.measured.median() - below.measured.median();
            double share = rise > 0 ? (wanted - below.measured.median()) / rise : 0.5;
            return bounded(below.interval + Math.clamp(share, MARGIN, 1 - MARGIN) * gap);
        }
        if (last.measured.count() == 0) {
            // So long that no interval ended.
            return bounded(last.interval / FURTHEST_STEP);
        }
        double factor = wanted / Math.max(1, last.measured.median());
        return bounded(last.interval * Math.clamp(factor, 1 / FURTHEST_STEP, FURTHEST_STEP));
    }

    private static long bounded(double interval) {
        return Math.clamp(Math.round(interval), 1, LARGEST);
    }
}
