package dev.jci.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What became of a request, as Bazel's {@code worker_protocol.proto} defines it.
 *
 * @param exitCode that of the command
 * @param output what the command printed and had to say
 * @param requestId that of the request
 * @param wasCancelled whether the work was not done because that was asked
 */
record WorkResponse(int exitCode, String output, int requestId, boolean wasCancelled) {
    private static final JsonFactory JSON = new JsonFactory();

    /** The answer to a request that was cancelled. */
    static WorkResponse cancelled(int requestId) {
        return new WorkResponse(0, "", requestId, true);
    }

    /** The response as a line of JSON. */
    byte[] line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeNumberField("exitCode", exitCode);
            json.writeStringField("output", output);
            json.writeNumberField("requestId", requestId);
            if (wasCancelled) {
                json.writeBooleanField("wasCancelled", true);
            }
            json.writeEndObject();
            json.writeRaw('\n');
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // it goes into the memory
        }
        return line.toByteArray();
    }
}
