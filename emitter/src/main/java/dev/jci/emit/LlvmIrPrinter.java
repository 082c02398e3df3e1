package dev.jci.emit;

import dev.jci.ir.DeepStack;
import dev.jci.ir.Module;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Prints a module as LLVM IR text, in the layout of LLVM's own printer. Printing does not change the module, and the same module always
 * gives the same bytes.
 */
public final class LlvmIrPrinter {
    /** The name of the threads that print. */
    static final String THREAD = "llvm-ir-printer";

    private LlvmIrPrinter() {}

    /**
     * Writes the text of a module. When the module cannot be printed for the LLVM asked nothing is written.
     *
     * @param module the module
     * @param options for which LLVM
     * @param out where the text goes; not closed
     * @throws IOException when the stream does not take it
     * @throws UnprintableException when the module holds what the LLVM asked for cannot express
     */
    public static void write(Module module, PrintOptions options, OutputStream out)
            throws IOException, UnprintableException {
        if (options.version() == 0) {
            Dialect dialect = new Dialect(module, 0);
            flush(onDeepStack(new ModuleWriter(module, dialect, out, options.threads())), out);
        } else {
            flush(text(module, options), out);
        }
    }

    /**
     * The text of a module as bytes.
     *
     * @param module the module
     * @param options for which LLVM
     * @throws UnprintableException when the module holds what the LLVM asked for cannot express
     */
    public static byte[] bytes(Module module, PrintOptions options) throws UnprintableException {
        return TextBuffer.join(text(module, options));
    }

    /**
     * The text of a module as readable text; names and strings of the IR that are not UTF-8 are escaped in it anyway.
     *
     * @param module the module
     * @param options for which LLVM
     * @throws UnprintableException when the module holds what the LLVM asked for cannot express
     */
    public static String print(Module module, PrintOptions options) throws UnprintableException {
        return new String(bytes(module, options), StandardCharsets.UTF_8);
    }

    /**
     * The text of a module for an LLVM, with notes of what was dropped or written in another way for it.
     *
     * @param module the module
     * @param options for which LLVM
     * @throws UnprintableException when the module holds what the LLVM asked for cannot express
     */
    public static Conversion convert(Module module, PrintOptions options) throws UnprintableException {
        Dialect dialect = new Dialect(module, options.version());
        byte[] text = TextBuffer.join(text(module, dialect, options.threads()));
        return new Conversion(text, dialect.changes());
    }

    private static void flush(List<TextBuffer> parts, OutputStream out) throws IOException {
        for (TextBuffer part : parts) {
            part.flushTo(out);
        }
    }

    private static List<TextBuffer> text(Module module, PrintOptions options) throws UnprintableException {
        return text(module, new Dialect(module, options.version()), options.threads());
    }

    private static List<TextBuffer> text(Module module, Dialect dialect, int threads) throws UnprintableException {
        try {
            List<TextBuffer> text = onDeepStack(new ModuleWriter(module, dialect, null, threads));
            dialect.throwRefusals();
            return text;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static List<TextBuffer> onDeepStack(ModuleWriter writer) throws IOException {
        AtomicReference<List<TextBuffer>> written = new AtomicReference<>();
        Runnable task = () -> {
            try {
                written.set(writer.write());
            } catch (IOException exception) {
                throw new UncheckedIOException(exception);
            }
        };
        try {
            DeepStack.run(THREAD, List.of(task));
        } catch (UncheckedIOException exception) {
            throw exception.getCause();
        }
        return written.get();
    }
}
