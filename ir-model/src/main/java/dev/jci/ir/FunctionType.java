package dev.jci.ir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The type of a function, {@code i32 (ptr, ...)} (LangRef, "Function Type").
 *
 * @param result the return type, {@link SpecialType#VOID} for none
 * @param parameters the types of the fixed parameters
 * @param varArg whether more arguments may follow
 */
public record FunctionType(Type result, List<Type> parameters, boolean varArg) implements Type {
    /** Copies the list. */
    public FunctionType {
        parameters = List.copyOf(parameters);
    }

    /** A function type with a fixed number of parameters. */
    public static FunctionType of(Type result, Type... parameters) {
        return new FunctionType(result, List.of(parameters), false);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof FunctionType that
                        && result.equals(that.result)
                        && parameters.equals(that.parameters)
                        && varArg == that.varArg);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * result.hashCode() + parameters.hashCode()) + Boolean.hashCode(varArg);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder().append(result).append(" (");
        for (int i = 0; i < parameters.size(); i++) {
            text.append(i == 0 ? "" : ", ").append(parameters.get(i));
        }
        if (varArg) {
            text.append(parameters.isEmpty() ? "..." : ", ...");
        }
        return text.append(')').toString();
    }
}
