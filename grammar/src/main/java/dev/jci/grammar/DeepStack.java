package dev.jci.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Constants and types nest as deep as the text likes; the parser is recursive, so it runs on threads with deep stacks. */
final class DeepStack {
    private static final long BYTES = 256L << 20;

    private DeepStack() {}

    /**
     * Runs tasks at the same time, each on a thread of its own, and waits for all.
     *
     * @throws RuntimeException what one of them has thrown
     */
    static void runAll(List<Runnable> tasks) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (Runnable task : tasks) {
            Thread thread = new Thread(null, task, "llvm-ir-reader", BYTES);
            thread.setUncaughtExceptionHandler((dying, thrown) -> failure.compareAndSet(null, thrown));
            thread.start();
            threads.add(thread);
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while reading", exception);
        }
        switch (failure.get()) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }
}
