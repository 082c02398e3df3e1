package dev.jci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which commit interval is chosen. */
class TuneCurveTest {
    private static TuneCurve.Point point(long commitInterval, long median, long spread, double overhead) {
        return new TuneCurve.Point(
                commitInterval,
                new IntervalSearch.Step(
                        3 * median,
                        new Intervals(
                                1000, 3000 * median, 1000 * median, median, median - spread / 2, median + spread / 2)),
                overhead);
    }

    private static long chosen(TuneCurve.Point... points) {
        return new TuneCurve(5000, List.of(points)).best().commitInterval();
    }

    @Test
    void theCheapestOfThoseThatGiveTheInterval() {
        assertThat(chosen(point(250, 5000, 100, 0.06), point(500, 5040, 400, 0.02), point(1000, 4980, 300, 0.04)))
                .isEqualTo(500);
    }

    @Test
    void cheapOnesThatMissTheIntervalDoNotDo() {
        assertThat(chosen(point(250, 5010, 100, 0.06), point(4000, 6100, 900, 0.01)))
                .isEqualTo(250);
    }

    @Test
    void theNearestWhenNoneGivesTheInterval() {
        assertThat(chosen(point(500, 6500, 100, 0.01), point(250, 5600, 900, 0.06)))
                .isEqualTo(250);
    }

    /** User times are not exact enough to tell them apart. */
    @Test
    void theMostEvenOfThoseThatCostTheSame() {
        assertThat(chosen(point(250, 5000, 200, 0.013), point(500, 5000, 800, 0.011), point(1000, 5000, 900, 0.010)))
                .isEqualTo(250);
    }

    @Test
    void theTableHasALineForEach() {
        TuneCurve curve = new TuneCurve(5000, List.of(point(250, 5000, 200, 0.0613), point(500, 5040, 400, -0.002)));

        assertThat(curve.table()).isEqualToNormalizingNewlines("""
                commit interval  IR interval  median cycles       p10       p90  user time
                            250        15000           5000      4900      5100      +6.1 %
                            500        15120           5040      4840      5240      -0.2 %
                """);
    }
}
