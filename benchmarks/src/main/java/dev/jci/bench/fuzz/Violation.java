package dev.jci.bench.fuzz;

/** Something that must hold for every input does not. */
final class Violation extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String rule;

    /**
     * @param rule what does not hold, the same words for all inputs with this defect
     * @param detail what was seen
     */
    Violation(String rule, String detail) {
        super(rule + ": " + detail);
        this.rule = rule;
    }

    String rule() {
        return rule;
    }
}
