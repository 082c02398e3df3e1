package dev.jci.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The files of the runtime, which come inside the jar. */
final class RuntimeFiles {
    private RuntimeFiles() {}

    /** The runtime as LLVM IR for a target triple: the common part and the slow path's entry for that processor. */
    static String llvmIr(String triple) throws Failure {
        String processor;
        if (triple.startsWith("x86_64") || triple.startsWith("amd64")) {
            processor = "x86_64";
        } else if (triple.startsWith("aarch64") || triple.startsWith("arm64")) {
            processor = "aarch64";
        } else {
            throw Failure.input("jci: error: the runtime does not know the processor of the target '" + triple
                    + "'; it knows x86_64 and aarch64");
        }
        return "target triple = \"" + triple + "\"\n\n" + text("ci_runtime.ll") + "\n"
                + text("ci_thunk_" + processor + ".ll");
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
