package dev.jci.ci.interp;

/** The Java code of a function that the module only declares. */
@FunctionalInterface
public interface External {
    /**
     * Runs it.
     *
     * @param arguments the arguments as numbers
     * @return the result, anything when the function is {@code void}
     * @throws Unwinding when the function throws an exception that the program may catch
     */
    long call(long[] arguments);
}
