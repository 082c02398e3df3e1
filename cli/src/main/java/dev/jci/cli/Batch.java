package dev.jci.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Works on many files at once and says how far it is; results and messages come in the order of the files. */
final class Batch {
    private Batch() {}

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
    static <T> List<T> run(List<String> files, int jobs, boolean quiet, Task<T> task) throws Failure {
        if (files.size() == 1) {
            return List.of(task.run(files.get(0)));
        }
        ExecutorService workers = Executors.newFixedThreadPool(Math.max(1, Math.min(jobs, files.size())));
        try {
            List<Future<T>> pending = new ArrayList<>();
            for (String file : files) {
                Callable<T> callable = () -> task.run(file);
                pending.add(workers.submit(callable));
            }
            return collect(pending, new Progress(files.size(), quiet));
        } finally {
            workers.shutdownNow();
        }
    }

    private static <T> List<T> collect(List<Future<T>> pending, Progress progress) throws Failure {
        List<T> results = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        int exitCode = 0;
        for (Future<T> future : pending) {
            try {
                results.add(future.get());
            } catch (ExecutionException exception) {
                if (!(exception.getCause() instanceof Failure failure)) {
                    throw new IllegalStateException(exception.getCause());
                }
                messages.add(failure.getMessage());
                exitCode = Math.max(exitCode, failure.exitCode());
            } catch (InterruptedException exception) {
                Thread.currentThread().interrupt();
                throw Failure.usage("interrupted");
            }
            progress.step();
        }
        progress.end();
        if (exitCode == 0) {
            return results;
        }
        String all = String.join("\n", messages);
        throw exitCode == 3 ? Failure.tool(all) : Failure.input(all);
    }

    /** A line on the terminal that shows how many files are done. */
    private static final class Progress {
        private static final int WIDTH = 30;

        private final int total;
        private final boolean shown;
        private int done;

        Progress(int total, boolean quiet) {
            this.total = total;
            this.shown = !quiet && hasTerminal();
        }

        /** The Java virtual machine may be started without its console module, and then there is no console at all. */
        @SuppressWarnings("SystemConsoleNull")
        private static boolean hasTerminal() {
            java.io.Console console = System.console();
            return console != null && console.isTerminal();
        }

        void step() {
            done++;
            if (shown) {
                int filled = WIDTH * done / total;
                System.err.print("\r[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + done + "/" + total);
            }
        }

        void end() {
            if (shown) {
                System.err.print("\r" + " ".repeat(WIDTH + 2 + 24) + "\r");
            }
        }
    }
}
