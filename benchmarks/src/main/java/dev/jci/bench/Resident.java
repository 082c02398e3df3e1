package dev.jci.bench;

import dev.jci.ci.CompilerInterrupts;
import dev.jci.ci.Options;
import dev.jci.emit.LlvmIrPrinter;
import dev.jci.emit.PrintOptions;
import dev.jci.emit.UnprintableException;
import dev.jci.ir.Module;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A virtual machine that stays, so that a script can measure warm runs in turn with runs of other programs: for each line of standard input it
 * works once on the file, on one thread, and says how long it took.
 */
public final class Resident {
    private Resident() {}

    /**
     * Answers each line {@code print} (read and print) or {@code instrument} (read, instrument, print) with the nanoseconds and a checksum of
     * the text.
     *
     * @param arguments the file, as the benchmarks take them
     * @throws IOException when standard input cannot be read
     * @throws UnprintableException never
     */
    public static void main(String[] arguments) throws IOException, UnprintableException {
        Subject subject = Subject.of(arguments[0]);
        PrintStream out = System.out;
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            long start = System.nanoTime();
            Module module = subject.read();
            if (line.equals("instrument")) {
                CompilerInterrupts.instrument(module, Options.defaults());
            }
            byte[] text = LlvmIrPrinter.bytes(module, PrintOptions.AS_WRITTEN);
            long end = System.nanoTime();
            CRC32 sum = new CRC32();
            sum.update(text);
            out.println(end - start + " " + Long.toHexString(sum.getValue()));
            out.flush();
        }
    }
}
