package dev.jci.cli;

import dev.jci.ir.DeepStack;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Works on many files at once and says how far it is; results and messages come in the order of the files.
 *
 * @param jobs how many files at once
 * @param progress makes what shows how far it is, when there is more than one file
 */
record Batch(int jobs, Supplier<Progress> progress) {
    /** The time between two looks at how far it is. */
    private static final long STEP_MILLISECONDS = 100;

    /** What to do with one file. */
    interface Task<T> {
        T run(String file) throws Failure;
    }

    /**
     * Does a task for each file.
     *
     * @return the results of the files for which it succeeded
     * @throws Failure when it failed for any, after all have been tried; its message holds all messages
     */
    <T> List<T> run(List<String> files, Task<T> task) throws Failure {
        if (files.size() == 1) {
            return List.of(task.run(files.get(0)));
        }
        // Closing waits: when this call is over, nobody writes any more.
        try (ExecutorService workers = Executors.newFixedThreadPool(
                Math.max(1, Math.min(jobs, files.size())), DeepStack.threads("jci-file"))) {
            List<Future<T>> pending = new ArrayList<>();
            for (String file : files) {
                Callable<T> callable = () -> task.run(file);
                pending.add(workers.submit(callable));
            }
            workers.shutdown();
            try {
                await(workers, pending);
                return collect(pending);
            } catch (InterruptedException exception) {
                Thread.currentThread().interrupt();
                throw Failure.usage("interrupted");
            } finally {
                workers.shutdownNow();
            }
        }
    }

    /** Waits until all files are done. This thread wakes up a few times a second, and not for each file: the workers have something else to do. */
    private <T> void await(ExecutorService workers, List<Future<T>> pending) throws InterruptedException {
        Progress line = progress.get();
        try {
            while (!workers.awaitTermination(STEP_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                line.show((int) pending.stream().filter(Future::isDone).count(), pending.size());
            }
        } finally {
            line.end();
        }
    }

    private static <T> List<T> collect(List<Future<T>> pending) throws Failure, InterruptedException {
        List<T> results = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        int exitCode = 0;
        for (Future<T> future : pending) {
            try {
                results.add(future.get());
            } catch (ExecutionException exception) {
                Failure failure = failure(exception.getCause());
                messages.add(failure.getMessage());
                exitCode = Math.max(exitCode, failure.exitCode());
            }
        }
        if (exitCode == 0) {
            return results;
        }
        String all = String.join("\n", messages);
        throw exitCode == 3 ? Failure.tool(all) : Failure.input(all);
    }

    private static Failure failure(Throwable cause) {
        return switch (cause) {
            case Failure failure -> failure;
            case Error error -> throw error;
            default -> throw new IllegalStateException(cause);
        };
    }
}
