package dev.jci.ci;

/** How a probe talks to the runtime. */
public enum ProbeAbi {
    /** One thread-local countdown and an out-of-line slow path that keeps all registers. */
    JCI,
    /** The symbols of the published runtime: {@code LocalLC}, {@code NextInterval}, {@code intvActionHook}, {@code ci_ir_interval}. */
    LIBCI
}
