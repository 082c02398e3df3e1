package dev.jci.bench.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs tasks on a thread with the stack that the command has, and gives up on those that take too long. */
final class Worker {
    private static final long STACK_BYTES = 16L << 20;
    private static final int MOST_HUNG = 12;

    private final int timeLimitSeconds;
    private @Nullable SynchronousQueue<FutureTask<?>> tasks;
    private int hung;

    Worker(int timeLimitSeconds) {
        this.timeLimitSeconds = timeLimitSeconds;
    }

    /** Something to run. */
    interface Task<T> {
        T run();
    }

    /**
     * What came of a task.
     *
     * @param value its result
     * @param thrown what it threw instead, null for nothing
     */
    record Result<T>(T value, @Nullable Throwable thrown) {}

    /** Runs the task; that it took too long is a {@link Violation} too, with the place where it was. */
    <T> Result<@Nullable T> run(Task<T> task) {
        FutureTask<T> future = new FutureTask<>(task::run);
        try {
            queue().put(future);
            return new Result<>(future.get(timeLimitSeconds, TimeUnit.SECONDS), null);
        } catch (ExecutionException failed) {
            return new Result<>(null, failed.getCause());
        } catch (TimeoutException late) {
            tasks = null;
            if (++hung > MOST_HUNG) {
                throw new IllegalStateException("too many tasks hang", late);
            }
            return new Result<>(null, hang());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private SynchronousQueue<FutureTask<?>> queue() {
        SynchronousQueue<FutureTask<?>> open = tasks;
        if (open != null) {
            return open;
        }
        SynchronousQueue<FutureTask<?>> fresh = new SynchronousQueue<>();
        Thread thread = new Thread(null, () -> serve(fresh), "fuzz-worker", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        tasks = fresh;
        return fresh;
    }

    private static void serve(SynchronousQueue<FutureTask<?>> tasks) {
        try {
            while (true) {
                tasks.take().run();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where the threads of the toolkit are, as an exception. */
    private static Violation hang() {
        for (String name : new String[] {"llvm-ir-reader", "llvm-ir-printer", "fuzz-worker"}) {
            for (Map.Entry<Thread, StackTraceElement[]> entry :
                    Thread.getAllStackTraces().entrySet()) {
                if (entry.getKey().getName().equals(name)) {
                    Throwable place = new Throwable();
                    place.setStackTrace(entry.getValue());
                    Violation violation = new Violation("takes too long in " + Findings.signature(place), name);
                    violation.setStackTrace(entry.getValue());
                    return violation;
                }
            }
        }
        return new Violation("takes too long", "");
    }

    /** The most memory of the heap that was in use since this was asked last. */
    long peakMebibytes() {
        long peak = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getType() == java.lang.management.MemoryType.HEAP) {
                peak += pool.getPeakUsage().getUsed();
                pool.resetPeakUsage();
            }
        }
        return peak >> 20;
    }
}
