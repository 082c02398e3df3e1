package dev.jci.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** A response of a worker, as a build reads it. */
record Answer(int requestId, int exitCode, String output, boolean wasCancelled) {
    static Answer parse(String line) throws IOException {
        int requestId = 0;
        int exitCode = 0;
        String output = "";
        boolean wasCancelled = false;
        try (JsonParser json = new JsonFactory().createParser(line)) {
            json.nextToken();
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "requestId" -> requestId = json.getIntValue();
                    case "exitCode" -> exitCode = json.getIntValue();
                    case "output" -> output = json.getText();
                    case "wasCancelled" -> wasCancelled = json.getBooleanValue();
                    default -> throw new IOException("not in the protocol: " + name);
                }
            }
        }
        return new Answer(requestId, exitCode, output, wasCancelled);
    }
}
