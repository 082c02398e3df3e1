package dev.jci.emit;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs the writers, which follow the nesting of types and constants by recursion, on a stack that is deep enough for what was read. */
final class DeepStack {
    private static final long BYTES = 256L << 20;

    private DeepStack() {}

    /** Something that writes text. */
    interface Writing {
        /** Writes it. */
        TextBuffer write() throws IOException;
    }

    /**
     * Writes on a thread of its own and waits for it.
     *
     * @throws IOException when writing throws it
     */
    static TextBuffer write(Writing writing) throws IOException {
        FutureTask<TextBuffer> task = new FutureTask<>(writing::write);
        new Thread(null, task, "llvm-ir-printer", BYTES).start();
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
