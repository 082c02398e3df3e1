package dev.jci.cli;

/** The processors of the machine, as far as this process may use them. */
final class Processors {
    private Processors() {}

    /** How many threads work at the same time when nobody asks for another number. */
    static int count() {
        return Runtime.getRuntime().availableProcessors();
    }
}
