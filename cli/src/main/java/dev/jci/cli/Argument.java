package dev.jci.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;

/**
 * An option or a parameter of a command; once a command line has been read, its value.
 *
 * @param <T> the type of the value
 */
final class Argument<T> {
    private final ArgSpec spec;
    private final @Nullable T byDefault;

    /** For {@link Syntax}, which knows what type the values are of. */
    Argument(ArgSpec spec, @Nullable T byDefault) {
        this.spec = spec;
        this.byDefault = byDefault;
    }

    /** What the command line says, else the default. */
    T value() {
        return spec.getValue();
    }

    /** Whether the value is not the default. */
    boolean isChanged() {
        T value = value();
        return value != null && !value.equals(byDefault);
    }
}
