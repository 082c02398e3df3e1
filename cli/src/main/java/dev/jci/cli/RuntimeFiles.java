package dev.jci.cli;

import dev.jci.ci.ProbeAbi;
import dev.jci.emit.LlvmIrPrinter;
import dev.jci.emit.PrintOptions;
import dev.jci.emit.UnprintableException;
import dev.jci.grammar.LlvmIrReader;
import dev.jci.ir.Module;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The files of the runtime, which come inside the jar. */
final class RuntimeFiles {
    private static final Pattern OTHER_SYSTEM = Pattern.compile(
            "windows|mingw|cygwin|darwin|macos|ios|apple|freebsd|netbsd|openbsd|dragonfly|solaris|fuchsia|wasi|uefi");

    private RuntimeFiles() {}

    /**
     * The runtime as LLVM IR.
     *
     * @param triple the target triple
     * @param abi the ABI of the probes
     * @throws Failure when the runtime does not know the target
     */
    static String llvmIr(String triple, ProbeAbi abi) throws Failure {
        return inlined(source(triple, abi));
    }

    /** Its parts as they are: the common one, the one for the probes' ABI and the one for the processor. Parameters as above. */
    static String source(String triple, ProbeAbi abi) throws Failure {
        String processor = processor(triple);
        return abi == ProbeAbi.LIBCI
                ? together(triple, "ci_common.ll", "ci_registration.ll", "libci_runtime.ll", processorPart(processor))
                : together(
                        triple,
                        "ci_common.ll",
                        "ci_registration.ll",
                        "ci_runtime.ll",
                        "ci_intervals.ll",
                        "ci_countdown.ll",
                        "ci_thunk_" + processor + ".ll",
                        processorPart(processor));
    }

    /**
     * The runtime of a program that is tuned, for the default probes: it registers every thread itself and records the intervals.
     *
     * @param triple the target triple
     * @throws Failure when the runtime does not know the target
     */
    static String forTuning(String triple) throws Failure {
        String processor = processor(triple);
        return inlined(together(
                triple,
                "ci_common.ll",
                "ci_runtime.ll",
                "ci_intervals.ll",
                "ci_tune.ll",
                "ci_thunk_" + processor + ".ll",
                processorPart(processor)));
    }

    /** The same runtime with what is marked {@code alwaysinline} in the place of its calls. */
    static String inlined(String source) {
        Module runtime = LlvmIrReader.read("runtime.ll", source).orThrow();
        RuntimeInlining.apply(runtime);
        try {
            return LlvmIrPrinter.print(runtime, PrintOptions.AS_WRITTEN);
        } catch (UnprintableException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static String processorPart(String processor) {
        return "ci_processor_" + processor + ".ll";
    }

    private static String processor(String triple) throws Failure {
        String processor;
        if (triple.startsWith("x86_64") || triple.startsWith("amd64")) {
            processor = "x86_64";
        } else if (triple.startsWith("aarch64") || triple.startsWith("arm64")) {
            processor = "aarch64";
        } else {
            throw Failure.input("jci: error: the runtime does not know the processor of the target '" + triple
                    + "'; it knows x86_64 and aarch64");
        }
        if (OTHER_SYSTEM.matcher(triple).find()) {
            throw Failure.input("jci: error: the runtime does not know the operating system of the target '" + triple
                    + "'; it knows Linux");
        }
        return processor;
    }

    private static String together(String triple, String... parts) throws Failure {
        StringBuilder all = new StringBuilder("target triple = \"" + triple + "\"\n");
        for (String part : parts) {
            all.append('\n').append(text(part));
        }
        return all.toString();
    }

    /** The C header. */
    static String header() throws Failure {
        return text("include/ci.h");
    }

    private static String text(String name) throws Failure {
        try (InputStream stream = RuntimeFiles.class.getResourceAsStream("/dev/jci/runtime/" + name)) {
            if (stream == null) {
                throw Failure.input("jci: error: the jar lacks the runtime's " + name + "; build it again");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException exception) {
            throw Failure.input("jci: error: cannot read the runtime's " + name + ": " + exception.getMessage());
        }
    }

    /** The triple of this machine. */
    static String hostTriple() {
        String processor = System.getProperty("os.arch", "").equals("aarch64") ? "aarch64" : "x86_64";
        return processor + "-unknown-linux-gnu";
    }
}
