package dev.jci.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The requests on the standard input of a worker, one after the other. A request ends with its outermost brace, since Bazel 4 writes
 * nothing behind that, and at the latest with the line, so that one broken request does not spoil the next. Nothing is read ahead of
 * what has arrived, and a request of any length needs no more memory than its arguments.
 */
final class RequestStream {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;

    RequestStream(InputStream in) {
        this.in = in;
    }

    /**
     * The next request.
     *
     * @return empty at the end of the input
     * @throws WorkRequest.Malformed when what comes next is no request; the one behind it can be read all the same
     */
    Optional<WorkRequest> next() throws IOException, WorkRequest.Malformed {
        do {
            if (!fill()) {
                return Optional.empty();
            }
        } while (Character.isWhitespace(buffer[position++]));
        position--;
        OneRequest bytes = new OneRequest();
        try {
            return Optional.of(WorkRequest.parse(bytes));
        } catch (OutOfMemoryError error) {
            throw new WorkRequest.Malformed("the request is too long for the memory", 0);
        } finally {
            bytes.skipAll();
        }
    }

    /** Waits until there is something to read; false at the end of the input. */
    private boolean fill() throws IOException {
        if (position < limit) {
            return true;
        }
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }

    /** The bytes of one request. */
    private final class OneRequest extends InputStream {
        private int depth;
        private boolean inString;
        private boolean escaped;
        private boolean atEnd;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (atEnd || !fill()) {
                return -1;
            }
            int count = 0;
            while (count < length && position < limit && !atEnd) {
                byte next = buffer[position++];
                target[offset + count++] = next;
                step(next);
            }
            return count;
        }

        private void step(byte next) {
            if (next == '\n') {
                atEnd = true;
            } else if (escaped) {
                escaped = false;
            } else if (inString) {
                escaped = next == '\\';
                inString = next != '"';
            } else {
                switch (next) {
                    case '"' -> inString = true;
                    case '{', '[' -> depth++;
                    case '}', ']' -> atEnd = --depth == 0;
                    default -> {}
                }
            }
        }

        void skipAll() throws IOException {
            byte[] skipped = new byte[1 << 13];
            int count;
            do {
                count = read(skipped, 0, skipped.length);
            } while (count >= 0);
        }
    }
}
