package dev.jci.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search for an interval, with programs that are formulas. */
class IntervalSearchTest {
    private final List<Long> asked = new ArrayList<>();

    /** A program that does so much work in a cycle, whose median interval is a function of the one asked for. */
    private IntervalSearch.Subject program(double workPerCycle, LongUnaryOperator median) {
        return interval -> {
            asked.add(interval);
            long cycles = median.applyAsLong(interval);
            return new Intervals(1000, (long) (1000 * cycles * workPerCycle), 1000 * cycles, cycles, cycles, cycles);
        };
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.4, 1, 3.5, 30})
    void oneMoreRunIsEnoughWhereTheRateIsEven(double rate) throws Failure {
        IntervalSearch.Step found =
                IntervalSearch.find(5000, 5000, program(rate, interval -> Math.round(interval / rate)));

        assertThat(found.measured().median()).isBetween(4950L, 5050L);
        assertThat(asked).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void handlersThatAreLateAreAskedForEarlier() throws Failure {
        IntervalSearch.Step found = IntervalSearch.find(5000, 5000, program(2, interval -> interval / 2 + 700));

        assertThat(found.measured().median()).isBetween(4950L, 5050L);
        assertThat(found.interval()).isBetween(8500L, 8700L);
    }

    /** As a program whose rate of all its work says nothing of its median, such as one that often waits. */
    @Test
    void aRateThatMisleadsIsLeftBehind() throws Failure {
        IntervalSearch.Step found = IntervalSearch.find(5000, 5000, program(0.001, interval -> interval / 3));

        assertThat(found.measured().median()).isBetween(4950L, 5050L);
    }

    @Test
    void programsWithFewProbesGiveTheNearestStep() throws Failure {
        IntervalSearch.Step found =
                IntervalSearch.find(5000, 5000, program(1, interval -> Math.max(1, (interval + 1999) / 2000) * 2300));

        assertThat(found.measured().median()).isEqualTo(4600);
        assertThat(found.interval()).isBetween(2001L, 4000L);
        assertThat(asked).doesNotHaveDuplicates();
    }

    /** Every interval asked for is one that the runtime takes. */
    @ParameterizedTest
    @CsvSource({"1, 100000", "2000000000, 1"})
    void whatCannotBeReachedEndsAtTheNearest(double wanted, long always) throws Failure {
        IntervalSearch.Step found = IntervalSearch.find(wanted, Math.round(wanted), program(1, interval -> always));

        assertThat(found.measured().median()).isEqualTo(always);
        assertThat(asked).hasSizeLessThanOrEqualTo(12).allMatch(interval -> interval >= 1 && interval < 1L << 31);
    }

    @Test
    void anIntervalLongerThanTheProgramIsMadeShorter() throws Failure {
        IntervalSearch.Subject program = program(0.01, interval -> interval * 100);

        IntervalSearch.Step found =
                IntervalSearch.find(5000, 5000, interval -> interval > 1000 ? noneAt(interval) : program.run(interval));

        assertThat(found.measured().median()).isBetween(4950L, 5050L);
    }

    private Intervals noneAt(long interval) {
        asked.add(interval);
        return new Intervals(0, 0, 0, 0, 0, 0);
    }

    @Test
    void aProgramWhoseHandlerNeverRunsIsGivenUp() throws Failure {
        IntervalSearch.Step found = IntervalSearch.find(5000, 5000, this::noneAt);

        assertThat(found.measured().count()).isZero();
        assertThat(asked).hasSizeLessThanOrEqualTo(12);
    }

    /** Where answers waver by two per cent the search ends, near what is wanted. */
    @Test
    void noiseDoesNotKeepTheSearchGoing() throws Failure {
        IntervalSearch.Step found = IntervalSearch.find(
                5000, 5000, program(2, interval -> Math.round(interval / 2.0 * (asked.size() % 2 == 0 ? 0.97 : 1.02))));

        assertThat(found.measured().median()).isBetween(4900L, 5100L);
        assertThat(asked).hasSizeLessThanOrEqualTo(12);
    }
}
