package dev.jci.ci;

import dev.jci.ir.DeepStack;
import dev.jci.ir.Function;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Places functions on several threads, each when all are done that it waits for, the most urgent first. */
final class PlacementThreads {
    private final List<Function> functions;
    private final Consumer<Function> placing;
    private final int[][] followers;
    private final int[] waitsFor;
    private final PriorityQueue<Integer> ready;
    private int undone;
    private int failedPlace = Integer.MAX_VALUE;
    private @Nullable Throwable failure;

    private PlacementThreads(PlacementOrder order, Consumer<Function> placing) {
        this.functions = order.functions();
        this.placing = placing;
        this.followers = order.followers();
        this.waitsFor = new int[functions.size()];
        this.undone = functions.size();
        for (int[] later : followers) {
            for (int place : later) {
                waitsFor[place]++;
            }
        }
        long[] urgency = order.urgency(followers);
        this.ready = new PriorityQueue<>(
                Comparator.<Integer>comparingLong(place -> -urgency[place]).thenComparing(Comparator.naturalOrder()));
        for (int place = 0; place < waitsFor.length; place++) {
            if (waitsFor[place] == 0) {
                ready.add(place);
            }
        }
    }

    /**
     * Places all functions.
     *
     * @param threads how many threads; with one everything runs in order on the thread of the caller
     * @throws RuntimeException what placing a function has thrown; of several functions the first in order
     */
    static void place(PlacementOrder order, int threads, Consumer<Function> placing) {
        if (threads == 1) {
            order.functions().forEach(placing);
            return;
        }
        PlacementThreads pool = new PlacementThreads(order, placing);
        Runnable task = pool::run;
        DeepStack.run("ci-pass", Collections.nCopies(threads, task));
        pool.throwFailure();
    }

    private void run() {
        Integer place = take();
        while (place != null) {
            Throwable thrown = null;
            try {
                placing.accept(functions.get(place));
            } catch (RuntimeException | Error caught) {
                thrown = caught;
            }
            done(place, thrown);
            place = take();
        }
    }

    /** The most urgent place that waits for nothing; null when nothing is left to begin. */
    private synchronized @Nullable Integer take() {
        try {
            while (ready.isEmpty() && undone > 0) {
                wait();
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            return null;
        }
        return ready.poll();
    }

    private synchronized void done(int place, @Nullable Throwable thrown) {
        undone--;
        if (thrown != null && place < failedPlace) {
            failedPlace = place;
            failure = thrown;
        }
        for (int later : followers[place]) {
            if (--waitsFor[later] == 0) {
                ready.add(later);
            }
        }
        notifyAll();
    }

    private synchronized void throwFailure() {
        switch (failure) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new IllegalStateException(failure);
        }
    }
}
