package dev.jci.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on threads with deep stacks. Constants and types nest as deep as the text likes, and what reads, prints and changes them is
 * recursive.
 */
public final class DeepStack {
    private static final long BYTES = 256L << 20;

    private DeepStack() {}

    /** Of its own class, so that what runs on one can tell. */
    private static final class DeepThread extends Thread {
        DeepThread(Runnable task, String name) {
            super(null, task, name, BYTES);
        }
    }

    /**
     * Makes threads with deep stacks for an executor. What needs one does not start another one there.
     *
     * @param name of the threads
     */
    public static ThreadFactory threads(String name) {
        return task -> new DeepThread(task, name);
    }

    /**
     * Runs tasks at the same time, each on a thread of its own, and waits for all. A single one runs on the caller's when that has a deep stack.
     *
     * @param name of the threads
     * @throws RuntimeException what one of them has thrown
     * @throws IllegalStateException when the caller is interrupted
     */
    public static void run(String name, List<Runnable> tasks) {
        if (tasks.size() == 1 && Thread.currentThread() instanceof DeepThread) {
            tasks.getFirst().run();
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted: " + name);
            }
            return;
        }
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (Runnable task : tasks) {
            Thread thread = new DeepThread(task, name);
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
            throw new IllegalStateException("interrupted: " + name, exception);
        }
        switch (failure.get()) {
            case null -> {}
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }
}
