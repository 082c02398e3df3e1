package dev.jci.ir.diff;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which elements of two sequences belong together, in order. Equal beginnings and ends are taken first; then the elements that occur
 * once in each sequence are the anchors, and between anchors Myers' algorithm finds the shortest edit. Where that would be long the
 * stretch counts as replaced, so that the time stays near the length of the sequences.
 */
final class SequenceAlignment {
    /** The longest edit searched for between anchors; the time grows with its square. */
    private static final int LONGEST_EDIT = 1_500;

    private static final int NONE = -1;

    private final long[] before;
    private final long[] after;
    private final int[] partner;

    private SequenceAlignment(long[] before, long[] after) {
        this.before = before;
        this.after = after;
        this.partner = new int[before.length];
        Arrays.fill(partner, NONE);
    }

    /**
     * Aligns two sequences.
     *
     * @return for each element of the first its partner in the second, -1 for none; rising
     */
    static int[] of(long[] before, long[] after) {
        SequenceAlignment alignment = new SequenceAlignment(before, after);
        alignment.align(0, before.length, 0, after.length);
        return alignment.partner;
    }

    private void align(int fromA, int toA, int fromB, int toB) {
        int startA = fromA;
        int startB = fromB;
        while (startA < toA && startB < toB && before[startA] == after[startB]) {
            partner[startA++] = startB++;
        }
        int endA = toA;
        int endB = toB;
        while (endA > startA && endB > startB && before[endA - 1] == after[endB - 1]) {
            partner[--endA] = --endB;
        }
        if (startA == endA || startB == endB) {
            return;
        }
        int[] anchors = anchors(startA, endA, startB, endB);
        if (anchors.length == 0) {
            shortestEdit(startA, endA, startB, endB);
            return;
        }
        int lastA = startA;
        int lastB = startB;
        for (int i = 0; i < anchors.length; i += 2) {
            align(lastA, anchors[i], lastB, anchors[i + 1]);
            partner[anchors[i]] = anchors[i + 1];
            lastA = anchors[i] + 1;
            lastB = anchors[i + 1] + 1;
        }
        align(lastA, endA, lastB, endB);
    }

    /** The longest rising row of pairs of elements that occur once on both sides. */
    private int[] anchors(int fromA, int toA, int fromB, int toB) {
        Map<Long, int[]> places = new HashMap<>();
        for (int i = fromA; i < toA; i++) {
            int[] place = places.computeIfAbsent(before[i], any -> new int[] {0, 0, 0, 0});
            place[0]++;
            place[1] = i;
        }
        for (int i = fromB; i < toB; i++) {
            int[] place = places.get(after[i]);
            if (place != null) {
                place[2]++;
                place[3] = i;
            }
        }
        int[] pairsA = new int[Math.min(toA - fromA, toB - fromB)];
        int[] pairsB = new int[pairsA.length];
        int count = 0;
        for (int i = fromA; i < toA; i++) {
            int[] place = places.get(before[i]);
            if (place != null && place[0] == 1 && place[2] == 1) {
                pairsA[count] = i;
                pairsB[count++] = place[3];
            }
        }
        return longestRise(pairsA, pairsB, count);
    }

    private static int[] longestRise(int[] pairsA, int[] pairsB, int count) {
        int[] tails = new int[count];
        int[] previous = new int[count];
        int length = 0;
        for (int i = 0; i < count; i++) {
            int low = 0;
            int high = length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (pairsB[tails[middle]] < pairsB[i]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            previous[i] = low == 0 ? NONE : tails[low - 1];
            tails[low] = i;
            length = Math.max(length, low + 1);
        }
        int[] row = new int[2 * length];
        int at = length == 0 ? NONE : tails[length - 1];
        for (int i = length - 1; i >= 0; i--) {
            row[2 * i] = pairsA[at];
            row[2 * i + 1] = pairsB[at];
            at = previous[at];
        }
        return row;
    }

    /** Myers, "An O(ND) Difference Algorithm and Its Variations", the greedy form with the rows kept. */
    private void shortestEdit(int fromA, int toA, int fromB, int toB) {
        int n = toA - fromA;
        int m = toB - fromB;
        int longest = Math.min(n + m, LONGEST_EDIT);
        int[][] rows = new int[longest + 1][];
        int[] furthest = new int[2 * longest + 3];
        int middle = longest + 1;
        for (int d = 0; d <= longest; d++) {
            for (int k = -d; k <= d; k += 2) {
                boolean down = k == -d || (k != d && furthest[middle + k - 1] < furthest[middle + k + 1]);
                int x = down ? furthest[middle + k + 1] : furthest[middle + k - 1] + 1;
                int y = x - k;
                while (x < n && y < m && before[fromA + x] == after[fromB + y]) {
                    x++;
                    y++;
                }
                furthest[middle + k] = x;
                if (x >= n && y >= m) {
                    walkBack(rows, d, n, m, fromA, fromB);
                    return;
                }
            }
            rows[d] = Arrays.copyOfRange(furthest, middle - d, middle + d + 1);
        }
    }

    /** Follows the rows back from the end and pairs what lies on the diagonals. */
    private void walkBack(int[][] rows, int edits, int n, int m, int fromA, int fromB) {
        int x = n;
        int y = m;
        for (int d = edits; d > 0; d--) {
            int[] row = rows[d - 1];
            int k = x - y;
            int left = at(row, d - 1, k - 1);
            int right = at(row, d - 1, k + 1);
            boolean down = k == -d || (k != d && left < right);
            int beforeX = down ? right : left;
            int beforeY = beforeX - (down ? k + 1 : k - 1);
            int startX = down ? beforeX : beforeX + 1;
            while (x > startX) {
                x--;
                y--;
                partner[fromA + x] = fromB + y;
            }
            x = beforeX;
            y = beforeY;
        }
        while (x > 0 && y > 0) {
            x--;
            y--;
            partner[fromA + x] = fromB + y;
        }
    }

    private static int at(int[] row, int d, int k) {
        return k < -d || k > d ? NONE : row[k + d];
    }
}
