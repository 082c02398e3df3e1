package dev.jci.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What each commit interval gives for a wanted interval.
 *
 * @param wanted the wanted interval in cycles
 * @param points the commit intervals that were tried, at least one
 */
record TuneCurve(double wanted, List<Point> points) {
    /** A median that is further off, as a share, does not do when another commit interval comes nearer. */
    static final double ACCEPTABLE = 0.03;
    /** Overheads that differ by less are the same: user times are not more exact. */
    private static final double NOISE = 0.005;

    /** Copies the list. */
    TuneCurve {
        points = List.copyOf(points);
    }

    /**
     * One commit interval.
     *
     * @param commitInterval the commit interval
     * @param found the interval in IR instructions that comes nearest to the wanted one, and what was measured with it
     * @param overhead user time with a handler that does nothing, against the plain program; 0.05 is 5 % more
     */
    record Point(long commitInterval, IntervalSearch.Step found, double overhead) {
        private long spread() {
            return found.measured().high() - found.measured().low();
        }
    }

    /** The point with the least overhead of those that give the wanted interval; of equals, the one with the most even intervals. */
    Point best() {
        double nearest = points.stream().mapToDouble(this::error).min().orElse(0);
        List<Point> near = points.stream()
                .filter(point -> error(point) <= Math.max(ACCEPTABLE, nearest))
                .toList();
        double least = near.stream().mapToDouble(Point::overhead).min().orElse(0);
        return near.stream()
                .filter(point -> point.overhead <= least + NOISE)
                .min(Comparator.comparingLong(Point::spread))
                .orElseGet(points::getFirst);
    }

    /** How far the median of a point is from what is wanted, as a share. */
    double error(Point point) {
        return Math.abs(point.found.measured().median() - wanted) / wanted;
    }

    /** The curve as a table for people. */
    String table() {
        StringBuilder text = new StringBuilder(
                "commit interval  IR interval  median cycles       p10       p90  user time%n".formatted());
        for (Point point : points) {
            Intervals measured = point.found.measured();
            text.append(String.format(
                    Locale.ROOT,
                    "%15d  %11d  %13d  %8d  %8d  %+8.1f %%%n",
                    point.commitInterval,
                    point.found.interval(),
                    measured.median(),
                    measured.low(),
                    measured.high(),
                    100 * point.overhead));
        }
        return text.toString();
    }
}
