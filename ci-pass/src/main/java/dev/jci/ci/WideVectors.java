package dev.jci.ci;

import dev.jci.ir.Function;
import dev.jci.ir.FunctionAttributes;
import java.util.Set;

/** Which code for x86-64 is compiled for vectors of more than 128 bits. */
final class WideVectors {
    /** Processors without AVX that compilers name when nobody names one. Of all others it is not known. */
    private static final Set<String> NARROW = Set.of("x86-64", "x86-64-v2", "generic");

    private WideVectors() {}

    /** Whether a function is for a processor that may have them, by its attributes ({@code target-cpu} and {@code target-features}). */
    static boolean mayUse(Function function) {
        FunctionAttributes attributes = function.attributes();
        return !NARROW.contains(attributes.text("target-cpu", "generic"))
                || attributes.text("target-features", "").contains("+avx");
    }
}
