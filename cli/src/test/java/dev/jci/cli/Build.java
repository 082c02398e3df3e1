package dev.jci.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Plays the build that started a worker: sends requests and waits for responses. */
final class Build implements AutoCloseable {
    private final OutputStream requests;
    private final BufferedReader responses;
    private final CompletableFuture<Integer> exitCode;
    private final StringWriter log = new StringWriter();

    /** Starts {@code jci} with those words. */
    Build(Object... words) throws IOException {
        Pipe toWorker = Pipe.open();
        Pipe fromWorker = Pipe.open();
        requests = Channels.newOutputStream(toWorker.sink());
        responses = new BufferedReader(Channels.newReader(fromWorker.source(), StandardCharsets.UTF_8));
        InputStream in = Channels.newInputStream(toWorker.source());
        OutputStream out = Channels.newOutputStream(fromWorker.sink());
        String[] arguments = List.of(words).stream().map(Object::toString).toArray(String[]::new);
        PrintWriter err = new PrintWriter(log, true);
        exitCode = CompletableFuture.supplyAsync(
                () -> new CommandRunner().run(new ModuleFiles(Path.of(""), in, out), err, err, arguments));
    }

    /** A request as Bazel writes it; sandboxDir may be empty. */
    static String request(int id, String sandboxDir, Object... arguments) {
        List<String> quoted = new ArrayList<>();
        for (Object argument : arguments) {
            quoted.add('"' + argument.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"');
        }
        return "{\"arguments\":[" + String.join(",", quoted)
                + "],\"inputs\":[{\"path\":\"a.ll\",\"digest\":\"Zm9v\"}],\"requestId\":" + id
                + (sandboxDir.isEmpty() ? "" : ",\"sandboxDir\":\"" + sandboxDir + '"') + "}";
    }

    static String cancel(int id) {
        return "{\"requestId\":" + id + ",\"cancel\":true}";
    }

    void send(String text) throws IOException {
        requests.write(text.getBytes(StandardCharsets.UTF_8));
        requests.flush();
    }

    Answer receive() throws IOException {
        return Answer.parse(responses.readLine());
    }

    /** Ends the requests, and waits for the exit code. */
    int end() throws IOException {
        requests.close();
        return exitCode.join();
    }

    /** What the worker wrote on standard error. */
    String log() {
        return log.toString();
    }

    /** Does not wait: a worker that a failed test leaves behind may never end. */
    @Override
    public void close() throws IOException {
        requests.close();
        responses.close();
    }
}
