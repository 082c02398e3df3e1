package dev.jci.cli;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a program measured of itself, as {@code ci_tune.ll} writes it.
 *
 * @param intervals how far the handler's calls were apart
 * @param userSeconds the user time
 * @param cyclesPerMicrosecond how fast the cycle counter is
 */
record TuneReport(Intervals intervals, double userSeconds, double cyclesPerMicrosecond) {
    private static final long FORMAT = 1;
    private static final int NUMBERS = 7;
    private static final int BUCKETS = 7680;
    private static final int BUCKETS_OF_A_POWER = 128;
    private static final int SIZE = (NUMBERS + BUCKETS) * Long.BYTES;

    /**
     * Reads a report.
     *
     * @throws IllegalArgumentException when it is none, or not whole
     */
    static TuneReport of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length != SIZE || buffer.getLong() != FORMAT) {
            throw new IllegalArgumentException("not a report of " + SIZE + " bytes");
        }
        long count = buffer.getLong();
        long work = buffer.getLong();
        long cycles = buffer.getLong();
        double userSeconds = buffer.getLong() / 1e6;
        double microseconds = buffer.getLong() / 1e3;
        double cyclesPassed = buffer.getLong();
        long[] buckets = new long[BUCKETS];
        buffer.asLongBuffer().get(buckets);
        return new TuneReport(
                new Intervals(
                        count,
                        work,
                        cycles,
                        percentile(buckets, 0.5),
                        percentile(buckets, 0.1),
                        percentile(buckets, 0.9)),
                userSeconds,
                microseconds > 0 ? cyclesPassed / microseconds : 0);
    }

    private static long percentile(long[] buckets, double share) {
        long total = 0;
        for (long count : buckets) {
            total += count;
        }
        long rank = Math.max(1, Math.round(total * share));
        long seen = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            seen += buckets[bucket];
            if (seen >= rank) {
                return middle(bucket);
            }
        }
        return 0;
    }

    /** The middle of the values of a bucket, which is less than 0.4 % off any of them. */
    private static long middle(int bucket) {
        int shift = Math.max(0, bucket / BUCKETS_OF_A_POWER - 1);
        long lowest = (long) (bucket - shift * BUCKETS_OF_A_POWER) << shift;
        return lowest + ((1L << shift) - 1) / 2;
    }
}
