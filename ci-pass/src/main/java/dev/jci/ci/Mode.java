package dev.jci.ci;

import java.util.Locale;

/** Where probes go. */
public enum Mode {
    /** Few probes, placed by cost along the control flow: the Compiler Interrupts method. */
    CI,
    /** As {@link #CI}, but the runtime also looks at the cycle counter before it calls the handler. */
    CI_CYCLES,
    /** A probe at the end of every block. */
    NAIVE,
    /** A probe before each call and at each loop's end ("calls and back edges"). */
    CNB,
    /** The balanced placement of CoreDet (Bergan et al., ASPLOS 2010). */
    COREDET,
    /** No probe that fires: every block counts its own cost exactly. The ground truth for the error of the others. */
    EXACT;

    /** Whether probes are placed by cost: {@link #CI} and {@link #CI_CYCLES}. */
    public boolean isByCost() {
        return this == CI || this == CI_CYCLES;
    }

    /** The word on the command line: {@code ci-cycles}. */
    public String keyword() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
