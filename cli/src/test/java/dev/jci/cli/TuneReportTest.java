package dev.jci.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a program writes of itself. */
class TuneReportTest {
    private static final int BUCKETS = 7680;

    /** A report with as many intervals in a bucket as the numbers behind it say: bucket, number, bucket, number. */
    private static byte[] bytes(List<Long> head, int... buckets) {
        ByteBuffer buffer = ByteBuffer.allocate((7 + BUCKETS) * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        head.forEach(buffer::putLong);
        for (int i = 0; i < buckets.length; i += 2) {
            buffer.putLong((7 + buckets[i]) * Long.BYTES, buckets[i + 1]);
        }
        return buffer.array();
    }

    @Test
    void numbersAreRead() {
        TuneReport report =
                TuneReport.of(bytes(List.of(1L, 2L, 600L, 200L, 1_500_000L, 2_000_000L, 5_000_000L), 100, 2));

        assertThat(report.intervals()).isEqualTo(new Intervals(2, 600, 200, 100, 100, 100));
        assertThat(report.intervals().workPerCycle()).isEqualTo(3);
        assertThat(report.userSeconds()).isEqualTo(1.5);
        assertThat(report.cyclesPerMicrosecond()).isEqualTo(2500);
    }

    /** 5000 = 156 << 5: bucket 5 * 128 + 156. */
    @Test
    void bucketsOfLargeNumbersStandForTheirMiddle() {
        Intervals intervals = TuneReport.of(bytes(List.of(1L, 10L, 0L, 0L, 0L, 1L, 1L), 796, 10))
                .intervals();

        assertThat(intervals.median()).isCloseTo(5000, within(20L));
    }

    @Test
    void percentilesAreWhatSoManyAreBelow() {
        Intervals intervals = TuneReport.of(bytes(List.of(1L, 100L, 0L, 0L, 0L, 1L, 1L), 10, 10, 50, 79, 90, 2, 200, 9))
                .intervals();

        assertThat(List.of(intervals.low(), intervals.median(), intervals.high()))
                .containsExactly(10L, 50L, 90L);
    }

    @Test
    void withoutIntervalsThereIsNoMedian() {
        assertThat(TuneReport.of(bytes(List.of(1L, 0L, 0L, 0L, 9L, 9L, 9L))).intervals())
                .isEqualTo(new Intervals(0, 0, 0, 0, 0, 0));
    }

    @Test
    void whatIsNoReportIsRefused() {
        assertThatThrownBy(() -> TuneReport.of(new byte[100])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TuneReport.of(bytes(List.of(9L)))).isInstanceOf(IllegalArgumentException.class);
    }
}
