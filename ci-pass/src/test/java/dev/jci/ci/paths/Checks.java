package dev.jci.ci.paths;

/**
 * What the checks of mode {@code ci} look at.
 *
 * @param budget what the register of a function begins with, where it is that
 * @param areProbes whether it is the countdown of the thread, so that each check is a probe
 */
public record Checks(long budget, boolean areProbes) {}
