package dev.jci.emit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs the writers, which follow the nesting of types and constants by recursion, on stacks that are deep enough for what was read. */
final class DeepStack {
    private static final long BYTES = 256L << 20;

    private DeepStack() {}

    /** Something that writes text. */
    interface Writing {
        /** Writes it. */
        List<TextBuffer> write() throws IOException;
    }

    /**
     * Writes on a thread of its own and waits for it.
     *
     * @throws IOException when writing throws it
     */
    static List<TextBuffer> write(Writing writing) throws IOException {
        return await(start(new FutureTask<>(writing::write)));
    }

    /** Runs a task on several threads at the same time, each of its own, and waits for all. */
    static void runAll(int threads, Runnable task) throws IOException {
        List<FutureTask<Boolean>> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            started.add(start(new FutureTask<>(task, true)));
        }
        for (FutureTask<Boolean> one : started) {
            await(one);
        }
    }

    private static <T> FutureTask<T> start(FutureTask<T> task) {
        new Thread(null, task, "llvm-ir-printer", BYTES).start();
        return task;
    }

    private static <T> T await(FutureTask<T> task) throws IOException {
        try {
            return task.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while printing", interrupted);
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case IOException exception -> throw exception;
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(failed);
            }
        }
    }
}
