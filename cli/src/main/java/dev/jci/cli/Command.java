package dev.jci.cli;

import java.util.concurrent.Callable;

/** A command of {@code jci}. */
interface Command extends Callable<Integer> {
    /** What may stand behind its name. */
    Syntax syntax();

    /** Does it; returns the exit code. */
    @Override
    Integer call() throws Failure;
}
