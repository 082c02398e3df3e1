package dev.jci.ir;

/** {@code fcmp olt double %a, %b} (LangRef, "fcmp"). */
public final class FCmp extends Instruction {
    private FCmpPredicate predicate;
    private Flags flags;

    /**
     * @param predicate the predicate
     * @param flags the fast-math flags
     * @param left the first operand
     * @param right the second operand
     */
    public FCmp(FCmpPredicate predicate, Flags flags, Value left, Value right) {
        super(AggregateTypes.comparisonResult(left.type()), left, right);
        this.predicate = predicate;
        this.flags = flags;
    }

    /** The first operand. */
    public Value left() {
        return operand(0);
    }

    /** The second operand. */
    public Value right() {
        return operand(1);
    }

    /** The predicate. */
    public FCmpPredicate predicate() {
        return predicate;
    }

    /** Changes: the predicate. */
    public void setPredicate(FCmpPredicate predicate) {
        this.predicate = predicate;
    }

    /** The flag words. */
    public Flags flags() {
        return flags;
    }

    /** Changes: the flag words. */
    public void setFlags(Flags flags) {
        this.flags = flags;
    }

    @Override
    public String opcode() {
        return "fcmp";
    }
}
