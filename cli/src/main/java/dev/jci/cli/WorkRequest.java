package dev.jci.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * One piece of work that a build asks a worker for, as Bazel's {@code worker_protocol.proto} defines it.
 *
 * @param arguments those of the command
 * @param requestId goes into the response; 0 when the request wants the worker for itself
 * @param cancel whether this asks to stop the work on the request of that id
 * @param verbosity above 0, the worker says on standard error what it does
 * @param sandboxDir the folder that relative names of files start in; empty for that of the process
 */
record WorkRequest(List<String> arguments, int requestId, boolean cancel, int verbosity, String sandboxDir) {
    private static final JsonFactory JSON = new JsonFactory();

    /** A text that is no request. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        private final int requestId;

        Malformed(String message, int requestId) {
            super(message);
            this.requestId = requestId;
        }

        /** The id, as far as the text told it. */
        int requestId() {
            return requestId;
        }
    }

    /**
     * Reads a request; fields that it does not know do not matter, and every field may be missing.
     *
     * @param bytes the JSON of one request, and nothing behind it
     */
    static WorkRequest parse(InputStream bytes) throws Malformed, IOException {
        Fields fields = new Fields();
        try (JsonParser json = JSON.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new Malformed("an object was expected", 0);
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                fields.read(json);
            }
            return fields.request();
        } catch (JacksonException exception) {
            throw new Malformed(where(exception), fields.requestId);
        } catch (CharConversionException exception) {
            throw new Malformed("the text is not in UTF-8", fields.requestId);
        }
    }

    private static String where(JacksonException exception) {
        String message = exception.getOriginalMessage().lines().findFirst().orElse("");
        return exception.getLocation() == null
                ? message
                : message + " (column " + exception.getLocation().getColumnNr() + ")";
    }

    /** What is known of a request while it is read. */
    private static final class Fields {
        private final List<String> arguments = new ArrayList<>();
        private int requestId;
        private boolean cancel;
        private int verbosity;
        private String sandboxDir = "";

        void read(JsonParser json) throws IOException, Malformed {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (value == JsonToken.VALUE_NULL) {
                return; // as if it were missing
            }
            switch (name) {
                case "arguments" -> readArguments(json);
                case "requestId" -> requestId = number(json, name);
                case "verbosity" -> verbosity = number(json, name);
                case "cancel" -> cancel = json.getBooleanValue();
                case "sandboxDir" -> sandboxDir = string(json, name);
                default -> json.skipChildren();
            }
        }

        private void readArguments(JsonParser json) throws IOException, Malformed {
            if (!json.isExpectedStartArrayToken()) {
                throw new Malformed("arguments is not an array", requestId);
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                arguments.add(string(json, "one of the arguments"));
            }
        }

        private String string(JsonParser json, String what) throws IOException, Malformed {
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                throw new Malformed(what + " is not a string", requestId);
            }
            return json.getText();
        }

        private int number(JsonParser json, String what) throws IOException, Malformed {
            if (!json.hasToken(JsonToken.VALUE_NUMBER_INT)) {
                throw new Malformed(what + " is not a number", requestId);
            }
            return json.getIntValue();
        }

        WorkRequest request() {
            return new WorkRequest(List.copyOf(arguments), requestId, cancel, verbosity, sandboxDir);
        }
    }
}
