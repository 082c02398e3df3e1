package dev.jci.ci.generated;

import java.util.List;
import java.util.Map;

/**
 * The induction variable of a loop.
 *
 * @param type its type, an integer or {@code ptr}
 * @param start its first value
 * @param step the instruction that computes the next value
 * @param predicate of the comparison with the bound that says whether the loop goes on
 * @param opposite of the comparison that says whether it is done
 * @param bound what it is compared with
 * @param endless whether the test must not come before the first iteration, because the loop would not end
 */
record Counter(
        String type,
        String now,
        String next,
        String start,
        String step,
        String predicate,
        String opposite,
        String bound,
        boolean endless) {

    private static final int CELLS = 16;
    private static final Map<String, String> SWAPPED = Map.of(
            "slt", "sgt", "sle", "sge", "sgt", "slt", "sge", "sle", "ult", "ugt", "ule", "uge", "ugt", "ult", "uge",
            "ule");

    /** Some counter, of up to a few iterations or of many. */
    static Counter any(Code code, boolean many) {
        if (code.oneIn(6)) {
            return pointer(code);
        }
        int bits = code.any(List.of(64, 64, 32, 32, 16, 8));
        int step = code.any(List.of(1, 1, 1, 2, 3, 4, 5, 7, 8, 9));
        int trips = many ? code.any(List.of(1, 3, 20, bits == 8 ? 30 : 150)) : 1 + code.below(5);
        return switch (code.below(4)) {
            case 0 -> differs(code, bits, step, trips);
            case 1 -> down(code, bits, step, trips);
            default -> up(code, bits, step, trips);
        };
    }

    private static Counter of(
            Code code,
            int bits,
            long start,
            String addition,
            String predicate,
            String opposite,
            String bound,
            boolean endless) {
        String type = "i" + bits;
        String now = "%" + code.fresh("i");
        String next = now + ".next";
        String step = next + " = " + addition.formatted(type + " " + now);
        return new Counter(type, now, next, String.valueOf(start), step, predicate, opposite, bound, endless);
    }

    private static Counter up(Code code, int bits, int step, int trips) {
        long start = code.any(List.of(0, 0, 1, 5));
        String kind = code.any(List.of("s", "u"));
        boolean equal = code.oneIn(3);
        String flags = bits > 8 && code.oneIn(2) ? "nsw " : "";
        return of(
                code,
                bits,
                start,
                "add " + flags + "%s, " + step,
                kind + (equal ? "le" : "lt"),
                kind + (equal ? "gt" : "ge"),
                bound(code, bits, start, (long) step * trips),
                false);
    }

    /** A bound that is that far from the start, or somewhere nearer and known only when the function runs. */
    private static String bound(Code code, int bits, long start, long distance) {
        if (bits == 8) {
            return String.valueOf(Math.min(start + distance, 110));
        }
        if (code.oneIn(2)) {
            return String.valueOf(start + distance);
        }
        String some = code.value("urem i64 %x, " + distance);
        return bits == 64 ? some : code.value("trunc i64 " + some + " to i" + bits);
    }

    private static Counter down(Code code, int bits, int step, int trips) {
        boolean signed = code.oneIn(2);
        // Unsigned, a step below zero would be one to the largest number.
        long bound = signed ? code.below(2) : step + code.below(2);
        long start = Math.min(bound + (long) step * trips + code.below(3), 120);
        boolean equal = code.oneIn(3);
        return of(
                code,
                bits,
                start,
                "add %s, -" + step,
                (signed ? "s" : "u") + (equal ? "ge" : "gt"),
                (signed ? "s" : "u") + (equal ? "lt" : "le"),
                String.valueOf(bound),
                false);
    }

    /** Goes on until a value is hit, by way of the largest number perhaps. */
    private static Counter differs(Code code, int bits, int step, int trips) {
        long start = code.any(List.of(0, 3, -4, 250));
        long end = start + (long) step * trips;
        long wrapped = bits == 64 ? end : end << (64 - bits) >> (64 - bits);
        long first = bits == 64 ? start : start << (64 - bits) >> (64 - bits);
        String addition = code.oneIn(2) ? "add %s, " + step : "sub %s, -" + step;
        return of(code, bits, first, addition, "ne", "eq", String.valueOf(wrapped), true);
    }

    /** Over the cells, or some of them. */
    private static Counter pointer(Code code) {
        String now = "%" + code.fresh("p");
        String next = now + ".next";
        int size = code.any(List.of(1, 2, 4));
        String end = code.value("getelementptr i64, ptr @cells, i64 " + (code.oneIn(2) ? CELLS : CELLS / 2));
        String step = next + " = getelementptr i64, ptr " + now + ", i64 " + size;
        return code.oneIn(2)
                ? new Counter("ptr", now, next, "@cells", step, "ne", "eq", end, true)
                : new Counter("ptr", now, next, "@cells", step, "ult", "uge", end, false);
    }

    /** Whether the loop goes on with that value. */
    String goesOn(Code code, String value) {
        return compare(code, predicate, value);
    }

    /** Whether the loop is done at that value. */
    String isDone(Code code, String value) {
        return compare(code, opposite, value);
    }

    private String compare(Code code, String how, String value) {
        return code.oneIn(4)
                ? code.value("icmp " + SWAPPED.getOrDefault(how, how) + " " + type + " " + bound + ", " + value)
                : code.value("icmp " + how + " " + type + " " + value + ", " + bound);
    }

    /** The value as an {@code i64}. */
    String asNumber(Code code) {
        return switch (type) {
            case "i64" -> now;
            case "ptr" -> code.value("load i64, ptr " + now);
            default -> code.value("sext " + type + " " + now + " to i64");
        };
    }
}
