package dev.jci.bench.fuzz;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks LLVM's own assembler whether it accepts a text.
 *
 * @param command the assembler, such as {@code llvm-as-22}
 */
record LlvmJudge(String command) {
    private static final int PATIENCE_SECONDS = 20;

    /**
     * What LLVM says.
     *
     * @return empty when it accepts the text, else its first message; null when it crashed or took too long
     */
    @Nullable
    String messageAbout(byte[] text) {
        try {
            Process process = new ProcessBuilder(List.of(command, "-disable-output", "-"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.PIPE)
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(text);
            } catch (IOException closedEarly) {
                // It may have seen enough before it has read everything.
            }
            byte[] said = process.getInputStream().readNBytes(4_000);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return null;
            }
            return switch (process.exitValue()) {
                case 0 -> "";
                case 1 -> firstMessage(new String(said, StandardCharsets.ISO_8859_1));
                default -> null;
            };
        } catch (IOException exception) {
            throw new java.io.UncheckedIOException(exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static String firstMessage(String said) {
        List<String> lines = said.lines()
                .filter(line -> !line.contains("warning:"))
                .filter(line -> !line.isBlank())
                .toList();
        for (String line : lines) {
            int error = line.indexOf("error: ");
            if (error >= 0 && !line.contains("assembly parsed, but does not verify")) {
                return line.substring(error + "error: ".length());
            }
        }
        return lines.stream()
                .map(line ->
                        line.replaceFirst(".*does not verify as correct!", "").strip())
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("no message");
    }
}
