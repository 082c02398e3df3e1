package dev.jci.cli;

import dev.jci.ir.DeepStack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A resident worker in the JSON protocol of Bazel's persistent workers: takes requests, works on several at once and answers each with one
 * response. Requests with the id 0 are done one after the other.
 */
final class Worker {
    /** Commands that run native tools for minutes, and the worker itself. */
    private static final Set<String> NOT_SERVED = Set.of("build", "tune", "serve");

    private final List<String> firstArguments;
    private final int jobs;
    private final OutputStream out;
    private final PrintWriter log;
    private final Map<Integer, Job> jobsById = new ConcurrentHashMap<>();
    private final Queue<CommandRunner> runners = new ConcurrentLinkedQueue<>();
    private volatile boolean deaf;

    /**
     * A worker.
     *
     * @param firstArguments what stands before the arguments of each request
     * @param jobs how many requests at once
     * @param out for the responses
     * @param log for what requests with a verbosity want to know
     */
    Worker(List<String> firstArguments, int jobs, OutputStream out, PrintWriter log) {
        this.firstArguments = firstArguments;
        this.jobs = jobs;
        this.out = out;
        this.log = log;
    }

    /**
     * Works until the requests end, and answers all of them.
     *
     * @return the exit code
     * @throws Failure when requests cannot be read or responses not be written
     */
    int run(InputStream in) throws Failure {
        RequestStream requests = new RequestStream(in);
        // Closing waits until all is done.
        ThreadFactory threads = DeepStack.threads("jci-request");
        try (ExecutorService several = Executors.newFixedThreadPool(jobs, threads);
                ExecutorService one = Executors.newSingleThreadExecutor(threads)) {
            boolean more = true;
            while (more && !deaf) {
                try {
                    Optional<WorkRequest> request = requests.next();
                    request.ifPresent(next -> take(next, next.requestId() == 0 ? one : several));
                    more = request.isPresent();
                } catch (WorkRequest.Malformed malformed) {
                    answer(new WorkResponse(
                            2,
                            "jci: error: this is no work request: " + malformed.getMessage() + "\n",
                            malformed.requestId(),
                            false));
                }
            }
        } catch (IOException exception) {
            throw Failure.input("<stdin>: error: cannot read: " + ModuleFiles.reason(exception));
        }
        if (deaf) {
            throw Failure.input("<stdout>: error: cannot write the responses");
        }
        return 0;
    }

    private void take(WorkRequest request, ExecutorService executor) {
        if (request.cancel()) {
            Job job = jobsById.get(request.requestId());
            if (job != null) {
                job.cancel();
            }
            return; // else it is already answered
        }
        Job job = new Job(request);
        if (request.requestId() == 0) {
            jobsById.put(0, job);
        } else if (jobsById.putIfAbsent(request.requestId(), job) != null) {
            answer(new WorkResponse(
                    2,
                    "jci: error: the request " + request.requestId() + " is still being worked on\n",
                    request.requestId(),
                    false));
            return;
        }
        executor.execute(job);
    }

    private void answer(WorkResponse response) {
        byte[] line = response.line();
        synchronized (out) {
            try {
                out.write(line);
                out.flush();
            } catch (IOException exception) {
                deaf = true; // whoever asked is gone
            }
        }
    }

    /** Does what a request asks. */
    private WorkResponse work(WorkRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintWriter said = new PrintWriter(bytes, true, StandardCharsets.UTF_8);
        int exitCode;
        try {
            exitCode = run(request, bytes, said);
        } catch (RuntimeException | Error defect) {
            // The next request may do better.
            said.println("jci: error: internal error: " + defect + "; please report it together with the input");
            exitCode = 1;
        }
        said.flush();
        return new WorkResponse(exitCode, bytes.toString(StandardCharsets.UTF_8), request.requestId(), false);
    }

    private int run(WorkRequest request, OutputStream bytes, PrintWriter said) {
        List<String> arguments = new ArrayList<>(firstArguments);
        arguments.addAll(request.arguments());
        if (!arguments.isEmpty() && NOT_SERVED.contains(arguments.getFirst())) {
            said.println("jci: error: a worker does not do " + arguments.getFirst() + "; run it by itself");
            return 2;
        }
        Path folder;
        try {
            folder = Path.of(request.sandboxDir());
        } catch (InvalidPathException exception) {
            said.println("jci: error: sandboxDir: " + exception.getMessage());
            return 2;
        }
        arguments.replaceAll(argument -> inFolder(argument, folder));
        CommandRunner idle = runners.poll();
        CommandRunner runner = idle == null ? new CommandRunner() : idle;
        int exitCode = runner.run(new ModuleFiles(folder, null, bytes), said, said, arguments.toArray(String[]::new));
        runners.add(runner);
        return exitCode;
    }

    /** Files of arguments are read before the command knows anything of folders. */
    private static String inFolder(String argument, Path folder) {
        return argument.startsWith("@") && !argument.startsWith("@@")
                ? "@" + folder.resolve(argument.substring(1))
                : argument;
    }

    /** A request that is worked on. What stands in its response is settled once, by the work or by who cancels it. */
    private final class Job implements Runnable {
        private final WorkRequest request;
        private boolean answered;
        private boolean cancelled;
        private @Nullable Thread thread;

        Job(WorkRequest request) {
            this.request = request;
        }

        /** Work that has begun is interrupted, and answered when it has ended: until then it may still write. */
        synchronized void cancel() {
            cancelled = true;
            if (thread != null) {
                thread.interrupt();
            } else {
                finish(WorkResponse.cancelled(request.requestId()));
            }
        }

        @Override
        public void run() {
            if (!begin()) {
                return;
            }
            long start = System.nanoTime();
            WorkResponse response = work(request);
            end(response);
            if (request.verbosity() > 0) {
                log.printf(
                        "jci: request %d: %s: exit code %d, %.1f ms%n",
                        request.requestId(),
                        String.join(" ", request.arguments()),
                        response.exitCode(),
                        (System.nanoTime() - start) / 1e6);
            }
        }

        private synchronized boolean begin() {
            if (cancelled) {
                return false;
            }
            thread = Thread.currentThread();
            return true;
        }

        private synchronized void end(WorkResponse response) {
            thread = null;
            Thread.interrupted(); // meant for this request, not for the next one of this thread
            finish(cancelled ? WorkResponse.cancelled(request.requestId()) : response);
        }

        private void finish(WorkResponse response) {
            if (!answered) {
                answered = true;
                jobsById.remove(request.requestId(), this);
                answer(response);
            }
        }
    }
}
